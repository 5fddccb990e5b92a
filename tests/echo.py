"""A small application that says what reached it, to stand behind the door in tests."""

import json
import os
import sys


def application(environ, start_response):
    """Answer with the request; `/send/…` lets the door send a file, `/slow` takes its time."""
    path = environ["PATH_INFO"]
    if path.startswith("/send/"):
        headers = [("X-Accel-Redirect", f"/-/media/{path.removeprefix('/send/')}"), ("Content-Type", "video/mp4")]
        start_response("200 OK", [*headers, ("Content-Security-Policy", "default-src 'none'")])
        return [b""]
    body = environ["wsgi.input"].read()
    told = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    told |= {"path": path, "raw": environ["RAW_URI"], "script": environ["SCRIPT_NAME"], "sent": len(body)}
    answer = json.dumps(told).encode()
    if path == "/long":
        answer = b"x" * 8_000_000
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


if __name__ == "__main__":
    sys.exit(f"Run by gunicorn, in {os.getcwd()}.")

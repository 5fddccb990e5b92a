"""A real demo, served as `make demo` serves it on a fresh clone: nothing is compiled yet."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What a clone does not bring.
MADE_LATER = shutil.ignore_patterns(".*", "*.mo", "*.egg-info", "__pycache__", "var", "node_modules")


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served_demo(data: Path, **settings: str) -> Iterator[str]:
    """Load the demo into a folder, serve it, and give its address; `settings` are environment variables.

    It runs from a copy of the checkout without catalogues, so that what is stored in the wrong language shows.
    """
    checkout = shutil.copytree(ROOT, data / "checkout", ignore=MADE_LATER)
    port = free_port()
    address = f"http://localhost:{port}"
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SECRET_KEY"}}
    environment = kept | {
        "DEMO": "true",
        "DATA_DIR": str(data),
        "SITE_URL": address,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "PYTHONPATH": os.pathsep.join([str(checkout), str(checkout / "site")]),
        **settings,
    }
    load = [sys.executable, "manage.py", "load_demo"]
    subprocess.run(load, cwd=checkout, env=environment, check=True, stdout=subprocess.DEVNULL)
    serve = ["-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, *serve], cwd=checkout, env=environment, stdout=log, stderr=log)
        try:
            wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()
            server.wait(20)


def wait_for(url: str, seconds: int = 30) -> None:
    """Wait until an address answers. Raises `TimeoutError`."""
    for _attempt in range(seconds * 5):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)

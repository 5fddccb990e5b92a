"""How fast pages answer while somebody tries to occupy the site: `make bench-door`.

The real site with the demo, gunicorn, nginx and Caddy from Debian's packages, with the files that are shipped.
Attackers hold connections: bodies of one byte each nine seconds (with a made-up cookie), headers of one line each
nine seconds, readers who take one byte of an answer each nine seconds, and idle connections. Meanwhile a visitor
reads pages.

SECONDS (60) and EACH (50 of a kind) may be given; DATA_DIR may name a loaded demo, else one is loaded.
CADDY may name another Caddy than the one in PATH.
"""

import http.client
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from door import missing, site, whole_door
from served import ROOT

SECONDS = int(os.environ.get("SECONDS", "60"))
EACH = int(os.environ.get("EACH", "50"))
CADDY = os.environ.get("CADDY", "caddy")
PAGES = ("/fr/", "/fr/stages/", "/fr/recherche/?q=Blois", "/health/ready", "/static/css/site.css")
# Seconds: between two bytes of an attacker; until each worker and thread has read its first pages.
PAUSE, WARM_UP = 9, 8


class Attacker(threading.Thread):
    """One slow connection, opened anew whenever the door closes it."""

    def __init__(self, port: int, kind: str, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.port, self.kind, self.over, self.opened, self.held = port, kind, over, 0, 0.0

    def run(self) -> None:
        """Attack until it is over."""
        while not self.over.is_set():
            began = time.monotonic()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
                    self.opened += 1
                    self.hold(line)
            except OSError:
                pass
            self.held = max(self.held, time.monotonic() - began)
            self.over.wait(0.2)

    def hold(self, line: socket.socket) -> None:
        """Begin a request, and go on by one byte at a time."""
        head = f"POST /fr/ HTTP/1.1\r\nHost: localhost:{self.port}\r\nCookie: csrftoken=made-up\r\n"
        if self.kind == "slow bodies":
            line.sendall(f"{head}Content-Length: 100000\r\n\r\n".encode())
        elif self.kind == "slow headers":
            line.sendall(head.encode())
        elif self.kind == "slow readers":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            line.sendall(f"GET /fr/stages/ HTTP/1.1\r\nHost: localhost:{self.port}\r\n\r\n".encode())
        while not self.over.wait(PAUSE):
            if self.kind == "slow bodies":
                line.sendall(b"a")
            elif self.kind == "slow headers":
                line.sendall(b"X-More: 1\r\n")
            elif self.kind == "slow readers" and not line.recv(1):
                return
            # A door that has closed the line says so at the next look.
            line.setblocking(False)
            try:
                if self.kind != "slow readers" and line.recv(65536) == b"":
                    return
            except BlockingIOError:
                pass
            line.settimeout(30)


def read_pages(port: int, seconds: float) -> dict[str, list[float]]:
    """Read each page in turn, on a connection of its own; give the seconds that each took, 99 for a failure."""
    taken: dict[str, list[float]] = {path: [] for path in PAGES}
    failed: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for path in PAGES:
            began = time.monotonic()
            try:
                connection = http.client.HTTPConnection("localhost", port, timeout=20)
                connection.request("GET", path)
                answer = connection.getresponse()
                answer.read()
                connection.close()
                taken[path].append(time.monotonic() - began if answer.status == 200 else 99)
                failed[f"status {answer.status}"] += answer.status != 200
            except (OSError, http.client.HTTPException) as error:
                taken[path].append(99)
                failed[type(error).__name__] += 1
        time.sleep(0.2)
    if failed.total():
        print("Failed:", ", ".join(f"{count} × {what}" for what, count in failed.items() if count))
    return taken


def report(title: str, taken: dict[str, list[float]]) -> None:
    """Print median, slowest and failures a page."""
    print(f"\n{title}\n{'page':34}{'reads':>7}{'median':>10}{'slowest':>10}{'failed':>8}")
    for path, times in taken.items():
        good = [seconds for seconds in times if seconds < 99]
        failed = len(times) - len(good)
        print(
            f"{path:34}{len(times):>7}{statistics.median(good) if good else 0:>8.3f} s"
            f"{max(good, default=0):>8.3f} s{failed:>8}"
        )


def measure(title: str, port: int) -> bool:
    """Read pages in peace for ten seconds, then under attack; say whether each page came in under a second."""
    read_pages(port, WARM_UP)
    report(f"{title}, in peace", read_pages(port, 10))
    over = threading.Event()
    kinds = ("slow bodies", "slow headers", "slow readers", "idle connections")
    attackers = [Attacker(port, kind, over) for kind in kinds for _number in range(EACH)]
    for attacker in attackers:
        attacker.start()
        if attacker.kind == "slow readers":
            # Their pages cost what pages cost. What is measured is holding on to them, not a rush: one after the other.
            connection = http.client.HTTPConnection("localhost", port, timeout=120)
            connection.request("GET", PAGES[1])
            connection.getresponse().read()
            connection.close()
    time.sleep(2)
    taken = read_pages(port, SECONDS)
    over.set()
    report(f"{title}, under attack for {SECONDS} s", taken)
    for kind in kinds:
        of_kind = [attacker for attacker in attackers if attacker.kind == kind]
        print(f"  {EACH} {kind}: opened {sum(attacker.opened for attacker in of_kind)} times")
    return all(seconds < 1 for times in taken.values() for seconds in times)


def main() -> int:
    """Measure, and end with 1 where a page took a second or more."""
    if reason := missing("nginx", "caddy"):
        print(reason)
        return 2
    # Four kinds of connections, twice: here and in the servers.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))
    for command in (["nginx", "-v"], [CADDY, "version"]):
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        print(f"{command[0]}: {(told.stdout + told.stderr).strip()}")
    with tempfile.TemporaryDirectory(prefix="door-") as name:
        folder = Path(name)
        data = Path(os.environ.get("DATA_DIR") or folder / "data").resolve()
        environment = {
            **{"DEMO": "true", "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.base"},
            **{"BEHIND_PROXY": "true", "FILES_BY_DOOR": "true", "WEB_CONCURRENCY": "2"},
        }
        command = "migrate" if (data / "site.sqlite3").exists() else "load_demo"
        given = os.environ | environment
        subprocess.run([sys.executable, "manage.py", command, "-v0"], cwd=ROOT, env=given, check=True)
        with (
            site(folder, "config.wsgi", "--preload", **environment) as inner,
            whole_door(folder, inner, data / "media", CADDY) as outer,
        ):
            return 0 if measure("Behind the door", outer) else 1


if __name__ == "__main__":
    sys.exit(main())

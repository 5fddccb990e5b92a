"""The shipped door as it is: gunicorn, nginx and Caddy from Debian's packages, with the files of docker/."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from served import ROOT, free_port

PACKAGES = {"nginx": "nginx", "caddy": "caddy"}


def missing(*programs: str) -> str:
    """Say which of Debian's packages are not installed; "" where all are."""
    absent = [PACKAGES[name] for name in programs if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]
    return f"not installed: {', '.join(absent)} (apt-get install {' '.join(absent)})" if absent else ""


@contextmanager
def running(command: list[str], log: Path, port: int, **environment: str) -> Iterator[int]:
    """Run a server until it answers on a port, and to the end of the block; give the port."""
    kept = os.environ | {"PATH": f"{os.environ['PATH']}:/usr/sbin"}
    with log.open("a") as written:
        server = subprocess.Popen(command, cwd=ROOT, env=kept | environment, stdout=written, stderr=written)
        try:
            _wait(server, port, log)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(server: subprocess.Popen, port: int, log: Path) -> None:
    for _attempt in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"no server on port {port}:\n{log.read_text()[-3000:]}")


@contextmanager
def site(folder: Path, app: str = "config.wsgi", *more: str, **environment: str) -> Iterator[int]:
    """Serve an application with the shipped settings of gunicorn."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", *more]
    with running(command, folder / "gunicorn.log", port, **environment):
        yield port


@contextmanager
def door(folder: Path, site_port: int, media: Path) -> Iterator[int]:
    """Put nginx before a site."""
    port = free_port()
    told = {"SITE": f"127.0.0.1:{site_port}", "LISTEN": f"127.0.0.1:{port}", "MEDIA": str(media)}
    # Started by root, nginx works as another account, which must get through to its folders.
    run = folder / "door"
    for path in (folder, *folder.parents[:2]):
        path.chmod(path.stat().st_mode | 0o755)
    with running([str(ROOT / "docker" / "door.sh")], folder / "nginx.log", port, RUN=str(run), **told):
        yield port


@contextmanager
def proxy(folder: Path, door_port: int, caddy: str = "caddy") -> Iterator[int]:
    """Put Caddy before the door, without TLS."""
    port = free_port()
    told = {
        "SITE_HOST": f"http://localhost:{port}",
        "DOOR": f"127.0.0.1:{door_port}",
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
    }
    command = [caddy, "run", "--adapter", "caddyfile", "--config", str(ROOT / "docker" / "Caddyfile")]
    with running(command, folder / "caddy.log", port, **told):
        yield port


@contextmanager
def whole_door(folder: Path, site_port: int, media: Path, caddy: str = "caddy") -> Iterator[int]:
    """Put both before a site, as `compose.yaml` does."""
    with ExitStack() as stack:
        inner = stack.enter_context(door(folder, site_port, media))
        yield stack.enter_context(proxy(folder, inner, caddy))

"""A worker that begins anew with each change of the code: for who develops, as `runserver` does."""

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

from django.apps import apps
from django.conf import settings

PAUSE = 1  # seconds between two looks at the files


def run_reloading() -> None:
    """Keep a worker until SIGTERM or SIGINT. One that does not start, for a mistake in the code, waits for the next."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *args: stop.set())
    while not stop.is_set():
        seen, worker = code(), subprocess.Popen([sys.executable, sys.argv[0], "work"])
        while not stop.wait(PAUSE) and code() == seen:
            pass
        worker.terminate()  # the job in hand is finished
        worker.wait()


def code() -> dict[Path, float]:
    """Return the project's files of code and words, with when each was changed."""
    own = [Path(app.path) for app in apps.get_app_configs() if "site-packages" not in Path(app.path).parts]
    folders = {*own, *map(Path, settings.LOCALE_PATHS), settings.ROOT / "site" / "config"}
    return {
        path: path.stat().st_mtime
        for folder in folders
        for kind in ("*.py", "*.mo")
        for path in folder.rglob(kind)
        if path.is_file()
    }

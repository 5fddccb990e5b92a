"""SQLite databases made once for each state of the code: migrating takes ten seconds, loading the demo seventy.

Each lies beside the tests' other temporary files, under a hash of what makes it, with the pictures that it names; a
test process copies it into its own database in memory.
"""

import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management.commands.migrate import Command
from django.db import connection

KEPT = Path(tempfile.gettempdir()) / "stages-sante-41-tests"
APPS = ("site", "territoire", "temoignages", "search", "home")
# Parts of names of the files that say what a migrated database holds: migrations, and our code that they call.
MIGRATED = frozenset({"migrations", "models", "access", "roles"})
UNUSED = 86_400  # seconds after which one goes


def _fingerprint(counts: Callable[[Path], bool]) -> str:
    digest = hashlib.sha256((settings.ROOT / "requirements-dev.lock").read_bytes())
    for app in APPS:
        for path in sorted((settings.ROOT / app).rglob("*")):
            if path.suffix not in {".pyc", ".mo"} and counts(path) and path.is_file():
                digest.update(str(path.relative_to(settings.ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def restore(name: str, counts: Callable[[Path], bool], make: Callable[[], None]) -> None:
    """Fill the database in memory with what is kept under a name; `make` makes it, once for all processes and runs.

    What it holds depends on the files of the apps of which `counts` is true.
    """
    KEPT.mkdir(exist_ok=True)
    kept = KEPT / f"{name}-{_fingerprint(counts)}.sqlite3"
    pictures, media = kept.with_suffix(".media"), Path(settings.MEDIA_ROOT)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            kept.touch()
            connection.ensure_connection()
            with sqlite3.connect(kept) as source:
                source.backup(connection.connection)
            source.close()
        else:
            make()
            half = kept.with_suffix(".half")
            half.unlink(missing_ok=True)
            with sqlite3.connect(half) as target:
                connection.connection.backup(target)
            target.close()
            media.mkdir(parents=True, exist_ok=True)
            shutil.copytree(media, pictures, dirs_exist_ok=True)
            half.replace(kept)
            _forget_unused()
    shutil.copytree(pictures, media, dirs_exist_ok=True)


def _forget_unused() -> None:
    for old in KEPT.glob("*.sqlite3"):
        if time.time() - old.stat().st_mtime > UNUSED:
            old.unlink(missing_ok=True)
            old.with_suffix(".lock").unlink(missing_ok=True)
            shutil.rmtree(old.with_suffix(".media"), ignore_errors=True)


@contextmanager
def migrated_once() -> Iterator[None]:
    """Let `migrate` copy what an earlier process has migrated; on PostgreSQL it migrates."""
    migrate = Command.handle

    def handle(self: Command, *args: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            restore_migrated(lambda: migrate(self, *args, **options))
        else:
            migrate(self, *args, **options)

    with mock.patch.object(Command, "handle", handle):
        yield


def restore_migrated(make: Callable[[], None]) -> None:
    """Fill the database with what migrations make."""
    restore("migrated", lambda path: bool(MIGRATED & {part.removesuffix(".py") for part in path.parts}), make)


def restore_demo(make: Callable[[], None]) -> None:
    """Fill the database with the demo, which depends on all of our code."""
    restore("demo", lambda path: True, make)

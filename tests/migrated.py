"""SQLite's tables are made once for each state of the code that makes them: migrating takes ten seconds a process.

A file beside the tests' other temporary files keeps the migrated database under a hash of migrations, models and
locked packages; a test process copies it into its own database in memory.
"""

import fcntl
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management.commands.migrate import Command
from django.db import connections

KEPT = Path(tempfile.gettempdir()) / "stages-sante-41-tests"
APPS = ("site", "territoire", "temoignages", "search", "home")


def fingerprint() -> str:
    """Return a hash of all that says what a migrated database holds: our code (migrations call it), the packages."""
    digest = hashlib.sha256((settings.ROOT / "requirements-dev.lock").read_bytes())
    for app in APPS:
        for path in sorted((settings.ROOT / app).rglob("*.py")):
            if {"migrations", "models", "access", "roles"} & {part.removesuffix(".py") for part in path.parts}:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def migrated_once() -> Iterator[None]:
    """Let `migrate` copy what an earlier process has migrated; on PostgreSQL it migrates."""
    migrate = Command.handle

    def handle(self: Command, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            return migrate(self, *args, **options)
        KEPT.mkdir(exist_ok=True)
        kept = KEPT / f"migrated-{fingerprint()}.sqlite3"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                migrate(self, *args, **options)
                half = kept.with_suffix(".half")
                half.unlink(missing_ok=True)
                with sqlite3.connect(half) as target:
                    connection.connection.backup(target)
                target.close()
                half.replace(kept)
                return None
        connection.ensure_connection()
        source = sqlite3.connect(kept)
        source.backup(connection.connection)
        source.close()
        return None

    with mock.patch.object(Command, "handle", handle):
        yield

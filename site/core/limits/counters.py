"""How often something was done lately, counted exactly by all threads and workers of a machine.

The counts have a small SQLite file of their own: a transaction there is atomic between processes, waits for no editor,
and pushes no menu out of the cache. What it holds may be lost at any time; then counting begins anew.
"""

import logging
import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

# Seconds that a request waits for the others' turn. A turn takes a fraction of a millisecond.
PATIENCE = 5
TABLE = """
CREATE TABLE IF NOT EXISTS hit (subject BLOB NOT NULL, at REAL NOT NULL, until REAL NOT NULL);
CREATE INDEX IF NOT EXISTS hit_subject ON hit (subject, at);
CREATE INDEX IF NOT EXISTS hit_until ON hit (until);
"""


@dataclass(frozen=True)
class Count:
    """What is said of one request: whether it is let through, how many more may follow, and in how many seconds the
    oldest that counts is forgotten (1 at least)."""

    allowed: bool
    left: int
    wait: int


def count(subject: str, most: int, seconds: int) -> Count:
    """Count something done by `subject`, of which `most` are allowed within any stretch of so many seconds.

    What is refused does not count. Without a disk to count on, all is allowed: a limit is no reason to be away.
    """
    # Addresses are personal data, and nobody needs to read them: only a keyed hash is written.
    key = blake2b(subject.encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16).digest()
    for attempt in ("first", "last"):
        try:
            return _count(key, most, seconds)
        except sqlite3.Error as error:
            logger.warning("Counting is not possible: %s (%s)", settings.COUNTS_FILE, error)
            # A file that is no database any more is made anew; a full or read-only disk is not mended that way.
            if attempt == "last" or isinstance(error, sqlite3.OperationalError):
                break
            forget()
    return Count(allowed=True, left=most - 1, wait=seconds)


def _count(key: bytes, most: int, seconds: int) -> Count:
    with _store() as store:
        now = time.time()
        store.execute("DELETE FROM hit WHERE until <= ?", (now,))
        done, oldest = store.execute("SELECT count(*), min(at) FROM hit WHERE subject = ?", (key,)).fetchone()
        allowed = done < most
        if allowed:
            store.execute("INSERT INTO hit VALUES (?, ?, ?)", (key, now, now + seconds))
            done += 1
    wait = math.ceil((now if oldest is None else oldest) + seconds - now)
    return Count(allowed, left=most - done, wait=max(wait, 1))


@contextmanager
def _store() -> Iterator[sqlite3.Connection]:
    """Open the file for one writer at a time; nothing waits for the disk."""
    path = Path(settings.COUNTS_FILE)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        store.execute("PRAGMA journal_mode = MEMORY")
        store.execute("PRAGMA synchronous = OFF")
        if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'hit_until'").fetchone():
            store.executescript(TABLE)
        store.execute("BEGIN IMMEDIATE")
        yield store
        store.execute("COMMIT")
    finally:
        store.close()


def forget() -> None:
    """Forget what was counted of everybody: the file goes."""
    with suppress(OSError):
        Path(settings.COUNTS_FILE).unlink(missing_ok=True)

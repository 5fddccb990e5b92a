"""The store in which `limits` counts: the site's database."""

import datetime as dt

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from limits.storage import Storage

from .models import TryCount


def stored_key(key: str) -> str:
    """Return a keyed hash: a copy of the database tells neither addresses nor what was typed as a name."""
    return salted_hmac("signin.tries", key, algorithm="sha256").hexdigest()


class DatabaseStorage(Storage):
    """Counts that hold among threads, processes and machines, on each database.

    A count is raised and read in one short transaction, before the slow part of a try (hashing) begins: of many tries
    at the same moment, no more than allowed go through. None may stand inside a transaction that is taken back.
    """

    STORAGE_SCHEME = None  # made here, never named by an address

    @property
    def base_exceptions(self) -> type[Exception]:
        """Errors of the store."""
        return DatabaseError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count, which lives `expiry` seconds from its first try; return the new count."""
        key, now = stored_key(key), timezone.now()
        with transaction.atomic():
            TryCount.objects.filter(key=key, until__lte=now).delete()
            new = TryCount(key=key, tries=0, until=now + dt.timedelta(seconds=expiry))
            TryCount.objects.bulk_create([new], ignore_conflicts=True)
            TryCount.objects.filter(key=key).update(tries=F("tries") + amount)
            tries = TryCount.objects.values_list("tries", flat=True).get(key=key)
        if tries == amount:
            # A first try: the moment to forget those whose time is over.
            TryCount.objects.filter(until__lte=now).delete()
        return tries

    def give_back(self, key: str) -> None:
        """Take one try from a count, if it is still there."""
        TryCount.objects.filter(key=stored_key(key), tries__gt=0).update(tries=F("tries") - 1)

    def _row(self, key: str) -> TryCount | None:
        return TryCount.objects.filter(key=stored_key(key), until__gt=timezone.now()).first()

    def get(self, key: str) -> int:
        """Return how many tries are counted for a name."""
        row = self._row(key)
        return row.tries if row else 0

    def get_expiry(self, key: str) -> float:
        """Return when a count ends, in seconds since 1970."""
        row = self._row(key)
        return (row.until if row else timezone.now()).timestamp()

    def check(self) -> bool:
        """Say whether the store answers."""
        TryCount.objects.exists()
        return True

    def reset(self) -> int:
        """Forget what was counted of everybody."""
        return TryCount.objects.all().delete()[0]

    def clear(self, key: str) -> None:
        """Forget what was counted for one name."""
        TryCount.objects.filter(key=stored_key(key)).delete()

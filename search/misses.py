"""Searches that find nothing as they are typed, for the editors: counted in memory, stored outside of the request.

Nothing personal is kept: no person, no address, no time but the month; of what was typed only what cannot be an e-mail
address or a number. What was typed fewer than `SEVERAL` times may be a name: it is shown to nobody, and goes after a
month.
"""

import datetime as dt
import logging
import time
from collections import Counter
from threading import Lock, Timer

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone

from .tables.words import SEVERAL, SearchMiss
from .text.analysis import fold

logger = logging.getLogger(__name__)

PAUSE = 30  # seconds between two visits to the database
SAME = 600  # seconds in which the same words count once
MOST_AT_ONCE = 500  # different searches in a pause; a machine asks for more
MOST_KEPT = 5000
KEPT_DAYS = 400
LONGEST_WORDS = 6

Key = tuple[str, str, dt.date, bool]

_counted: Counter[Key] = Counter()
_last: dict[Key, float] = {}
_lock = Lock()
_timer: Timer | None = None


def note(language: str, typed: str, *, helped: bool) -> None:
    """Count a search that found nothing; `helped` says that a corrected spelling, or some of its words, found more.

    Whoever reloads the page, or comes back to it, is not several visitors: the same words count once in a while.
    """
    global _timer
    query = presentable(typed)
    if not query:
        return
    with _lock:
        now, key = time.monotonic(), (language, query, timezone.localdate().replace(day=1), helped)
        if now - _last.get(key, -SAME) < SAME:
            return
        if key in _counted or len(_counted) < MOST_AT_ONCE:
            _last[key] = now
            _counted[key] += 1
        if _timer is None and settings.SEARCH_RETRIES:
            _timer = Timer(PAUSE, _store_apart)
            _timer.daemon = True
            _timer.start()


def presentable(typed: str) -> str:
    """Return what may be kept of a query: a few words; nothing of one with an address or a number in it."""
    query = " ".join(fold(typed).split()).lstrip("=+-@ ")[:60]  # no formula in an editor's spreadsheet
    strange = "@" in query or "://" in query or sum(char.isdigit() for char in query) > 4
    return "" if strange or len(query.split()) > LONGEST_WORDS or not any(map(str.isalpha, query)) else query


def store() -> None:
    """Write what was counted, and forget what is old or too much."""
    with _lock:
        taken = dict(_counted)
        _counted.clear()
        for key in [key for key, moment in _last.items() if time.monotonic() - moment >= SAME]:
            del _last[key]
    with transaction.atomic():
        for (language, query, month, helped), count in taken.items():
            miss, _created = SearchMiss.objects.get_or_create(language=language, query=query, month=month)
            SearchMiss.objects.filter(pk=miss.pk).update(count=F("count") + count, helped=helped)
        today = timezone.localdate()
        SearchMiss.objects.filter(month__lt=today - dt.timedelta(days=KEPT_DAYS)).delete()
        SearchMiss.objects.filter(month__lt=today.replace(day=1), count__lt=SEVERAL).delete()
        kept = SearchMiss.objects.order_by("-month", "-count").values_list("pk", flat=True)
        SearchMiss.objects.filter(pk__in=list(kept[MOST_KEPT : 2 * MOST_KEPT])).delete()


def forget() -> None:
    """Forget what was counted and not stored."""
    with _lock:
        _counted.clear()
        _last.clear()


def _store_apart() -> None:
    global _timer
    with _lock:
        _timer = None
    try:
        close_old_connections()
        store()
    except Exception:
        logger.exception("Searches without result could not be stored")
    finally:
        connection.close()

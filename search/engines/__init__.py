"""One interface (`base.py`), two engines: the database, which is always there, and a cluster, which a setting names."""

import datetime as dt
import logging
import time
from functools import cache

from django.conf import settings
from django.utils import timezone

from ..tables.document import SearchChange
from .base import Answer, Asked, Cluster, EngineDown
from .database import DatabaseEngine
from .waiting import within

logger = logging.getLogger(__name__)

database = DatabaseEngine()
REST = 20  # seconds for which a server that failed is not asked again
BEHIND = 30  # seconds for which the server may not know a change that the database knows
LEAST = 0.05  # seconds; with less there is no use in asking
_rests_until = 0.0


@cache
def the_cluster() -> Cluster | None:
    """Return the search server that SEARCH_URL names, or None."""
    if settings.SEARCH_CLUSTER is None:
        return None
    from .cluster import ClusterEngine

    return ClusterEngine(settings.SEARCH_CLUSTER)


def patience() -> float:
    """Return until when (`time.monotonic`) a visitor who asks now waits for the server, whatever it is asked."""
    return time.monotonic() + settings.SEARCH_PATIENCE


def ask(asked: Asked, until: float) -> tuple[Answer, bool]:
    """Return the answer, and whether the database stood in for a search server that is down or slow."""
    if settings.SEARCH_CLUSTER is None:
        return database.search(asked), False
    seconds = until - time.monotonic()
    if seconds > LEAST and not resting() and not behind():
        try:
            cluster = the_cluster()
            return within(seconds, lambda: cluster.search(asked, seconds)), False
        except EngineDown as error:
            logger.warning("The database searches: %s", error)
            if not error.refused:
                rest()
        except Exception:
            # Whatever a server may answer: a visitor who searches finds.
            logger.exception("The database searches")
            rest()
    return database.search(asked), True


def behind() -> bool:
    """Say whether the server has not heard of changes for a while: it would show what was taken back."""
    since = timezone.now() - dt.timedelta(seconds=BEHIND)
    return SearchChange.objects.filter(in_database=True, changed_at__lt=since).exists()


def resting() -> bool:
    """Say whether the server has just failed, and is left in peace."""
    return time.monotonic() < _rests_until


def rest() -> None:
    """Leave the server in peace for a while."""
    global _rests_until
    _rests_until = time.monotonic() + REST


def wake() -> None:
    """Ask the server again at once: it has just taken changes."""
    global _rests_until
    _rests_until = 0.0

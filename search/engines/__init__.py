"""One interface (`base.py`), two engines: the database, which is always there, and a cluster, which a setting names."""

import logging
import time
from functools import cache

from django.conf import settings

from .base import Answer, Asked, Cluster, EngineDown
from .database import DatabaseEngine

logger = logging.getLogger(__name__)

database = DatabaseEngine()
REST = 20  # seconds for which a server that failed is not asked again
_rests_until = 0.0


@cache
def the_cluster() -> Cluster | None:
    """Return the search server that SEARCH_URL names, or None."""
    if settings.SEARCH_CLUSTER is None:
        return None
    from .cluster import ClusterEngine

    return ClusterEngine(settings.SEARCH_CLUSTER)


def ask(asked: Asked) -> tuple[Answer, bool]:
    """Return the answer, and whether the database stood in for a search server that is down or slow."""
    global _rests_until
    engine = the_cluster()
    if engine is None:
        return database.search(asked), False
    if time.monotonic() >= _rests_until:
        try:
            return engine.search(asked), False
        except EngineDown as error:
            logger.warning("The database searches for %d s: %s", REST, error)
            _rests_until = time.monotonic() + REST
    return database.search(asked), True


def wake() -> None:
    """Ask the search server again at once: it has just taken changes."""
    global _rests_until
    _rests_until = 0.0

"""What the search leaves to the workers."""

import datetime as dt
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.jobs.register import Kind, register

from . import misses
from .engines.base import EngineDown
from .indexing import outbox
from .indexing.fingerprint import fingerprint, is_old, server_is_old

# Seconds in which the process that made a change brings it to the database's index by itself.
OWN_TIME = 5


def deliver() -> None:
    """Tell the indexes what they do not know yet. Raises `EngineDown`."""
    if not outbox.deliver():
        raise EngineDown("changes wait")


def changes_wait() -> bool:
    """Say whether a search server lacks changes, or the database's index those of a process that died."""
    return outbox.any_waits(timezone.now() - dt.timedelta(seconds=OWN_TIME))


@cache
def _own_fingerprint() -> str:
    """What this process makes documents from: its code does not change while it runs."""
    return fingerprint()


def anything_is_old() -> bool:
    """Say whether documents were made by another version."""
    return is_old(_own_fingerprint()) or server_is_old(_own_fingerprint())


def refresh() -> None:
    """Make documents anew, here and on a search server. Raises `EngineDown`."""
    outbox.refresh(_own_fingerprint())


register(
    Kind("search.deliver", _("Bring changes to the search"), deliver, 1, needed=changes_wait, pauses=(5, 30, 60, 300)),
    Kind("search.refresh", _("Make the search documents anew"), refresh, every=30, needed=anything_is_old),
    Kind("search.misses", _("Forget old searches without result"), misses.store, at=dt.time(3, 20)),
)

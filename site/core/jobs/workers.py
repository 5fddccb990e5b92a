"""The processes that do the work, and when one was last seen."""

import datetime as dt
import os
import socket
import time
from uuid import uuid4

from django.db import Error as DatabaseError
from django.db.models import Max
from django.utils import timezone

from .models import Worker

BEAT = 15  # seconds
SILENT = dt.timedelta(minutes=10)
_name = ""
_last_beat = 0.0


def begin() -> str:
    """Make this process a worker; return its name."""
    global _name, _last_beat
    _name, _last_beat = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid4().hex[:8]}", 0.0
    beat()
    return _name


def beat() -> None:
    """Say that this worker lives, now and then."""
    global _last_beat
    if _name and time.monotonic() - _last_beat >= BEAT:
        _last_beat, now = time.monotonic(), timezone.now()
        Worker.objects.update_or_create(
            name=_name, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
        )


def end() -> None:
    """This process works no more."""
    global _name
    _name = ""


def last_seen() -> dt.datetime | None:
    """Return when a worker was last seen; None if never."""
    return Worker.objects.aggregate(last=Max("seen_at"))["last"]


def are_silent() -> bool:
    """Say whether no worker was seen for ten minutes."""
    last = last_seen()
    return last is None or last < timezone.now() - SILENT


def state() -> str:
    """Return "ok", or what there is to say of the workers, for whoever watches the site."""
    try:
        return "not seen for ten minutes" if are_silent() else "ok"
    except DatabaseError:
        return "unknown"

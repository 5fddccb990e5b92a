"""Asking for a job, within the transaction that needs it: taken back with it, and never lost once it is committed."""

from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from .models import Job
from .register import kind_of


def ask(name: str, key: str = "", **arguments: Any) -> None:
    """Have a job done soon, by a worker. Raises `LookupError` for one that nobody has registered.

    `key` tells jobs of one kind apart: asked for twice while it waits, a job is done once, with the later arguments.
    What was given up is tried anew. `arguments` are kept in the database, as JSON, until it is done.
    """
    if kind_of(name) is None:
        raise LookupError(name)
    now, whole = timezone.now(), f"{name}:{key}" if key else name
    again = {"asked": F("asked") + 1, "asked_at": now, "due_at": now, "arguments": arguments}
    again |= {"given_up": False, "attempts": 0}
    while not Job.objects.filter(key=whole).update(**again):
        # Somebody else may write it at the same moment.
        with suppress(IntegrityError), transaction.atomic():
            Job.objects.create(key=whole, name=name, arguments=arguments, asked_at=now, due_at=now)
            return

"""One attempt at a job: handed to the engine, claimed once, noted as done or put off.

A job is held while it waits in the engine and while it is done. Its holder prolongs that (`holding`); of a worker that
was killed it ends, and the job is handed out again, with a ticket that makes the old one void.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.backend import DatabaseBackend

from . import workers
from .models import Job
from .register import Kind, kind_of, timetable

logger = logging.getLogger(__name__)

AT_ONCE = 5  # jobs handed to the engine before they are worked off


def lease() -> timedelta:
    """Return for how long a job is held without a sign of its holder."""
    return timedelta(seconds=settings.JOBS_LEASE)


def write_timetable() -> None:
    """Give each line of the timetable its row; a line that is now done more often is due earlier."""
    now = timezone.now()
    for kind in timetable():
        first = now if kind.at is None else kind.next_after(now)
        row = Job(key=kind.name, name=kind.name, asked_at=now, due_at=first)
        Job.objects.bulk_create([row], ignore_conflicts=True)
        later = kind.next_after(now)
        Job.objects.filter(key=kind.name, attempts=0, due_at__gt=later).update(due_at=later)


def hand_out(most: int = AT_ONCE) -> int:
    """Hand jobs that are due to the engine; return how many. Several processes may do so at once."""
    now, handed = timezone.now(), 0
    free = Q(held_until=None) | Q(held_until__lt=now)
    for job in Job.objects.filter(free, due_at__lte=now, given_up=False).order_by("due_at", "pk")[: 20 * most]:
        kind = kind_of(job.name)
        # Another version of the code may know it.
        if kind is None or (kind.needed is not None and not kind.needed()):
            continue
        ticket = uuid4()
        with transaction.atomic():
            same = Job.objects.filter(pk=job.pk, ticket=job.ticket, held_until=job.held_until)
            if same.update(ticket=ticket, held_until=now + lease()):
                _enqueue(job.pk, str(ticket))
                handed += 1
        if handed == most:
            break
    return handed


def _enqueue(job_id: int, ticket: str) -> None:
    """Give an attempt to the engine: to the database's within this transaction, to another after it.

    Where this process dies between the two, the job is handed out again when its time is up.
    """
    if isinstance(attempt.get_backend(), DatabaseBackend):
        attempt.enqueue(job_id, ticket)
    else:
        transaction.on_commit(lambda: attempt.enqueue(job_id, ticket))


@task(backend="jobs")
def attempt(job_id: int, ticket: str) -> str:
    """Do a job, unless its ticket is void; for the engine. Raises what the job raises, for the engine's record."""
    job = _claim(job_id, ticket)
    if job is None:
        return "void"
    kind = kind_of(job.name)
    try:
        if kind is None:
            raise LookupError(job.name)
        with holding(job):
            kind.work(**job.arguments)
    except Exception as error:
        _put_off(job, kind, error)
        raise
    _note_done(job, kind)
    return "done"


def _claim(job_id: int, ticket: str) -> Job | None:
    """Take a job: its ticket is exchanged, so that nobody else takes it by the same one."""
    mine = uuid4()
    taken = Job.objects.filter(pk=job_id, ticket=ticket).update(ticket=mine, held_until=timezone.now() + lease())
    return Job.objects.filter(pk=job_id, ticket=mine).first() if taken else None


@contextmanager
def holding(job: Job) -> Iterator[None]:
    """Hold a job for as long as it lasts, from a thread of its own."""
    ended = Event()

    def hold() -> None:
        while not ended.wait(lease().total_seconds() / 3):
            try:
                Job.objects.filter(pk=job.pk, ticket=job.ticket).update(held_until=timezone.now() + lease())
                workers.beat()
            except DatabaseError:
                logger.warning("Job %s cannot be held", job.key)
            finally:
                connection.close()

    thread = Thread(target=hold, name="job-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _note_done(job: Job, kind: Kind) -> None:
    now, mine = timezone.now(), Job.objects.filter(pk=job.pk, ticket=job.ticket)
    free = {"ticket": None, "held_until": None, "attempts": 0, "last_error": "", "last_done_at": now}
    if kind.is_recurring:
        mine.update(due_at=kind.next_after(now), **free)
    elif not mine.filter(asked=job.asked).delete()[0]:
        mine.update(**free)  # asked for again meanwhile


def _put_off(job: Job, kind: Kind | None, error: Exception) -> None:
    now, attempts, mine = timezone.now(), job.attempts + 1, Job.objects.filter(pk=job.pk, ticket=job.ticket)
    values: dict[str, Any] = {"ticket": None, "held_until": None, "last_error": type(error).__name__}
    if kind is not None and kind.attempts is not None and attempts >= kind.attempts:
        # What it was asked with may be personal.
        values |= {"given_up": True, "arguments": {}}
        logger.error("Job %s given up after %d attempts: %s", job.name, attempts, type(error).__name__)
    elif attempts == 1:
        logger.warning("Job %s failed, and is tried again: %s", job.name, type(error).__name__)
    pause = kind.pause(attempts) if kind is not None else timedelta(minutes=1)
    # Who asks again meanwhile does not wait, and is not counted against what failed before.
    if not mine.filter(asked=job.asked).update(due_at=now + pause, attempts=attempts, **values):
        mine.update(**{name: values[name] for name in ("ticket", "held_until", "last_error")})

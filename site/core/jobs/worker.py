"""The process beside the web: hands out what is due, and works it off."""

import logging
import signal
from threading import Event
from typing import Any

from django.db import Error as DatabaseError
from django.db import connection
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend

from . import workers
from .attempts import AT_ONCE, hand_out, write_timetable

logger = logging.getLogger(__name__)

PAUSE = 1  # seconds between two looks when there is nothing to do
BACKEND = "jobs"


class Shift:
    """A worker at work. Where Redis is the engine, processes of its own make the attempts; this one hands them out."""

    def __init__(self) -> None:
        self._stop = Event()
        self._engine: Any = None

    def stop(self, *args: Any) -> None:
        """End after the job in hand; what was handed out beyond it is anybody's."""
        self._stop.set()
        if self._engine is not None:
            self._engine.running = False

    def run(self, *, once: bool = False) -> None:
        """Work until somebody stops it, or, `once`, until nothing is due."""
        self._engine = _engine(workers.begin())
        write_timetable()
        try:
            while not self._stop.is_set():
                busy = self._turn()
                if once and not busy:
                    break
                if not busy:
                    self._stop.wait(PAUSE)
        finally:
            workers.end()

    def _turn(self) -> bool:
        """Do what is due; say whether there was anything."""
        try:
            workers.beat()
            handed = hand_out(AT_ONCE if self._engine else 20 * AT_ONCE)
            if self._engine is not None and (handed or _waiting()):
                self._engine.run()
        except DatabaseError as error:
            logger.error("The database does not answer the worker: %s", type(error).__name__)
            connection.close()
            self._stop.wait(5 * PAUSE)
            return False
        return bool(handed)


def _engine(name: str) -> Any:
    """Return the worker of the database's engine; None where another one makes the attempts."""
    if not isinstance(task_backends[BACKEND], DatabaseBackend):
        return None
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["*"],
        interval=PAUSE,
        batch=True,
        backend_name=BACKEND,
        startup_delay=False,
        max_tasks=None,
        worker_id=name[:64],
        excluded_queue_names=[],
    )


def _waiting() -> bool:
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.ready().filter(backend_name=BACKEND).exists()


def run_due() -> None:
    """Do all that is due now, in this process."""
    Shift().run(once=True)


def run_until_stopped() -> None:
    """Work until SIGTERM or SIGINT; the job in hand is finished."""
    shift = Shift()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, shift.stop)
    shift.run()

"""What is done once when a transaction commits, however often it was asked for: by us (`once`), or as a small task
of Wagtail's (what uses what, words for the admin's search).

Saved four times in one transaction, as a publication saves a page, an object is read once, as it stands in the end.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult

logger = logging.getLogger(__name__)

# What was asked for and not done since, by connection: each thread has its own.
_waiting: WeakKeyDictionary[BaseDatabaseWrapper, set[Callable[[], Any]]] = WeakKeyDictionary()


def once(work: Callable[[], Any]) -> None:
    """Do something when the transaction commits, once for all who ask for the same; without one, at once.

    Each asker waits by itself, so that what one of them takes back leaves the others. The first whose turn comes does
    it, and the rest find nothing left to do. `work` is hashable, and equal to what would do the same.
    """
    connection = transaction.get_connection()
    _waiting.setdefault(connection, set()).add(work)
    transaction.on_commit(partial(_do_once, connection, work))


def _do_once(connection: BaseDatabaseWrapper, work: Callable[[], Any]) -> None:
    waiting = _waiting[connection]
    if work in waiting:
        waiting.remove(work)
        work()


@dataclass(frozen=True)
class TaskAtCommit:
    """One task with its arguments, equal to any other that would do the same."""

    task: Task[Any, Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

    def __hash__(self) -> int:
        """Arguments may be lists, as JSON has them."""
        return hash((self.task.module_path, str(self.args)))

    def __call__(self) -> None:
        """Do it; what fails is logged, for what it belongs to is committed already."""
        try:
            self.task.call(*self.args, **self.kwargs)
        except ObjectDoesNotExist:
            # Made and deleted in one transaction.
            logger.debug("Task %s%r is about nothing any more.", self.task.module_path, self.args)
        except Exception:
            logger.exception("Task %s%r failed.", self.task.module_path, self.args)


def do_waiting() -> None:
    """Do what waits for the commit of a transaction that will never commit: a test's, or one that only looks."""
    connection = transaction.get_connection()
    waiting = connection.run_on_commit
    connection.run_on_commit = [entry for entry in waiting if task_in(entry[1]) is None]
    for _savepoints, entry, _robust in waiting:
        if task_in(entry):
            entry()


def task_in(entry: Any) -> TaskAtCommit | None:
    """Return the task that an entry of a connection's list would do, if it is one."""
    wanted = entry.args[-1] if isinstance(entry, partial) and entry.func is _do_once else None
    return wanted if isinstance(wanted, TaskAtCommit) else None


class AtCommitBackend(BaseTaskBackend):
    """Does tasks in the process that asks for them, when its transaction is committed; without one, at once."""

    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Have a task done, once in a transaction however often it is asked for; nobody can ask how it went."""
        self.validate_task(task)
        once(TaskAtCommit(task, tuple(args), dict(kwargs)))
        return TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )

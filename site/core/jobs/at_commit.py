"""Small tasks of Wagtail's (what uses what, words for the admin's search): done once, when the transaction commits.

Saved four times in one transaction, as a publication saves a page, an object is read once, as it stands in the end.
"""

import logging
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TaskAtCommit:
    """One task with its arguments, equal to any other that would do the same."""

    task: Task[Any, Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]

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
    connection.run_on_commit = [entry for entry in waiting if not isinstance(entry[1], TaskAtCommit)]
    for _savepoints, wanted, _robust in waiting:
        if isinstance(wanted, TaskAtCommit):
            wanted()


class AtCommitBackend(BaseTaskBackend):
    """Does tasks in the process that asks for them, when its transaction is committed; without one, at once."""

    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Have a task done, once in a transaction however often it is asked for; nobody can ask how it went."""
        self.validate_task(task)
        wanted = TaskAtCommit(task, tuple(args), dict(kwargs))
        # One that waits already goes with a savepoint only where this one would go too: Django keeps it on any other.
        if not any(waiting == wanted for _savepoints, waiting, _robust in transaction.get_connection().run_on_commit):
            transaction.on_commit(wanted)
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

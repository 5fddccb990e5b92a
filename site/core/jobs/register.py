"""The table of jobs: what is done, how often, and what happens when it fails. Apps fill it in their `timetable.py`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

MINUTE, HOUR, DAY = 60, 3600, 86_400
PAUSES = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR)


@dataclass(frozen=True)
class Kind:
    """A kind of job.

    `work` takes the arguments with which it was asked for, and raises what keeps it from being done. It may be done
    twice, when a worker dies between doing and noting it. `pauses` are seconds before the next attempt, the last one
    for all that follow; after `attempts` it is given up, unless None. A line of the timetable has `every` (seconds) or
    `at` (the hour of each day, here); `needed` says whether there is anything to do, and is asked each second or so.
    """

    name: str
    label: Any
    work: Callable[..., Any]
    every: int | None = None
    at: dt.time | None = None
    needed: Callable[[], bool] | None = None
    pauses: tuple[int, ...] = PAUSES
    attempts: int | None = None

    @property
    def is_recurring(self) -> bool:
        """Whether it stands in the timetable."""
        return self.every is not None or self.at is not None

    def next_after(self, moment: dt.datetime) -> dt.datetime:
        """Return when a line of the timetable is due again."""
        if self.at is None:
            return moment + dt.timedelta(seconds=self.every or 0)
        here = timezone.localtime(moment)
        today = here.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return today if today > here else today + dt.timedelta(days=1)

    def pause(self, attempts: int) -> dt.timedelta:
        """Return how long to wait after so many attempts in vain."""
        return dt.timedelta(seconds=self.pauses[min(attempts, len(self.pauses)) - 1])


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Add kinds of jobs to the table."""
    for kind in kinds:
        _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    """Return a kind of job, or None where nobody knows it (any more)."""
    return _kinds.get(name)


def timetable() -> list[Kind]:
    """Return the jobs that are done again and again."""
    return [kind for kind in _kinds.values() if kind.is_recurring]

"""By when to begin each paper that a stay asks for, and for which it is too late.

How long a paper takes stands in its record, with its source. Vaccination against hepatitis B, three injections over six
months (Code de la santé publique, art. L. 3111-4), is what takes longest. Guidance, not a decision.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .register import FigureCode, number
from .stay import Citizenship, Stay


class Asked(Protocol):
    """What of a paper its date is computed from: days it takes, None where unknown, and whom it is asked of."""

    days_needed: int | None
    citizens: str
    long_stay_only: bool


@dataclass(frozen=True)
class Step:
    """A paper, the last day on which to begin it, None where that is unknown, and whether that day has passed."""

    paper: Any
    begin: dt.date | None = None
    late: bool = False


def concerns(paper: Asked, stay: Stay, citizenship: Citizenship) -> bool:
    """Say whether a student of this citizenship needs the paper for these days."""
    european = citizenship == Citizenship.EUROPEAN
    of_citizens = not paper.citizens or (paper.citizens == Citizenship.EUROPEAN) == european
    return of_citizens and (not paper.long_stay_only or stay.days > number(FigureCode.SHORT_STAY))


def timetable(papers: Iterable[Asked], first: dt.date | None, today: dt.date) -> list[Step]:
    """Return the papers in the order in which to begin them: the longest first, those of unknown length last.

    `first` is the first day of the stay, on which all papers must be there; None while it is not known.
    """
    return [_step(paper, first, today) for paper in sorted(papers, key=lambda paper: -(paper.days_needed or 0))]


def _step(paper: Asked, first: dt.date | None, today: dt.date) -> Step:
    if first is None or paper.days_needed is None:
        return Step(paper)
    begin = first - dt.timedelta(days=paper.days_needed)
    return Step(paper, begin, begin < today)

"""By when to begin each paper that a stay asks for, and for which it is too late.

How long a paper takes stands in its record, with its source, or is a figure of the register that a rule states too:
then the paper names it, and the number stands there alone. Vaccination against hepatitis B (Code de la santé publique,
art. L. 3111-4) is what takes longest. Guidance, not a decision.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from .register import FigureCode, number
from .stay import Citizenship, Stay, months_before

# Figures that say how long before the first day something is due, in months or in weeks.
IN_MONTHS, IN_WEEKS = (
    frozenset({FigureCode.MONTHS_TO_SUBMIT, FigureCode.HEPATITIS_MONTHS}),
    frozenset({FigureCode.IFMSA_WEEKS}),
)
LEAD_TIMES = tuple(code for code in FigureCode if code in IN_MONTHS | IN_WEEKS)


class Asked(Protocol):
    """What of a paper its date is computed from, and whom it is asked of.

    It takes so many days, or the time of a figure of `LEAD_TIMES`; None and "" where that is unknown.
    """

    days_needed: int | None
    figure: str
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
    return of_citizens and (not paper.long_stay_only or stay.days > number(FigureCode.SHORT_STAY, stay.first))


def timetable(papers: Iterable[Asked], first: dt.date | None, today: dt.date) -> list[Step]:
    """Return the papers in the order in which to begin them: the longest first, those of unknown length last.

    `first` is the first day of the stay, on which all papers must be there; None while it is not known.
    """
    arrival = first or today
    known = [(paper, begin_of(paper, arrival)) for paper in papers]
    known.sort(key=lambda pair: pair[1] or arrival)
    return [Step(paper, begin, begin < today) if first and begin else Step(paper) for paper, begin in known]


def begin_of(paper: Asked, first: dt.date) -> dt.date | None:
    """Return the last day on which to begin a paper for a stay from `first` on, or None where nobody knows."""
    if paper.figure in IN_MONTHS:
        return months_before(first, number(paper.figure, first))
    if paper.figure in IN_WEEKS:
        return first - dt.timedelta(weeks=number(paper.figure, first))
    return first - dt.timedelta(days=paper.days_needed) if paper.days_needed else None


def days_before(paper: Asked, first: dt.date) -> int | None:
    """Return how many days before `first` to begin a paper, or None where nobody knows: months have no one length."""
    begin = begin_of(paper, first)
    return (first - begin).days if begin else None

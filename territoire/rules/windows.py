"""Until when one may ask for a placement under each of its frameworks.

An "Erasmus+ studies" line opens and closes with the nomination window of the university that signs, an IFMSA line
closes when the card of acceptance is due, all others with the offer. None outlives the offer's own last day, unless a
day is typed on it: of a window that is cut short, the first day and the year from which it is known still hold.

Sources: nomination windows are published by each university, and kept with their source in its record; IFMSA, exchange
regulations: the card of acceptance is there some weeks before the first day (the register says how many). Read in
November 2026.
"""

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..choices import IFMSA, NOMINATED, Semester
from .register import FigureCode, number

# An academic year begins on 1 September, its second semester on 1 February, unless the university says other days.
FIRST_MONTH, SECOND_MONTH = 9, 2
# How many days before and after these a university's own semesters may begin and end.
AROUND = 92


class Requests(enum.StrEnum):
    """Whether one may ask under a framework: one day is not enough where nominations begin later."""

    NOT_YET_OPEN = "not_yet_open"  # the university that signs takes no nominations yet
    OPEN = "open"
    CLOSED = "closed"


class Reason(enum.StrEnum):
    """What makes the last day of a line."""

    TYPED = "typed"
    WINDOW = "window"
    CARD = "card"
    OFFER = "offer"
    UNKNOWN = "unknown"  # the window that covers the period is not known: the offer's day stands in


@dataclass(frozen=True)
class Window:
    """A window in which a university takes nominations. `year` is that in which the academic year begins."""

    year: int
    semester: int
    closes: dt.date
    opens: dt.date | None = None
    source_url: str = ""
    to_be_validated: bool = True

    @property
    def academic_year(self) -> str:
        """The year as universities write it."""
        return academic_year(self.year)

    @property
    def semester_name(self) -> str:
        """The semester in the reader's language."""
        return str(Semester(self.semester).label)


@dataclass(frozen=True)
class Term:
    """The days of one semester."""

    year: int
    semester: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Closing:
    """Until when one may ask under one framework, and why; `day` is None where a draft does not know it yet.

    `window` is the one that covers the period, moved to its year; `known` the one that the university published. They
    stand also where the offer's own day comes first (`Reason.OFFER`).
    """

    day: dt.date | None
    reason: Reason
    window: Window | None = None
    known: Window | None = None

    @property
    def is_copy(self) -> bool:
        """Say whether the window is that of an earlier year, as long as the university has not published the next."""
        return self.window is not None and self.known is not None and self.window.year != self.known.year

    @property
    def is_confirmed(self) -> bool:
        """Say whether nobody need ask the university: it has no say in it, or its window was published and read."""
        if self.reason == Reason.UNKNOWN:
            return False
        return self.known is None or not (self.is_copy or self.known.to_be_validated)

    @property
    def opens(self) -> dt.date | None:
        """The first day on which the university takes nominations, where that is known."""
        return self.window.opens if self.window else None


def academic_year(year: int) -> str:
    """Return the academic year that begins in a year: "2024-25"."""
    return f"{year}-{(year + 1) % 100:02}"


def semester_of(first: dt.date, last: dt.date, terms: Iterable[Term] = ()) -> tuple[int, int]:
    """Return (year, semester) that covers a period: where its middle lies.

    The middle, because a period may begin some days before the semester or end some days after it.
    """
    middle = first + (last - first) / 2
    for term in terms:
        if term.first <= middle <= term.last:
            return term.year, term.semester
    if middle.month >= FIRST_MONTH:
        return middle.year, Semester.FIRST
    return middle.year - 1, Semester.FIRST if middle.month < SECOND_MONTH else Semester.SECOND


def requests_on(today: dt.date, closes: dt.date | None, opens: dt.date | None = None) -> Requests:
    """Return whether one may ask on a day. A draft that does not know its last day takes no requests."""
    if closes is None or closes < today:
        return Requests.CLOSED
    return Requests.NOT_YET_OPEN if opens and opens > today else Requests.OPEN


def span_of(year: int, semester: int, terms: Sequence[Term] = ()) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day that belong to a semester, as `semester_of` decides it day by day.

    None where the terms that somebody typed leave it no day.
    """
    begins = dt.date(year, FIRST_MONTH, 1) - dt.timedelta(days=AROUND)
    days = (begins + dt.timedelta(days=count) for count in range(366 + 2 * AROUND))
    found = [day for day in days if semester_of(day, day, terms) == (year, semester)]
    return (found[0], found[-1]) if found else None


def known_window(windows: Iterable[Window], year: int, semester: int) -> Window | None:
    """Return the window of a semester: that of its year, else the latest one before it; None where none is known."""
    found = [window for window in windows if window.semester == semester and window.year <= year]
    # Of two that somebody typed for one semester, the strict one.
    return min(found, key=lambda window: (-window.year, window.closes), default=None)


def moved(window: Window, year: int) -> Window:
    """Return a copy of a window for another academic year, on the same days: it is always to be validated."""
    years = year - window.year
    if not years:
        return window
    return Window(
        year,
        window.semester,
        _in_years(window.closes, years),
        _in_years(window.opens, years) if window.opens else None,
        window.source_url,
    )


def coming_years(windows: Iterable[Window], today: dt.date) -> set[int]:
    """Return the academic years of the windows that close next, one for each semester of which a window is known."""
    windows, found = list(windows), set()
    for semester in Semester.values:
        known = known_window(windows, today.year + 1, semester)
        if known is not None:
            years = range(known.year, today.year + 2)
            found.update([year for year in years if moved(known, year).closes >= today][:1])
    return found


def copies(windows: Iterable[Window], years: Iterable[int]) -> list[Window]:
    """Return what stands in for windows that are not published yet, for these academic years, the earliest first."""
    windows = list(windows)
    asked = [(year, semester) for year in sorted(set(years)) for semester in Semester.values]
    known = [(year, known_window(windows, year, semester)) for year, semester in asked]
    return [moved(window, year) for year, window in known if window is not None and window.year != year]


def _in_years(day: dt.date, years: int) -> dt.date:
    """The 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def closing_of(
    framework: str,
    *,
    typed: dt.date | None = None,
    deadline: dt.date | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    windows: Sequence[Window] = (),
    terms: Sequence[Term] = (),
) -> Closing:
    """Return until when one may ask under a framework.

    `typed` is the day on the line itself, `deadline` the offer's own, `first` and `last` its period, `windows` and
    `terms` what is known of the university that signs.
    """
    if typed:
        return Closing(typed, Reason.TYPED)
    if framework in NOMINATED and first and last:
        year, semester = semester_of(first, last, terms)
        known = known_window(windows, year, semester)
        if known is None:
            return Closing(deadline, Reason.UNKNOWN)
        window = moved(known, year)
        if deadline is None or window.closes <= deadline:
            return Closing(window.closes, Reason.WINDOW, window, known)
        return Closing(deadline, Reason.OFFER, window, known)
    if framework in IFMSA and first:
        card = first - dt.timedelta(weeks=number(FigureCode.IFMSA_WEEKS, first))
        if deadline is None or card < deadline:
            return Closing(card, Reason.CARD)
    return Closing(deadline, Reason.OFFER)

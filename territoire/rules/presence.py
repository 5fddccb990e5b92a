"""Hours of presence in the host, and the duty of pay that follows from them.

Sources, read in November 2026: Code de l'éducation, art. L. 124-6 (pay is due for a placement of more than two months
within a school year, consecutive or not, from its first hour on), L. 124-5 (at most six months a year in one host) and
D. 124-6 (seven hours are a day, twenty-two days a month: two months are 44 days, 308 hours; six are 924); Code du
travail, art. L. 3133-1 (public holidays). Whether a special regime applies (paramedical students, Code de la santé
publique, art. L. 4381-1; hospital students; agreements abroad) is a question for the desk: nothing here says "none".
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from dateutil.easter import easter

from .register import FigureCode, number

WORKING_DAYS = 5  # a week, Monday to Friday
DAY = dt.timedelta(days=1)
# Days after Easter Sunday: its Monday, Ascension, the Monday of Pentecost.
AFTER_EASTER = (1, 39, 50)
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))


@cache
def public_holidays(year: int) -> frozenset[dt.date]:
    """Return the public holidays of a year in metropolitan France, without Alsace and Moselle."""
    sunday = easter(year)
    moving = {sunday + days * DAY for days in AFTER_EASTER}
    return frozenset(moving | {dt.date(year, month, day) for month, day in FIXED})


@dataclass(frozen=True)
class Presence:
    """The days of a stay on which one is in the host, from Monday to Friday, at so many hours a week.

    Public holidays are no presence unless the host says so (`on_holidays`), nor are working days elsewhere (`away`);
    leave that the agreement names counts as presence (Code de l'éducation, art. L. 124-13).
    """

    first: dt.date
    last: dt.date
    weekly_hours: int
    on_holidays: bool = False
    away: int = 0

    @property
    def days(self) -> int:
        """How many days of presence there are."""
        every = (self.first + number * DAY for number in range((self.last - self.first).days + 1))
        present = sum(day.weekday() < WORKING_DAYS and not self._is_free(day) for day in every)
        return max(present - self.away, 0)

    def _is_free(self, day: dt.date) -> bool:
        return not self.on_holidays and day in public_holidays(day.year)

    @property
    def hours(self) -> Decimal:
        """How many hours of presence there are, with one decimal at most."""
        return Decimal(self.days * self.weekly_hours) / WORKING_DAYS

    @property
    def is_paid(self) -> bool:
        """Say whether pay is due by law, unless a special regime applies."""
        return self.hours > self.pay_above

    @property
    def pay_above(self) -> int:
        """Up to so many hours of presence in a school year no pay is due by law."""
        return number(FigureCode.PAY_HOURS, self.first)

    @property
    def is_too_long(self) -> bool:
        """Say whether it is more than a placement may last in a year in one host."""
        return self.hours > self.most

    @property
    def most(self) -> int:
        """The most hours of a placement in a school year in one host."""
        return number(FigureCode.MOST_HOURS, self.first)

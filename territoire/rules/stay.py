"""What a student's own dates mean: Erasmus+ length, visa, when papers must be signed.

Guidance, not a decision. Sources: `erasmus` for the length of what Erasmus+ pays; CESEDA, visa « stagiaire » (the
agreement is submitted two months before); Regulation (EU) 2018/1806 for short stays.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.languages.dates import interval, long_date

from ..choices import PayRegime
from .erasmus import counted_days, is_long_enough, mended
from .presence import PAY_ABOVE, Presence

SHORT_STAY_DAYS, WINDOW_DAYS = 90, 180
MONTHS_TO_SIGN = 2
# Hours a week below which sending institutions doubt that a placement is full time.
FULL_TIME = 35


# What the rule of pay of an offer means above 308 hours; of the others only the law's general sentence can be said.
ABOVE: dict[str, Any] = {
    PayRegime.DUE: gettext_lazy(
        "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours the host owes "
        "pay from the first hour on, and this placement says that it does."
    ),
    PayRegime.PARAMEDICAL: gettext_lazy(
        "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours the host owes "
        "pay, but not to paramedical students (Code de la santé publique, art. L. 4381-1)."
    ),
    PayRegime.HOSPITAL_STUDENT: gettext_lazy(
        "%(hours)s hours of presence (%(days)d days, public holidays not counted): you are appointed as a hospital "
        "student, and the hospital pays you by the rules for them."
    ),
    PayRegime.ABROAD: gettext_lazy(
        "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours the host owes "
        "pay. The agreement is signed abroad: the desk checks what follows from that."
    ),
}


def shortest_days(weeks: int) -> int:
    """Return the days, both ends counted, of the shortest stay of so many weeks: to the Friday of the last one."""
    return weeks * 7 - 2


def longest_days(weeks: int) -> int:
    """Return the days, both ends counted, of the longest stay of so many weeks: to the Sunday of the last one."""
    return weeks * 7


class Citizenship(StrEnum):
    """What decides about a visa: citizenship, not the university's country."""

    EUROPEAN = "eu"
    OTHER = "other"


@dataclass(frozen=True)
class Advice:
    """One sentence for the student. `good` is True, False, or None where it is only information."""

    text: str
    good: bool | None = None


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day `months` earlier, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


@dataclass(frozen=True)
class Stay:
    """A student's first and last day, both counted."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """Length in days of the calendar, first and last included."""
        return (self.last - self.first).days + 1

    @property
    def erasmus_days(self) -> int:
        """Length in days as the European Commission counts a long mobility."""
        return counted_days(self.first, self.last)

    @property
    def erasmus_days_text(self) -> str:
        """Its length as the Commission counts it, in words that say so: it is not the calendar's."""
        return ngettext(
            "%(days)d day as Erasmus+ counts, in months of thirty days",
            "%(days)d days as Erasmus+ counts, in months of thirty days",
            self.erasmus_days,
        ) % {"days": self.erasmus_days}

    @property
    def full_weeks(self) -> int:
        """The most weeks that the stay is long enough for."""
        return (self.days - shortest_days(0)) // 7

    def is_shorter_than(self, weeks: int) -> bool:
        """Say whether the stay ends before the Friday of the last of so many weeks."""
        return self.days < shortest_days(weeks)

    def is_longer_than(self, weeks: int) -> bool:
        """Say whether the stay goes on after the Sunday of the last of so many weeks."""
        return self.days > longest_days(weeks)

    @property
    def long_enough_for_erasmus(self) -> bool:
        """Say whether an Erasmus+ grant, for a traineeship or for studies, is possible for these dates."""
        return is_long_enough(self.first, self.last)

    @property
    def agreement_signed_by(self) -> dt.date:
        """The day by which the agreement is signed where a long-stay visa is needed."""
        return months_before(self.first, MONTHS_TO_SIGN)

    def erasmus_advice(self) -> Advice:
        """Say what the dates mean for an Erasmus+ traineeship."""
        if self.long_enough_for_erasmus:
            text = _("%(counted)s: long enough for an Erasmus+ traineeship (60 days at least).")
        else:
            text = _("%(counted)s: too short for an Erasmus+ traineeship, which lasts at least 60 days.")
        return Advice(text % {"counted": self.erasmus_days_text}, self.long_enough_for_erasmus)

    def mending_advice(self, earliest: dt.date, latest: dt.date, longest: int) -> Advice:
        """Say which days within an offer come nearest and are long enough, or that there are none.

        `longest` is the most days of the calendar that the host accepts.
        """
        found = mended(self.first, self.last, earliest, latest, longest)
        if found is None:
            return Advice(_("No stay within this placement is long enough."))
        return Advice(_("The nearest days that are long enough: %(days)s.") % {"days": interval(*found)})

    def presence_advice(self, weekly_hours: int, regime: str = PayRegime.UNKNOWN) -> Advice:
        """Say how many hours in the host the stay has, and what that means for pay under the offer's rule of pay."""
        presence = Presence(self.first, self.last, weekly_hours)
        if presence.is_paid:
            text = ABOVE.get(
                regime,
                _(
                    "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours "
                    "the host owes pay, unless a special regime applies, as for paramedical students. Ask the desk."
                ),
            )
        else:
            text = _(
                "%(hours)s hours of presence (%(days)d days, public holidays not counted): the law asks for pay above "
                "%(limit)d hours only."
            )
        hours = number_format(presence.hours, decimal_pos=0 if presence.hours % 1 == 0 else 1)
        return Advice(text % {"hours": hours, "days": presence.days, "limit": PAY_ABOVE})

    def visa_advice(self, citizenship: Citizenship, today: dt.date, earlier: int = 0) -> list[Advice]:
        """Say what citizenship and length mean for visa and signatures.

        `earlier` are days in the Schengen area before the stay that count with it: 90 are allowed within any 180
        (Regulation (EU) 2016/399, art. 6).
        """
        if citizenship == Citizenship.EUROPEAN:
            return [Advice(_("Citizens of the EU, the EEA and Switzerland need no visa."), True)]
        if self.days + earlier <= SHORT_STAY_DAYS:
            return [
                Advice(_("Up to 90 days: a short-stay visa, unless your nationality is exempt. Check on France-Visas."))
            ]
        if self.days <= SHORT_STAY_DAYS:
            text = _(
                "With your earlier days it makes %(days)d, and 90 are allowed within 180: come later, or ask for a "
                "long-stay visa. Check on France-Visas."
            )
            return [Advice(text % {"days": self.days + earlier}, False)]
        advice = [
            Advice(_("More than 90 days: a long-stay visa. Check on France-Visas.")),
            Advice(
                _("The signed agreement must be submitted two months before: by %(date)s.")
                % {"date": long_date(self.agreement_signed_by)},
                None if self.agreement_signed_by > today else False,
            ),
        ]
        if self.agreement_signed_by <= today:
            advice.append(Advice(_("That day has passed: ask the desk whether later dates are possible."), False))
        return advice

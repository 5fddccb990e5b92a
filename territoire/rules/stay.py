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

from core.languages.amounts import euros
from core.languages.dates import interval, long_date

from ..choices import PayRegime
from .erasmus import counted_days, is_long_enough, mended
from .presence import Presence
from .register import FigureCode, RuleCode, least_pay, number

# A stay that is longer by so few days than one without a long-stay visa costs that visa for next to nothing.
FEW_DAYS = 2
# The days of a year, of which any has one at most.
A_YEAR = 366


# What the rule of pay of an offer means above 308 hours; of the others only the law's general sentence can be said.
ABOVE: dict[str, Any] = {
    PayRegime.DUE: gettext_lazy(
        "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours the host owes "
        "pay from the first hour on, about %(total)s in all at least, and this placement says that it pays."
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
    ALGERIAN = "dz"
    OTHER = "other"


class UniversityCountry(StrEnum):
    """What decides about Erasmus+: the university's country, not citizenship."""

    ERASMUS = "erasmus"
    JOINING = "joining"
    OTHER = "other"

    @classmethod
    def advice(cls, country: str) -> "list[Advice]":
        """Say what the country means for an Erasmus+ grant; nothing of one that takes part, or is not said.

        Source: Erasmus+ Programme Guide, eligible countries; Swiss and British association from 2027.
        """
        if country == cls.JOINING:
            text = _("The United Kingdom and Switzerland are to take part in Erasmus+ from 2027: ask your university.")
        elif country == cls.OTHER:
            text = _(
                "Your university’s country takes no part in Erasmus+: a grant is possible only where your university "
                "has an Erasmus+ agreement with a French one. Other frameworks of a placement stay open."
            )
        else:
            return []
        return [Advice(text, rule=RuleCode.ERASMUS_COUNTRIES)]


@dataclass(frozen=True)
class Advice:
    """One sentence for the student, and the rule behind it, by the reference of its entry in the register.

    `good` is True, False, or None where it is only information.
    """

    text: str
    good: bool | None = None
    rule: str = ""
    # The days that mend what is wrong with the student's own.
    days: tuple[dt.date, dt.date] | None = None


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

    def __str__(self) -> str:
        """The days as a reader checks them, on paper too."""
        count = ngettext("%(days)d day of the calendar", "%(days)d days of the calendar", self.days) % {
            "days": self.days
        }
        return f"{interval(self.first, self.last)} ({count})"

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

    @property
    def started_weeks(self) -> int:
        """The fewest weeks within which the stay lies."""
        return -(-self.days // 7)

    def is_shorter_than(self, weeks: int) -> bool:
        """Say whether the stay ends before the Friday of the last of so many weeks."""
        return self.days < shortest_days(weeks)

    def is_longer_than(self, weeks: int) -> bool:
        """Say whether the stay goes on after the Sunday of the last of so many weeks."""
        return self.days > longest_days(weeks)

    @property
    def long_enough_for_erasmus(self) -> bool:
        """Say whether an Erasmus+ grant, for a traineeship or for studies, is possible for these dates."""
        return is_long_enough(self.first, self.last, self.least_erasmus_days)

    @property
    def least_erasmus_days(self) -> int:
        """How many days, as the Commission counts, a traineeship or studies last at least."""
        return number(FigureCode.ERASMUS_DAYS, self.first)

    @property
    def agreement_signed_by(self) -> dt.date:
        """The day by which the agreement is signed where a long-stay visa is needed."""
        return months_before(self.first, number(FigureCode.MONTHS_TO_SUBMIT, self.first))

    def erasmus_advice(self) -> Advice:
        """Say what the dates mean for an Erasmus+ traineeship."""
        if self.long_enough_for_erasmus:
            text = _("%(counted)s: long enough for an Erasmus+ traineeship (%(least)d days at least).")
        else:
            text = _("%(counted)s: too short for an Erasmus+ traineeship, which lasts at least %(least)d days.")
        said = {"counted": self.erasmus_days_text, "least": self.least_erasmus_days}
        return Advice(text % said, self.long_enough_for_erasmus, RuleCode.ERASMUS_DAYS)

    def cycle_advice(self) -> list[Advice]:
        """Say that a stay of more than a year is longer than what Erasmus+ funds in most cycles of studies."""
        if self.days <= A_YEAR:
            return []
        text = _(
            "Erasmus+ funds only so many months in one cycle of studies: ask your university how many you have left."
        )
        return [Advice(text, False, RuleCode.PER_CYCLE)]

    def mending_advice(self, earliest: dt.date, latest: dt.date, lengths: range) -> Advice:
        """Say which days of a period come nearest and are long enough, or that there are none (`erasmus.mended`)."""
        found = mended(self.first, self.last, earliest, latest, lengths, self.least_erasmus_days)
        if found is None:
            return Advice(_("No stay within this placement is long enough."), rule=RuleCode.ERASMUS_DAYS)
        text = _("The nearest days that are long enough: %(days)s.") % {"days": interval(*found)}
        return Advice(text, rule=RuleCode.ERASMUS_DAYS, days=found)

    def is_just_longer_than(self, most: int) -> bool:
        """Say whether a day or two less would make it as long as `most` days of the calendar."""
        return most < self.days <= most + FEW_DAYS

    def presence_advice(self, weekly_hours: int, away: int = 0, regime: str = PayRegime.UNKNOWN) -> list[Advice]:
        """Say how many hours in the host the stay has, and what that means for pay under the offer's rule of pay.

        `away` are working days that are spent elsewhere.
        """
        presence = Presence(self.first, self.last, weekly_hours, away=away)
        if presence.is_paid:
            text = ABOVE.get(
                regime,
                _(
                    "%(hours)s hours of presence (%(days)d days, public holidays not counted): above %(limit)d hours "
                    "the host owes pay from the first hour on, %(pay)s an hour at least (ceiling of %(year)d): about "
                    "%(total)s in all, unless a special regime applies, as for paramedical students. Ask the desk."
                ),
            )
        else:
            text = _(
                "%(hours)s hours of presence (%(days)d days at %(weekly)d hours a week, public holidays not counted): "
                "the law asks for pay above %(limit)d hours only."
            )
        hours = number_format(presence.hours, decimal_pos=0 if presence.hours % 1 == 0 else 1)
        pay, year = least_pay(self.first)
        said = {"pay": euros(pay), "year": year, "hours": hours, "days": presence.days, "limit": presence.pay_above}
        said["total"] = euros(round(presence.hours * pay))
        said["weekly"] = weekly_hours
        advice = [Advice(text % said, rule=RuleCode.PAY)]
        if presence.is_too_long:
            text = _("More than %(most)d hours in one host in a school year: a placement may not be that long.")
            advice.append(Advice(text % {"most": presence.most}, False, RuleCode.PAY))
        return advice

    def visa_advice(self, citizenship: Citizenship, today: dt.date, earlier: int = 0) -> list[Advice]:
        """Say what citizenship and length mean for visa and signatures.

        `earlier` are days in the Schengen area before the stay that count with it: so many are allowed within a window
        (Regulation (EU) 2016/399, art. 6). Algerians come under the agreement of 27 December 1968.
        """
        if citizenship == Citizenship.EUROPEAN:
            return [Advice(_("Citizens of the EU, the EEA and Switzerland need no visa."), True, RuleCode.SHORT_STAY)]
        most, window = number(FigureCode.SHORT_STAY, self.first), number(FigureCode.SCHENGEN_WINDOW, self.first)
        advice = []
        if citizenship == Citizenship.ALGERIAN:
            text = _(
                "Algerians have rules of their own (agreement of 1968): ask the French consulate which visa it is."
            )
            advice.append(Advice(text, rule=RuleCode.LONG_STAY))
        if self.days + earlier <= most:
            text = _(
                "Up to %(most)d days: a short-stay visa, unless your nationality is exempt. Check on France-Visas."
            )
            advice.append(Advice(text % {"most": most}, rule=RuleCode.SHORT_STAY))
            text = _("If it is not exempt, the host or your school submits the signed agreement online by %(date)s.")
            advice.append(Advice(text % {"date": long_date(self.agreement_signed_by)}, rule=RuleCode.LONG_STAY))
        elif self.days <= most:
            text = _(
                "With your earlier days it makes %(days)d, and %(most)d are allowed within %(window)d: come later, or "
                "ask for a long-stay visa. Check on France-Visas."
            )
            said = {"days": self.days + earlier, "most": most, "window": window}
            advice.append(Advice(text % said, False, RuleCode.SHORT_STAY))
            advice += self._submission_advice(today)
        else:
            text = _("More than %(most)d days: a long-stay visa. Check on France-Visas.")
            advice.append(Advice(text % {"most": most}, rule=RuleCode.LONG_STAY))
            advice += self._submission_advice(today)
        return advice

    def _submission_advice(self, today: dt.date) -> list[Advice]:
        """Say by when the host submits the agreement, and whether that is still possible."""
        signed = self.agreement_signed_by
        months = number(FigureCode.MONTHS_TO_SUBMIT, self.first)
        text = ngettext(
            "The host or your school submits the signed agreement %(months)d month before: by %(date)s.",
            "The host or your school submits the signed agreement %(months)d months before: by %(date)s.",
            months,
        )
        said = {"months": months, "date": long_date(signed)}
        advice = [Advice(text % said, None if signed > today else False, RuleCode.LONG_STAY)]
        if signed <= today:
            text = _("That day has passed: ask the desk whether later dates are possible.")
            advice.append(Advice(text, False, RuleCode.LONG_STAY))
        return advice

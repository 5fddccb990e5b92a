"""What is said of each fact of an offer, in the active language: one function a fact, whoever says it.

Card, page, print-out, frame, feed, calendar, text to paste, shared picture, agreement and search say it in these words.
What is said of the room is in `room`.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.fields.columns import in_language
from core.languages.amounts import euros
from core.languages.countries import country_name
from core.languages.dates import interval, long_date
from core.languages.localization import localized, stands_in
from core.models import BasePage

from ..choices import CONDITIONAL, CONDITIONS, NOMINATED, DrivingLicence, Framework, PayRegime
from ..models import InternshipOfferPage, OfferFramework, OfferSupport
from ..rules.states import OfferState

DOT = " · "


def said(offer: InternshipOfferPage, *facts: Callable[[InternshipOfferPage], str]) -> list[str]:
    """Return what these functions say of an offer; what a draft does not know yet is left out."""
    return [text for fact in facts if (text := fact(offer))]


def in_a_line(offer: InternshipOfferPage, *facts: Callable[[InternshipOfferPage], str]) -> str:
    """Return the same in one line: "Cardiologie · Blois · 1er mars – 2 mai 2027"."""
    return DOT.join(said(offer, *facts))


def fictional_text(record: Any) -> str:
    """Return the words that belong to a record that was invented for the demo, or ""."""
    return _("Demo content: this record is fictional.") if record.fictional else ""


def specialty_text(offer: InternshipOfferPage) -> str:
    """Return the specialty in the reader's language."""
    return str(localized(offer.specialty) or "")


def town_text(offer: InternshipOfferPage) -> str:
    """Return the town, for readers who know of what area the page speaks."""
    return offer.town


def whole_place_text(offer: InternshipOfferPage) -> str:
    """Return the town for readers elsewhere: "Blois, Loir-et-Cher, France"."""
    return f"{offer.town}, Loir-et-Cher, {country_name('FR')}"


def dates_text(offer: InternshipOfferPage) -> str:
    """Return the period: "1er mars – 2 mai 2027"; a draft may not know it yet."""
    return interval(offer.start_date, offer.end_date) if offer.start_date and offer.end_date else ""


def weeks_text(offer: InternshipOfferPage) -> str:
    """Return how long one may stay: "9 weeks" or "6 to 13 weeks"; a draft may not know it yet."""
    low, high = offer.min_weeks, offer.max_weeks
    if low is None or high is None:
        return ""
    if low == high:
        return ngettext("%(weeks)d week", "%(weeks)d weeks", high) % {"weeks": high}
    return _("%(low)d to %(high)d weeks") % {"low": low, "high": high}


@dataclass(frozen=True)
class Needed:
    """A language that a student must know: its name, the level (CEFR), and what that means."""

    language: str
    level: str
    sentence: str

    @property
    def text(self) -> str:
        """In a line: "Français : B2 – vous suivez une conversation…"."""
        return self.language + _(": ") + self.level + " – " + self.sentence


def languages_needed(offer: InternshipOfferPage) -> list[Needed]:
    """Return French and, where it is asked for, English, each with what its level means."""
    needed = [
        Needed(_("French"), offer.french_level, offer.french_sentence),
        Needed(_("English"), offer.english_level, offer.english_sentence),
    ]
    return [language for language in needed if language.level]


def languages_text(offer: InternshipOfferPage) -> str:
    """Return all levels that a student must have: "French from A2 · English from B2"; a draft may not know them yet."""
    needed = [
        _("French from %(level)s") % {"level": offer.french_level} if offer.french_level else "",
        _("English from %(level)s") % {"level": offer.english_level} if offer.english_level else "",
    ]
    return DOT.join(filter(None, needed))


def participation_text(offer: InternshipOfferPage) -> str:
    """Return what a student may do with patients, under one framework or another."""
    return DOT.join(offer.get_participation_codes_labels())


def legal_basis_text(line: OfferFramework) -> str:
    """Return what lets a student take part in care under a framework, or "" where nobody has said it."""
    label = str(line.get_legal_basis_display()) if line.legal_basis else ""
    return DOT.join(filter(None, [label, in_language(line.legal_basis_text)]))


def legal_bases_text(offer: InternshipOfferPage) -> str:
    """Return the legal bases of care of all frameworks, each once, or ""."""
    return DOT.join(dict.fromkeys(filter(None, map(legal_basis_text, offer.frameworks.all()))))


def travel_text(offer: InternshipOfferPage) -> tuple[str, str]:
    """Return how one gets there, and what helps."""
    if offer.bike_enough:
        text = _("A bike is enough")
    elif offer.driving_licence == DrivingLicence.REQUIRED:
        text = _("A car is needed")
    else:
        text = str(offer.get_driving_licence_display())
    return text, _("A loan car is possible, under conditions.") if offer.loan_vehicle else ""


def support_text(line: OfferSupport) -> str:
    """Return one kind of support with its amount, and that it has conditions where it has."""
    label = str(line.get_kind_display())
    said = line.told_by
    if said.amount is not None:
        per = f" {said.get_period_display()}" if said.period else ""
        label += _(": ") + euros(said.amount) + per
    return _("%(support)s, under conditions") % {"support": label} if has_conditions(line) else label


def has_conditions(line: OfferSupport) -> bool:
    """Say whether not everybody gets a support: by its kind, or because its line says so."""
    return line.kind in CONDITIONAL or bool(line.conditions or line.for_whom)


def conditions_text(line: OfferSupport) -> str:
    """Return who gets a support under which conditions, else the general sentence for its kind, or ""."""
    own = DOT.join(filter(None, [in_language(line.for_whom), in_language(line.conditions)]))
    return own or general_conditions(line)


def general_conditions(line: OfferSupport) -> str:
    """Return the general sentence for a support that has conditions which nobody has written yet, or ""."""
    return str(CONDITIONS) if line.kind in CONDITIONAL and not (line.for_whom or line.conditions) else ""


def language_note(page: BasePage) -> str:
    """Return what follows a title or an address where the page stands in: " (in French)", or ""."""
    return " (" + _("in French") + ")" if stands_in(page) else ""


def title_text(page: BasePage) -> str:
    """Return a page's title for what has no other mark, and says so where it stands in: "Soins (in French)"."""
    return page.title + language_note(page)


def pay_text(offer: InternshipOfferPage) -> str:
    """Return what the host pays: the amount, else the rule, or "" where nobody knows: that is not "none".

    "Too few hours" is not said of an offer that the register's limit of today finds long enough.
    """
    if offer.pay_amount is not None:
        return _("Pay by the host: %(amount)s a month") % {"amount": euros(offer.pay_amount)}
    too_many = offer.pay_regime == PayRegime.UNDER_LIMIT and offer.pay_does_not_fit
    if offer.pay_regime == PayRegime.UNKNOWN or too_many:
        return ""
    return str(offer.get_pay_regime_display())


def money_text(offer: InternshipOfferPage) -> str:
    """Return what the host pays and all support with its amounts, or ""."""
    return DOT.join(filter(None, [pay_text(offer), *map(support_text, offer.supports.all())]))


def closed_text(offer: InternshipOfferPage) -> str:
    """Return why nobody can ask for the placement any more, or ""."""
    reasons = {OfferState.FILLED: _("No place left"), OfferState.CLOSED: _("Requests are closed")}
    return reasons.get(offer.state, "")


def asking_text(offer: InternshipOfferPage) -> str:
    """Return until when one may ask for the placement, or why one cannot."""
    day = offer.shown_deadline
    return closed_text(offer) or until_text(long_date(day) if day else "…")


def framework_name(code: str) -> str:
    """Return a framework's name in few words, without what stands in brackets: "Erasmus+ studies"."""
    return str(Framework(code).label).partition(" (")[0]


def by_framework_text(offer: InternshipOfferPage) -> str:
    """Return what is closed and until when the others are open, or "" where all frameworks of an open offer end alike.

    "Erasmus+ studies: nominations closed on 15 November 2026; Erasmus+ traineeship: until 4 January 2027".
    """
    if closed_text(offer) or len({day for _code, day in offer.deadlines}) < 2:
        return ""
    nominated, other = _("%(frameworks)s: nominations closed on %(day)s"), _("%(frameworks)s: closed on %(day)s")
    closed = [
        (nominated if code in NOMINATED else other)
        % {"frameworks": framework_name(code), "day": day_text(offer, code, day)}
        for code, day in offer.closed_deadlines
    ]
    still_open = [
        _("%(frameworks)s: until %(day)s")
        % {"frameworks": ", ".join(framework_name(code) for code in codes), "day": day_text(offer, codes[0], day)}
        for day, codes in by_day(offer.open_deadlines, offer.unconfirmed)
    ]
    return _("; ").join([*closed, *still_open])


def day_text(offer: InternshipOfferPage, framework: str, day: dt.date) -> str:
    """Return the last day of a framework, and that the university has not confirmed it where that is so."""
    text = long_date(day)
    return _("%(day)s (not yet confirmed)") % {"day": text} if framework in offer.unconfirmed else text


def by_day(deadlines: list[tuple[str, dt.date]], unsure: set[str]) -> list[tuple[dt.date, list[str]]]:
    """Return the frameworks that close on each day, the soonest first; those that are unsure apart."""
    days: dict[tuple[dt.date, bool], list[str]] = {}
    for code, day in sorted(deadlines, key=lambda deadline: deadline[1]):
        days.setdefault((day, code in unsure), []).append(code)
    return [(day, codes) for (day, _unsure), codes in days.items()]


def until_text(day: str) -> str:
    """Return until when one may ask; a page writes the day with its machine form."""
    return _("Requests until %(day)s") % {"day": day}


def places_text(offer: InternshipOfferPage) -> str:
    """Return how many may still come."""
    if offer.state == OfferState.FILLED:
        return _("No place left")
    left = offer.places_left or 0
    return ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}

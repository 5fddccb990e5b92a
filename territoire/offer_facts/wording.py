"""The facts of an offer that are read in ten seconds: the same ones, in the same order, on card, page and print-out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.languages.amounts import euros
from core.languages.dates import interval, long_date
from core.languages.localization import is_french, localized, reader_language

from ..choices import CONDITIONAL, CONDITIONS, DrivingLicence
from ..models import InternshipOfferPage, OfferSupport
from ..rules.states import OfferState
from .room import room_detail, room_text


@dataclass(frozen=True)
class Fact:
    """A label, what is said, and a further sentence. `icon` names a line drawing of static/icons.

    On a card the label is for screen readers alone: the text says by itself of what it speaks.
    `language` and `detail_language` name the language of a text that is not in the reader's.
    """

    code: str
    icon: str
    label: str
    text: str
    detail: str = ""
    language: str = ""
    detail_language: str = ""


def weeks_text(low: int | None, high: int | None) -> str:
    """Return "9 weeks" or "6 to 13 weeks"; a draft may not know it yet."""
    if low is None or high is None:
        return ""
    if low == high:
        return ngettext("%(weeks)d week", "%(weeks)d weeks", high) % {"weeks": high}
    return _("%(low)d to %(high)d weeks") % {"low": low, "high": high}


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
    if line.amount is not None:
        per = f" {line.get_period_display()}" if line.period else ""
        label += _(": ") + euros(line.amount) + per
    return _("%(support)s, under conditions") % {"support": label} if line.kind in CONDITIONAL else label


def languages_text(offer: InternshipOfferPage) -> str:
    """Return all levels that a student must have: "French from A2 · English from B2"; a draft may not know them yet."""
    needed = [
        _("French from %(level)s") % {"level": offer.french_level} if offer.french_level else "",
        _("English from %(level)s") % {"level": offer.english_level} if offer.english_level else "",
    ]
    return " · ".join(filter(None, needed))


def closed_text(offer: InternshipOfferPage) -> str:
    """Return why nobody can ask for the placement any more, or ""."""
    reasons = {OfferState.FILLED: _("No place left"), OfferState.CLOSED: _("Requests are closed")}
    return reasons.get(offer.state, "")


def asking_text(offer: InternshipOfferPage) -> str:
    """Return until when one may ask for the placement, or why one cannot."""
    return closed_text(offer) or _("Requests until %(day)s") % {"day": long_date(offer.deadline)}


def places_text(offer: InternshipOfferPage) -> str:
    """Return how many may still come."""
    if offer.state == OfferState.FILLED:
        return _("No place left")
    left = offer.places_left or 0
    return ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}


def facts_of(offer: InternshipOfferPage) -> list[Fact]:
    """Return the facts: specialty, place, dates, level, languages, what one may do, room, travel, money, places."""
    specialty = localized(offer.specialty)
    source = "" if reader_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    travel, travel_detail = travel_text(offer)
    supports = list(offer.supports.all())
    money = [support_text(line) for line in supports]
    conditions = CONDITIONS if any(line.kind in CONDITIONAL for line in supports) else ""
    return [
        Fact(
            "specialty",
            "stethoscope",
            _("Specialty"),
            str(specialty or ""),
            str(offer.get_field_display()),
            language=source if specialty and is_french(str(specialty), specialty) else "",
        ),
        # A host keeps its French name in every language.
        Fact("place", "pin", _("Place"), offer.town, str(offer.host or ""), detail_language=source),
        Fact(
            "dates",
            "calendar",
            _("Dates"),
            interval(offer.start_date, offer.end_date) if offer.period else "",
            weeks_text(offer.min_weeks, offer.max_weeks),
        ),
        Fact("level", "cap", _("Studies"), " · ".join(offer.get_levels_labels())),
        Fact(
            "french",
            "speech",
            _("Languages") if offer.english_level else _("French"),
            languages_text(offer),
            offer.french_sentence,
        ),
        Fact("participation", "hand", _("What you may do"), " · ".join(offer.get_participation_codes_labels())),
        Fact("room", "bed", _("Room"), room_text(offer), room_detail(offer)),
        Fact("travel", "bike", _("Travel"), travel, travel_detail),
        Fact("money", "euro", _("Money"), " · ".join(money) or pgettext("nothing", "None"), str(conditions)),
        Fact("places", "people", _("Places"), places_text(offer)),
    ]

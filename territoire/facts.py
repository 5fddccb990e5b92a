"""The facts of an offer that are read in ten seconds: the same ones, in the same order, on card, page and print-out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.dates import interval
from core.localization import inside_sentence, is_french, localized, reader_language

from .choices import DrivingLicence, Support
from .models import InternshipOfferPage, OfferSupport
from .states import OfferState


@dataclass(frozen=True)
class Fact:
    """A label, what is said, and a further sentence. `icon` names a line drawing of static/icons.

    `language` and `detail_language` name the language of a text that is not in the reader's.
    """

    code: str
    icon: str
    label: str
    text: str
    detail: str = ""
    language: str = ""
    detail_language: str = ""


def weeks_text(low: int, high: int) -> str:
    """Return "9 weeks" or "6 to 13 weeks"."""
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
    """Return one kind of support with its amount."""
    label = str(line.get_kind_display())
    if line.amount is None:
        return label
    amount = number_format(line.amount.normalize(), decimal_pos=0 if line.amount == int(line.amount) else 2)
    per = f" {line.get_period_display()}" if line.period else ""
    return label + _(": ") + f"{amount}\u00a0€{per}"


def places_text(offer: InternshipOfferPage) -> str:
    """Return how many may still come."""
    if offer.state == OfferState.FILLED:
        return _("No place left")
    left = offer.places_left
    return ngettext("%(left)d place left", "%(left)d places left", left) % {"left": left}


def facts_of(offer: InternshipOfferPage) -> list[Fact]:
    """Return the facts: specialty, place, dates, level, French, what one may do, room, travel, money, places."""
    room, specialty = offer.housing, localized(offer.specialty)
    source = "" if reader_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    free = any(line.kind == Support.FREE_HOUSING for line in offer.supports.all())
    if offer.housing_included and room and free:
        room_text, room_detail = _("A room comes with it"), str(room.get_kind_display())
    elif offer.housing_included and room:
        room_text = _("A room comes with it")
        room_detail = _("%(rent)d € a month, %(kind)s") % {
            "rent": room.monthly_rent,
            "kind": inside_sentence(room.get_kind_display()),
        }
    elif offer.housing_included:
        room_text, room_detail = _("A room comes with it"), ""
    else:
        room_text, room_detail = _("No room included"), _("The desk helps to find one.")
    travel, travel_detail = travel_text(offer)
    money = [support_text(line) for line in offer.supports.all()]
    return [
        Fact(
            "specialty",
            "stethoscope",
            _("Specialty"),
            str(specialty),
            str(offer.get_field_display()),
            language=source if is_french(str(specialty), specialty) else "",
        ),
        # A host keeps its French name in every language.
        Fact("place", "pin", _("Place"), offer.town, str(offer.host), detail_language=source),
        Fact(
            "dates",
            "calendar",
            _("Dates"),
            interval(offer.start_date, offer.end_date),
            weeks_text(offer.min_weeks, offer.max_weeks),
        ),
        Fact("level", "cap", _("Studies"), " · ".join(offer.get_levels_labels())),
        Fact(
            "french",
            "speech",
            _("French"),
            _("from %(level)s") % {"level": offer.french_level},
            offer.french_sentence,
        ),
        Fact("participation", "hand", _("What you may do"), " · ".join(offer.get_participation_codes_labels())),
        Fact("room", "bed", _("Room"), room_text, room_detail),
        Fact("travel", "bike", _("Travel"), travel, travel_detail),
        Fact("money", "euro", _("Money"), " · ".join(money) or _("None")),
        Fact("places", "people", _("Places"), places_text(offer)),
    ]

"""The facts of an offer that are read in ten seconds: the same ones, in the same order, on card, page and print-out."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from core.languages.localization import is_french, localized, reader_language

from ..choices import CONDITIONAL, CONDITIONS
from ..models import InternshipOfferPage
from . import wording
from .room import room_detail, room_text

# What decides whether one reads on, where there is little room: in a frame, and beside another offer.
DECIDING = frozenset({"place", "dates", "french", "participation", "room"})


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

    @property
    def decides(self) -> bool:
        """Say whether it is told even where there is little room."""
        return self.code in DECIDING


def facts_of(offer: InternshipOfferPage) -> list[Fact]:
    """Return the facts: specialty, place, dates, level, languages, what one may do, room, travel, money, places."""
    specialty = localized(offer.specialty)
    source = "" if reader_language() == settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    travel, travel_detail = wording.travel_text(offer)
    conditions = CONDITIONS if any(line.kind in CONDITIONAL for line in offer.supports.all()) else ""
    return [
        Fact(
            "specialty",
            "stethoscope",
            _("Specialty"),
            wording.specialty_text(offer),
            str(offer.get_field_display()),
            language=source if specialty and is_french(str(specialty), specialty) else "",
        ),
        # A host keeps its French name in every language.
        Fact("place", "pin", _("Place"), wording.town_text(offer), str(offer.host or ""), detail_language=source),
        Fact(
            "dates",
            "calendar",
            _("Dates"),
            wording.dates_text(offer),
            wording.weeks_text(offer),
        ),
        Fact("level", "cap", _("Studies"), " · ".join(offer.get_levels_labels())),
        Fact(
            "french",
            "speech",
            _("Languages") if offer.english_level else _("French"),
            wording.languages_text(offer),
            offer.french_sentence,
        ),
        Fact("participation", "hand", _("What you may do"), wording.participation_text(offer)),
        Fact("room", "bed", _("Room"), room_text(offer), room_detail(offer)),
        Fact("travel", "bike", _("Travel"), travel, travel_detail),
        Fact(
            "money", "euro", _("Money"), wording.money_text(offer) or _("Not said yet: ask the desk"), str(conditions)
        ),
        Fact("places", "people", _("Places"), wording.places_text(offer)),
    ]

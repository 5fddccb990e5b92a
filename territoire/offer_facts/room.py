"""What an offer says of its room: one phrase, with the rent, wherever it is said. Free is only what is."""

from django.utils.translation import gettext as _

from core.languages.amounts import euros
from core.pages.visibility import is_shown

from ..choices import Support
from ..models import HousingPage, InternshipOfferPage


def rent_text(room: HousingPage) -> str:
    """Return "140 € a month"."""
    return _("%(rent)s a month") % {"rent": euros(room.monthly_rent)}


def room_of(offer: InternshipOfferPage) -> HousingPage | None:
    """Return the room that is reserved with an offer, in French, as long as it is public."""
    return offer.housing if offer.housing_included and is_shown(offer.housing) else None


def is_withdrawn(offer: InternshipOfferPage) -> bool:
    """Say whether the room that comes with an offer is not public any more: nobody is promised it."""
    return offer.housing_included and offer.housing is not None and not is_shown(offer.housing)


def is_reserved(offer: InternshipOfferPage) -> bool:
    """Say whether a room is reserved with an offer, also where nobody has said yet which."""
    return offer.housing_included and not is_withdrawn(offer)


def is_free(offer: InternshipOfferPage) -> bool:
    """Say whether the student pays no rent."""
    room = room_of(offer)
    free = any(line.kind == Support.FREE_HOUSING for line in offer.supports.all())
    return free or (room is not None and room.monthly_rent == 0)


def rent_of(offer: InternshipOfferPage) -> int | None:
    """Return what the student pays for the room of an offer, euros a month; None without one or where nobody knows."""
    room = room_of(offer)
    return 0 if is_free(offer) else room.monthly_rent if room else None


def room_text(offer: InternshipOfferPage) -> str:
    """Return what one knows of the room at a glance: free, reserved at what rent, or none."""
    room = room_of(offer)
    if is_free(offer):
        return _("Free room")
    if room:
        return _("Room reserved: %(rent)s") % {"rent": rent_text(room)}
    if is_withdrawn(offer):
        return _("The room of this placement is not let at present: ask the desk")
    if offer.housing_included:
        return _("Room reserved: ask the desk for the rent")
    return _("No room reserved")


def room_detail(offer: InternshipOfferPage) -> str:
    """Return what kind of room it is and whether its rent is all one pays, or who helps to find one."""
    room = room_of(offer)
    if room:
        charges = [] if is_free(offer) else [charges_text(room)]
        return ", ".join([str(room.get_kind_display()), *charges])
    return "" if is_reserved(offer) or is_free(offer) else _("The desk helps to find one.")


def charges_text(room: HousingPage) -> str:
    """Return whether heating, water and the like come on top of the rent."""
    return _("charges included") if room.charges_included else _("charges not included")

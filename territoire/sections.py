"""What placements are shown on pages that are none themselves."""

from typing import Any

from django.http import HttpRequest

from core.pages.sections import register_section
from core.pages.visibility import shown

from .models import InternshipOfferPage, OfferIndexPage, StrengthPage
from .rules.nearby import nearest
from .rules.states import open_now

SHOWN = 3


def placements_of(page: StrengthPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return open offers near a strength's place; where there are none, or it has no place, those that begin next."""
    offers = shown(InternshipOfferPage.objects.filter(open_now(), locale=page.locale)).order_by("start_date", "pk")
    near = nearest(page, offers.defer_streamfields(), SHOWN) if page.has_coordinates else []
    index = shown(OfferIndexPage.objects.filter(locale=page.locale)).first()
    return {"offers": near or list(offers[:SHOWN]), "are_near": bool(near), "offer_index": index}


register_section("territoire.StrengthPage", "territoire/sections/placements.html", placements_of, order=50)

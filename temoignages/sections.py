"""What testimonials add to the pages of lower apps."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from core.pages.visibility import shown
from territoire.models import InternshipOfferPage

from .models import TestimonialPage

MOST = 3


def testimonials_of_offer(page: InternshipOfferPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return up to three testimonials of this placement, else of the same place or specialty, nearest first."""
    same = Q(offer__translation_key=page.translation_key)
    alike = same | Q(offer__town=page.town) | Q(offer__specialty=page.specialty_id)
    found = shown(TestimonialPage.objects.filter(alike, offer__isnull=False, locale_id=page.locale_id))
    nearest = sorted(
        found,
        key=lambda voice: (
            voice.offer.translation_key != page.translation_key,
            voice.offer.specialty_id != page.specialty_id,
            -voice.year,
        ),
    )
    return {"testimonials": nearest[:MOST]} if nearest else None

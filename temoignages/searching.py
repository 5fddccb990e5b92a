"""How testimonials are found: by who speaks, and by the placement they speak of."""

from collections.abc import Iterator
from typing import Any

from core.languages.localization import localized
from core.pages.visibility import is_shown

from .models import TestimonialPage


def words_of_testimonial(page: TestimonialPage) -> Iterator[Any]:
    """Who speaks, from where, of which placement."""
    yield page.first_name
    yield page.country_name
    yield page.get_profile_display()
    yield page.get_field_display()
    if is_shown(page.offer):
        offer = localized(page.offer)
        yield offer.title
        yield offer.town
        yield localized(offer.specialty).name

"""How testimonials are found: by who speaks, and by the placement they speak of."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.kinds.searchable import Kind, register_searchable
from core.languages.localization import localized
from core.pages.visibility import is_shown

from .models import TestimonialPage
from .models.testimonial import testimonial_facets

# A voice tells of a placement, which whoever looks for a specialty wants first.
TESTIMONIALS = Kind("testimonials", _("Testimonials"), order=40, facets=testimonial_facets, weight=0.8)


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


register_searchable(TESTIMONIALS, TestimonialPage, words_of_testimonial, lambda page: [page.byline])

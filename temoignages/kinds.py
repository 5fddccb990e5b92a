"""The entry of testimonials in the table of kinds."""

from django.utils.translation import gettext_lazy as _

from core.kinds.searchable import ResultKind
from core.kinds.table import PageKind, register

from .loading import Testimonials
from .models import TestimonialIndexPage, TestimonialPage
from .searching import words_of_testimonial
from .structured import testimonial_data

register(
    PageKind(
        page=TestimonialPage,
        index=TestimonialIndexPage,
        order=40,
        # A voice tells of a placement, which whoever looks for a specialty wants first.
        search=ResultKind("testimonials", _("Testimonials"), TestimonialIndexPage, weight=0.8),
        words=words_of_testimonial,
        facts=lambda page: [page.byline],
        structured=testimonial_data,
        section=Testimonials,
        reference="temoignages",
        shortcut=True,
    )
)

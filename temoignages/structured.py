"""Structured data of testimonials."""

from django.http import HttpRequest

from core.web.structured_data import Data, article

from .models import TestimonialPage


def testimonial_data(page: TestimonialPage, request: HttpRequest) -> Data:
    """What somebody tells, under the first name that they agreed to."""
    return article(page, request) | {"author": {"@type": "Person", "name": page.first_name}}

"""What the API tells of testimonials."""

from core.languages.countries import country_name
from temoignages.models import TestimonialPage

from ..kinds import Resource, tell
from ..resources import Around, Data, choice, chosen, page_data, plain
from ..schemas import Choice, PageRecord, Related


class Testimonial(PageRecord):
    """What a student or a supervisor says, published with their consent."""

    profile: Choice
    first_name: str
    country: Choice
    field: Choice
    year: int
    original_language: str
    offer: Related | None


def testimonial_data(page: TestimonialPage, around: Around) -> Data:
    """What the API tells of a testimonial."""
    return {
        **page_data("testimonials", page, around),
        **{name: chosen(page, name) for name in ("profile", "field")},
        "country": choice(page.country, country_name(page.country)),
        **plain(page, "first_name", "year", "original_language"),
        "offer": around.related("offers", page.offer),
    }


tell(
    Resource(
        "testimonials",
        "testimonial",
        TestimonialPage,
        Testimonial,
        testimonial_data,
        "What students and supervisors say, published with their consent.",
        related=lambda page: page.offer,
    )
)

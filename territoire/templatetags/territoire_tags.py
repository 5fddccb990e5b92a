"""What templates print of an offer."""

from django import template

from ..facts import Fact, facts_of
from ..models import InternshipOfferPage

register = template.Library()


@register.filter
def facts(offer: InternshipOfferPage) -> list[Fact]:
    """What is read in ten seconds, in the order that card, page and print-out share."""
    return facts_of(offer)

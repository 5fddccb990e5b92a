"""What templates print of an offer."""

from django import template

from ..facts import Fact, facts_of
from ..models import InternshipOfferPage, PartnerUniversityPage
from ..sharing import list_url_for

register = template.Library()


@register.filter
def facts(offer: InternshipOfferPage) -> list[Fact]:
    """What is read in ten seconds, in the order that card, page and print-out share."""
    return facts_of(offer)


@register.simple_tag(takes_context=True)
def offers_for(context: template.Context, university: PartnerUniversityPage) -> str:
    """The address of the list with just the offers that a university's students may take."""
    return list_url_for(university, context["request"]) or ""

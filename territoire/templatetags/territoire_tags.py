"""What templates print of an offer."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from core.templatetags.site_tags import time_element

from ..models import InternshipOfferPage, PartnerUniversityPage
from ..offer_facts.at_a_glance import Fact, facts_of
from ..offer_facts.room import charges_text, is_free, rent_text
from ..offer_facts.wording import closed_text, general_conditions, languages_needed, pay_text, support_text, until_text
from ..outlets.share_kit import list_url_for

register = template.Library()

register.filter("closed_text", closed_text)
register.filter("is_free", is_free)
register.filter("rent_text", rent_text)
register.filter("charges_text", charges_text)
register.filter("languages_needed", languages_needed)
register.filter("support_text", support_text)
register.filter("pay_text", pay_text)
register.filter("general_conditions", general_conditions)


@register.filter
def facts(offer: InternshipOfferPage) -> list[Fact]:
    """What is read in ten seconds, in the order that card, page and print-out share."""
    return facts_of(offer)


@register.simple_tag
def until(offer: InternshipOfferPage) -> SafeString:
    """Until when one may ask, the day with its machine form."""
    return mark_safe(until_text(time_element(offer.deadline)))


@register.filter
def come_free(offers: Iterable[InternshipOfferPage]) -> bool:
    """Say whether any of the offers comes with a room without rent."""
    return any(map(is_free, offers))


@register.simple_tag(takes_context=True)
def offers_for(context: template.Context, university: PartnerUniversityPage) -> str:
    """The address of the list with just the offers that a university's students may take."""
    return list_url_for(university, context["request"]) or ""

"""What templates print of an offer."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from core.languages.alphabet import alphabet_key
from core.languages.amounts import decimal
from core.languages.dates import interval, long_date
from core.languages.localization import active_locale, source_locale
from core.pages.visibility import in_reader_language, shown
from core.templatetags.site_tags import time_element

from ..models import FactsheetPage, InternshipOfferPage, OfferFramework, PartnerUniversityPage, RulesPage
from ..offer_facts.at_a_glance import Fact, facts_of
from ..offer_facts.room import charges_text, is_free, rent_text
from ..offer_facts.wording import (
    by_framework_text,
    closed_text,
    general_conditions,
    languages_needed,
    legal_basis_text,
    pay_text,
    support_text,
    until_text,
)
from ..outlets.share_kit import list_url_for
from ..rules.register import FigureCode, number
from ..rules.windows import Closing

register = template.Library()

register.filter("decimal", decimal)
register.filter("long_date", long_date)
register.filter("closed_text", closed_text)
register.filter("legal_basis_text", legal_basis_text)
register.filter("by_framework_text", by_framework_text)
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
    return mark_safe(until_text(time_element(offer.shown_deadline)))


@register.filter
def closing_of(line: OfferFramework, offer: InternshipOfferPage) -> Closing:
    """Until when one may ask under a line, and why; the line's own link would fetch its offer again."""
    return offer.closing_of(line)


@register.filter
def is_over(day: dt.date | None) -> bool:
    """Say whether a day has passed."""
    return day is not None and day < timezone.localdate()


register.simple_tag(interval, name="days")


@register.simple_tag
def factsheets() -> list[FactsheetPage]:
    """The factsheets in the reader's language, the territory's own first."""
    pages = shown(FactsheetPage.objects.filter(locale=active_locale()))
    return sorted(pages, key=lambda page: (page.university_id is not None, alphabet_key(page.title)))


@register.filter
def come_free(offers: Iterable[InternshipOfferPage]) -> bool:
    """Say whether any of the offers comes with a room without rent."""
    return any(map(is_free, offers))


@register.simple_tag(takes_context=True)
def offers_for(context: template.Context, university: PartnerUniversityPage) -> str:
    """The address of the list with just the offers that a university's students may take."""
    return list_url_for(university, context["request"]) or ""


@register.simple_tag(takes_context=True)
def rule_url(context: template.Context, reference: str) -> str:
    """The address of a rule on the page of the register, or "" where there is no such page; asked once a request."""
    request = context["request"]
    if not hasattr(request, "rules_url"):
        pages = in_reader_language(RulesPage.objects.filter(locale=source_locale())[:1])
        request.rules_url = pages[0].get_url(request) if pages else ""
    return f"{request.rules_url}#{reference}" if request.rules_url and reference else ""


@register.simple_tag(takes_context=True)
def with_days(context: template.Context, days: tuple[dt.date, dt.date]) -> str:
    """The address of the same question with other days."""
    query = context["request"].GET.copy()
    query["first"], query["last"] = (day.isoformat() for day in days)
    return f"?{query.urlencode()}#stay"


@register.simple_tag
def figure(code: str) -> int:
    """A whole number of the register of rules, as it is today."""
    return number(code)


@register.simple_tag
def erasmus_badge() -> str:
    """The label of a placement that is long enough for an Erasmus+ traineeship, and has its framework."""
    return gettext("Erasmus+ %(days)d days") % {"days": number(FigureCode.ERASMUS_DAYS)}

"""Structured data of pages (https://schema.org, as JSON-LD): what search engines read. The table of kinds names a
builder for each page type. What stands in for a translation has none, nor has a fictional record,
except on a demo, which no search engine may keep.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ..fields.columns import in_language
from ..fields.telephone import from_abroad
from ..kinds.table import kind_of
from ..lists.listing import ListPageMixin
from ..models import BasePage, LocatedMixin
from .navigation import navigation_of

Data = dict[str, Any]
Builder = Callable[[Any, HttpRequest], Data | None]

# What would end a script element or begin a comment in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured_data(page: BasePage, request: HttpRequest) -> list[Data]:
    """Return what is said of a page: the page itself, and its way from the home page."""
    # A preview is read by nobody else, and a draft may lack what is said here.
    if page.alias_of_id or (page.fictional and not settings.DEMO) or getattr(request, "is_preview", False):
        return []
    found = [_builder_of(page)(page, request), breadcrumbs(page, request)]
    return [{"@context": "https://schema.org", **_without_gaps(data)} for data in found if data]


def _builder_of(page: BasePage) -> Builder:
    """Return what describes a page: its kind's own builder, else that of any list or page."""
    kind = kind_of(type(page))
    own = (kind.structured if type(page) is kind.page else kind.index_structured) if kind else None
    return own or (collection if isinstance(page, ListPageMixin) else _web_page)


def as_script(data: Data) -> SafeString:
    """Return JSON-LD for a script element: nothing in a text can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)


def _without_gaps(value: Any) -> Any:
    """Leave out what nobody filled in."""
    if isinstance(value, dict):
        return {name: _without_gaps(entry) for name, entry in value.items() if entry not in (None, "", [], {})}
    return [_without_gaps(entry) for entry in value] if isinstance(value, list) else value


# --- What several types share ---------------------------------------------------------------------------------------
def described(page: BasePage, kind: str, **more: Any) -> Data:
    """Return a page as a thing of a type, with its name, text, address and language."""
    return {
        "@type": kind,
        "name": page.title,
        "description": page.description,
        "url": page.full_url,
        **more,
    }


def article(page: BasePage, request: HttpRequest) -> Data:
    """Return a page as an article of the Département's."""
    departement = publisher(request)
    return {
        "@type": "Article",
        "headline": page.title,
        "description": page.description,
        "url": page.full_url,
        "inLanguage": page.locale.language_code,
        "datePublished": moment(page.first_published_at),
        "dateModified": moment(page.last_published_at),
        "author": departement,
        "publisher": departement,
    }


def collection(page: BasePage, request: HttpRequest) -> Data:
    """Return a page as a list of others."""
    return described(page, "CollectionPage", inLanguage=page.locale.language_code)


def _web_page(page: BasePage, request: HttpRequest) -> Data:
    return described(page, "WebPage", inLanguage=page.locale.language_code, dateModified=moment(page.last_published_at))


def moment(value: Any) -> str | None:
    """Return a date, or a moment in the time of Paris, as ISO 8601 writes it."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return value.isoformat() if value else None


def end_of(day: dt.date) -> str:
    """Return the last moment of a day in Paris as ISO 8601 writes it: a date alone is read as its first."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59))).isoformat()


def publisher(request: HttpRequest) -> Data:
    """Return who runs the site."""
    chosen = navigation_of(request).settings
    return {
        "@type": "GovernmentOrganization",
        "name": in_language(chosen.name) if chosen else settings.WAGTAIL_SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "email": chosen.email if chosen else None,
        "telephone": from_abroad(chosen.phone) if chosen else None,
        "legalName": chosen.publisher_name if chosen else None,
        "identifier": register_number("SIREN", chosen.siren) if chosen else None,
    }


def register_number(register: str, value: str) -> Data | None:
    """Return the number under which a register knows something, or None."""
    return {"@type": "PropertyValue", "propertyID": register, "value": value} if value else None


def coordinates(place: LocatedMixin) -> Data | None:
    """Return where a place is (WGS 84)."""
    if not place.has_coordinates:
        return None
    return {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}


def address(town: str, country: str = "FR", **more: str) -> Data:
    """Return a postal address; `country` is an ISO 3166-1 code."""
    return {"@type": "PostalAddress", "addressLocality": town, "addressCountry": country, **more}


def breadcrumbs(page: BasePage, request: HttpRequest) -> Data | None:
    """Return the way from the home page to a page."""
    trail = [*page.trail, page]
    if page.depth <= 2:
        return None
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.title, "item": {"@type": "WebPage", "@id": url}}
            for place, step in enumerate(trail, start=1)
            for url in [step.get_full_url(request)]
        ],
    }

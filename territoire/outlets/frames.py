"""A list of offers in the frame of another site, and the oEmbed answers that make a pasted link such a frame.

These are the only pages that another site may frame. They set no cookie and need no script.
"""

import re
import sys
from contextlib import suppress
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from core.languages.localization import locales, reader_language
from core.links.lost import LostAddressMiddleware
from core.links.permanent import CODE, current_of, current_of_series, french_of, in_language, version_of
from core.models import BasePage, PermanentLink
from core.pages.address import DEFAULT_PORTS, absolute, whole_number
from core.pages.fetching import fetch_for
from core.pages.visibility import is_restricted, is_shown
from core.pictures.renditions import share_picture
from core.web.navigation import navigation_of

from ..models import InternshipOfferPage, OfferIndexPage, PartnerUniversityPage
from .links import ENTRIES, frame, frame_height
from .share_kit import fields_query, list_or_404, understood

MOST_ENTRIES = 12
# What an oEmbed answer is made for (CSS pixels), and how much of a pasted address is read.
FRAME_WIDTH = 600
LONGEST, MOST_PARAMETERS = 1000, 40
MOST_HOPS = 6  # capitals, then a moved page, then its successor, and some to spare


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE], "style-src": [SELF], "form-action": [NONE]})
def offers_embed(request: HttpRequest) -> HttpResponse:
    """Offers for the frame of another site: `reference` for one, else the filters of the list and `count` (1 to 12).

    What is not known here is a 404 that may be framed too: a browser would show a broken page in its place.
    """
    index = list_or_404(OfferIndexPage)
    entries: list[InternshipOfferPage] = []
    total, over, unknown, query = 0, False, False, ""
    try:
        if "reference" in request.GET:
            entries, over = _one(request.GET["reference"])
        else:
            listing = understood(index, request)
            entries, total = list(listing.found[: _count(request)]), listing.total
            query = f"?{listing.query}" if listing.query else ""
    except Http404:
        unknown = True
    list_url = f"{index.get_full_url(request)}{query}"
    context = {"entries": entries, "total": total, "over": over, "unknown": unknown, "page": index}
    context["list_url"] = list_url
    fetch_for(context)
    return render(request, "territoire/embed.html", context, status=404 if unknown else 200)


def _count(request: HttpRequest) -> int:
    number = whole_number(request.GET.get("count", ""), digits=3)
    return ENTRIES if number is None else min(max(number, 1), MOST_ENTRIES)


def _one(code: str) -> tuple[list[InternshipOfferPage], bool]:
    """Return the offer of a permanent link, or what followed it, or those nearest to it; and whether it is over."""
    link = PermanentLink.named(code, InternshipOfferPage) if re.fullmatch(CODE, code) else None
    if link is None:
        raise Http404
    french = current_of_series(link)
    if french is not None:
        offer = in_language(french, reader_language()).specific
        return [offer], offer.translation_key != link.translation_key
    ended = version_of(french_of(link))
    return (ended.similar() if ended and not is_restricted(ended) else []), True


# --- oEmbed (https://oembed.com) --------------------------------------------------------------------------------------
@require_safe
def oembed(request: HttpRequest) -> JsonResponse:
    """Answer what an address of this site looks like on another: offers and lists as a frame, other pages as a link."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "Only JSON is spoken here."}, status=501)
    page, query, language = _page_at(request.GET.get("url", "")[:LONGEST], request)
    most_width, most_height = _pixels(request, "maxwidth"), _pixels(request, "maxheight")
    with translation.override(language):
        answer: dict[str, Any] = {
            "version": "1.0",
            "type": "link",
            "title": page.title,
            "provider_name": navigation_of(request).site_name,
            "provider_url": f"{settings.SITE_URL}/",
            "cache_age": 3600,
        }
        found = embedded(page, query)
        if found:
            code, entries = found
            width = min(most_width, FRAME_WIDTH)
            height = min(most_height, frame_height(entries))
            html = frame(code, page.title, height)
            answer |= {"type": "rich", "html": html, "width": width, "height": height}
        picture = share_picture(page)
        if picture and picture.width <= most_width and picture.height <= most_height:
            sizes = {"thumbnail_width": picture.width, "thumbnail_height": picture.height}
            answer |= {"thumbnail_url": picture.url, **sizes}
    return JsonResponse(answer)


def embedded(page: BasePage, query: str) -> tuple[str, int] | None:
    """Return the filters of the frame that shows a page, and how many entries it has; None for pages without one."""
    if isinstance(page, InternshipOfferPage):
        link = page.lasting_link
        return (urlencode({"reference": link.code}), 1) if link else None
    if isinstance(page, PartnerUniversityPage):
        return fields_query(page), ENTRIES
    if isinstance(page, OfferIndexPage):
        return query, ENTRIES
    return None


def _pixels(request: HttpRequest, name: str) -> int:
    """Return how wide or high an answer may be; what says nothing limits nothing."""
    number = whole_number(request.GET.get(name, ""), digits=5)
    return sys.maxsize if number is None else max(number, 1)


def _page_at(address: str, request: HttpRequest) -> tuple[BasePage, str, str]:
    """Return the public page at an address of this site, the address's query, and the page's language; else 404."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Http404 from error
    language = dict(parse_qsl(parts.query)).get("lang", "")
    if language not in locales():
        language = reader_language()
    page, query = _followed(parts, request, language)
    if isinstance(page, BasePage) and not page.answers and (current := current_of(page)):
        page = in_language(current, page.locale.language_code).specific
    if not isinstance(page, BasePage) or not is_shown(page) or not page.answers:
        raise Http404
    if isinstance(page, OfferIndexPage) and not _understood(page, query):
        raise Http404
    return page, query, page.locale.language_code


def _followed(parts: SplitResult, request: HttpRequest, language: str) -> tuple[Page | None, str]:
    """Return the page to which an address leads in the end, if any, and the query with which it is reached."""
    query = ""
    for _hop in range(MOST_HOPS):
        path, query = unquote(parts.path), urlencode(parse_qsl(parts.query)[:MOST_PARAMETERS])
        if not _is_own(parts, request) or "\0" in path:
            break
        asked = _asked(path, query, request)
        page = _by_link(path, language) or _by_path(path, asked, language)
        lost = HttpResponse(status=404)
        led = None if page else LostAddressMiddleware(oembed).process_response(asked, lost).get("Location")
        if led is None:
            return page, query
        parts = urlsplit(absolute(led))
    return None, query


def _asked(path: str, query: str, request: HttpRequest) -> HttpRequest:
    """Return what a browser would ask for a pasted address."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.GET, asked.META = QueryDict(query), {**request.META, "QUERY_STRING": query}
    with suppress(Resolver404):
        asked.resolver_match = resolve(path)
    return asked


def _is_own(parts: SplitResult, request: HttpRequest) -> bool:
    """Say whether an address is one of this site, in whatever case its host is written, with http or https."""
    site = Site.find_for_request(request)
    own = [urlsplit(settings.SITE_URL), *([urlsplit(site.root_url)] if site else [])]
    try:
        asked, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.scheme not in DEFAULT_PORTS:
        return False
    return any(asked == known.hostname and port in {None, known.port, *DEFAULT_PORTS.values()} for known in own)


def _understood(index: OfferIndexPage, query: str) -> bool:
    """Say whether a list knows all its filters in a query: a frame with others would be a 404."""
    asked = HttpRequest()
    asked.GET = QueryDict(query)
    with translation.override(index.locale.language_code):
        return index.make_listing(asked, counted=False).understood


def _by_link(path: str, language: str) -> Page | None:
    """Return the page of a permanent link, or the university of the link to its offers."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name not in {"permanent-link", "offers-of-university"}:
        return None
    link = PermanentLink.named(match.kwargs["code"])
    french = current_of_series(link) if link else None
    return in_language(french, language).specific if french else None


def _by_path(path: str, request: HttpRequest, asked: str) -> Page | None:
    """Return the page at a path; one without a language leads to that of the reader, as the site itself does."""
    language, _slash, rest = path.lstrip("/").partition("/")
    if language not in dict(settings.LANGUAGES):
        language, rest = asked, path.lstrip("/")
    with translation.override(language):
        found = Page.route_for_request(request, rest)
    return found.page.specific if found else None

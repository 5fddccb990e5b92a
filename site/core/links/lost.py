"""Where an address leads that no page has: what was typed otherwise, what has moved, what was deleted, what is closed.

An officer pastes a link and forgets it for five years; a mail program adds the full stop of the sentence.
"""

import re
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

from django.conf import settings
from django.db.models.signals import pre_delete
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path, reverse
from django.utils.encoding import repercent_broken_unicode
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from ..languages.localization import HOME_DEPTH, locales
from ..models import BasePage, FormerAddress, PermanentLink
from ..pages.address import with_query
from .permanent import answer_link, current_of, gone, in_language

# Line breaks and the signs that a mail program or a sentence leaves inside or behind an address.
INSIDE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
BEHIND = re.compile(r"[^\w/]+/*$")
# A query whose question mark became an ampersand.
AMPERSAND = re.compile(r"&(?=[a-z_]+=)")
MOST_PARAMETERS = 40


class LostAddressMiddleware(RedirectMiddleware):
    """Gives an answer of 404 its last chances; the first that knows more answers."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Answer in place of a 404, or let it stand; no address leads to itself."""
        if response.status_code != 404 or request.method not in {"GET", "HEAD"} or "\0" in request.path:
            return response
        for find in (self.moved, as_meant, deleted, closed):
            answer = find(request)
            if answer is not None and as_asked(answer.get("Location", "")) not in here(request):
                return answer
        return response

    def moved(self, request: HttpRequest) -> HttpResponse | None:
        """Follow a redirect; where its page is over, on to the successor at once, not through the page itself."""
        nothing = HttpResponse(status=404)
        answer = super().process_response(request, nothing)
        if answer is nothing:
            return None
        whole = get_redirect(request, Redirect.normalise_path(request.get_full_path(), decode_unicode=False))
        redirect = whole or get_redirect(request, Redirect.normalise_path(request.path, decode_unicode=False))
        page = redirect.redirect_page.specific if redirect and redirect.redirect_page else None
        if isinstance(page, BasePage) and not page.answers:
            if current := current_of(page):
                answer["Location"] = in_language(current, page.locale.language_code).get_url(request)
            elif not page.live and page.lasting_link:
                return gone(request, page.lasting_link)  # its address today may be one that only a draft has
        if "?" not in str(redirect.old_path):
            answer["Location"] = with_query(answer["Location"], request)
        return answer


def here(request: HttpRequest) -> set[str]:
    """Return the ways to write the address that is asked for."""
    return {request.path, request.build_absolute_uri(request.path)}


def as_asked(location: str) -> str:
    """Return an address as `request.path` will have it when a browser asks for it, signs that are none included."""
    return repercent_broken_unicode(unquote_to_bytes(location.partition("?")[0])).decode()


def as_meant(request: HttpRequest) -> HttpResponse | None:
    """Lead to the address without what mail programs and sentences add, in small letters as all of ours are.

    What a view of its own has answered (a frame, a document, the API) is meant as it was asked.
    """
    match = request.resolver_match
    if match is not None and match.url_name not in {"wagtail_serve", "permanent-link"}:
        return None
    asked, *query = AMPERSAND.split(request.path, 1)
    # Two slashes at the beginning would name another host.
    path = "/" + BEHIND.sub("", INSIDE.sub("", asked)).lower().lstrip("/")
    first = path.strip("/").partition("/")[0]
    if first in dict(settings.LANGUAGES):
        if "." in path:
            return None  # a file: no page's address has a dot
        path = f"{path.rstrip('/')}/"
    elif not (len(first) == 1 and first.isalpha()):
        path = request.path.rstrip("/")  # a file, a feed: a slash too many
        if match is not None or not is_valid_path(path):
            return None
        query = []
    elif not is_valid_path(path):
        return None
    if path == request.path:
        return None
    path += "".join(f"?{urlencode(parse_qsl(part)[:MOST_PARAMETERS])}" for part in query)
    return HttpResponseRedirect(with_query(path, request, without=()))


def deleted(request: HttpRequest) -> HttpResponse | None:
    """Answer for a page that was deleted as its permanent link does, in the language of the address."""
    former = FormerAddress.objects.filter(path=Redirect.normalise_path(request.path)).select_related("link").first()
    if former is None:
        return None
    language = former.language if former.language in locales() else settings.LANGUAGE_CODE
    return answer_link(request, former.link, language)


def closed(request: HttpRequest) -> HttpResponse | None:
    """Lead from a page or file of a language whose home is not published to the French one, until it is again."""
    match = request.resolver_match
    if match is not None and match.kwargs.get("language") in dict(settings.LANGUAGES).keys() - locales().keys():
        # A feed, a calendar, a document: whoever follows it goes on with the French one.
        there = reverse(match.view_name, kwargs=match.kwargs | {"language": settings.LANGUAGE_CODE})
        return HttpResponseRedirect(with_query(there, request))
    language, _slash, rest = request.path.lstrip("/").partition("/")
    if language in locales():
        return None
    home = Page.objects.filter(depth=HOME_DEPTH, locale__language_code=language).first()
    page = Page.objects.filter(url_path=f"{home.url_path}{rest}").first() if home else None
    link = PermanentLink.objects.filter(translation_key=page.translation_key).first() if page else None
    return answer_link(request, link, settings.LANGUAGE_CODE) if link else None


def remember_addresses(instance: Page, **kwargs: Any) -> None:
    """A page that was public is being deleted: its addresses, earlier ones too, go on leading where its link leads."""
    link = PermanentLink.objects.filter(translation_key=instance.translation_key).first()
    if link is None:
        return
    paths = set(Redirect.objects.filter(redirect_page=instance.pk).values_list("old_path", flat=True))
    if own := instance.get_url_parts():
        paths.add(Redirect.normalise_path(own[2]))
    for path in paths:
        FormerAddress.objects.update_or_create(
            path=path, defaults={"link": link, "language": instance.locale.language_code}
        )


def connect() -> None:
    """Follow deletions, of whatever page in whatever way."""
    pre_delete.connect(remember_addresses, sender=Page, dispatch_uid="core.links.lost")

"""Permanent links: every page that was ever public has one; it leads to the page, its successor, or a helpful 410.

`/o/LC41-2027-001` is an offer; the letter says the type of page (`BasePage.link_letter`) to those who read addresses,
the code alone decides.
"""

import re
from typing import Any

from django.apps import apps
from django.db.models.signals import post_save
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from ..languages.localization import active_locale, locales, reader_language, source_locale
from ..models import BasePage, PermanentLink
from ..pages.address import with_query
from ..pages.visibility import is_restricted, shown

# A code in an address; what else a reference has is left out of it.
CODE = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
NOT_IN_CODES = re.compile(r"[^A-Za-z0-9._-]+")


def keep_link(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Give a French page its link once it was public, and keep it in the series of what it repeats."""
    if raw or not isinstance(instance, BasePage) or instance.alias_of_id or not instance.first_published_at:
        return
    if instance.locale_id != source_locale().pk:
        return
    link = PermanentLink.objects.filter(translation_key=instance.translation_key).first() or _new_link(instance)
    repeated = instance.repeated
    before = PermanentLink.objects.filter(translation_key=repeated.translation_key).first() if repeated else None
    if before is not None and before.series != link.series:
        # Those that repeat this page come along.
        PermanentLink.objects.filter(series=link.series).update(series=before.series)


def _new_link(page: BasePage) -> PermanentLink:
    reserved = PermanentLink.every.filter(translation_key=page.translation_key).first()
    if reserved is not None:
        reserved.given = True
        reserved.save(update_fields=["given"])
        return reserved
    code = NOT_IN_CODES.sub("-", page.reference).lstrip("-._")[:50] or f"{page.link_letter}{page.pk}"
    if PermanentLink.every.filter(code__iexact=code).exists():
        code = f"{code}-{page.pk}"  # another type of page has this reference
    return PermanentLink.objects.create(code=code, translation_key=page.translation_key, page_type=page._meta.label)


def french_of(link: PermanentLink) -> BasePage | None:
    """Return the French page that a link names, public or not, or None where it was deleted."""
    model = apps.get_model(link.page_type)
    return model.objects.filter(translation_key=link.translation_key, locale=source_locale()).first()


def current_of(page: BasePage) -> BasePage | None:
    """Return the French page that a reader of this one wants today: itself, or the current one of its series."""
    french = page
    if page.locale_id != source_locale().pk:
        french = type(page).objects.filter(translation_key=page.translation_key, locale=source_locale()).first() or page
    if french.answers:
        return french
    return current_of_series(page.lasting_link) if page.lasting_link else None


def current_of_series(link: PermanentLink) -> BasePage | None:
    """Return the French page of a series that answers today: the one that is asked for, else the best of the others."""
    keys = PermanentLink.objects.filter(series=link.series).values("translation_key")
    model = apps.get_model(link.page_type)
    series = shown(model.objects.filter(translation_key__in=keys, locale=source_locale()))
    pages = [page for page in series if page.answers]
    own = [page for page in pages if page.translation_key == link.translation_key]
    return next(iter(own), None) or min(pages, key=lambda page: page.succession, default=None)


@require_safe
def permanent_link(request: HttpRequest, letter: str, code: str) -> HttpResponse:
    """Lead to the page of a code in the visitor's language, or to its successor, or say 410 and what is like it."""
    link = PermanentLink.named(code)
    if link is None:
        raise Http404
    return answer_link(request, link, reader_language())


def answer_link(request: HttpRequest, link: PermanentLink, language: str) -> HttpResponse:
    """Lead to the page of a link in a language, or say 410 in it. What else the address asks for goes along."""
    french = current_of_series(link)
    if french is not None:
        return HttpResponseRedirect(with_query(in_language(french, language).get_url(request), request))
    with translation.override(language):
        request.LANGUAGE_CODE = language
        return gone(request, link)


def in_language(french: BasePage, language: str) -> BasePage:
    """Return a page's translation or its stand-in in a language, where that is public, else the French page."""
    there = shown(Page.objects.filter(translation_key=french.translation_key, locale=locales()[language]))
    return there.first() or french


def gone(request: HttpRequest, link: PermanentLink) -> HttpResponse:
    """Say that the page of a link is over, with what is like it. What is not for everybody is not named.

    A page that is public for some leads them to itself, where Wagtail asks who they are.
    """
    page = version_of(french_of(link))
    if page is not None and is_restricted(page):
        if page.live:
            return HttpResponseRedirect(with_query(page.get_url(request), request))
        page = None
    return apps.get_model(link.page_type).gone_response(request, page).render()


def version_of(french: BasePage | None) -> BasePage | None:
    """Return a French page in the reader's language, public or not: its neighbours are in that language."""
    if french is None:
        return None
    return type(french).objects.filter(translation_key=french.translation_key, locale=active_locale()).first() or french


def connect() -> None:
    """Look after a page's lasting link whenever the page is saved."""
    post_save.connect(keep_link, dispatch_uid="core.links.permanent")

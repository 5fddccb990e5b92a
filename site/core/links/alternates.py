"""The same page in the other languages: the switcher, `hreflang`, the canonical link and the notice use one list."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from ..languages.localization import locales, reader_language
from ..pages.visibility import shown


@dataclass(frozen=True)
class Alternate:
    """One language: where its reader goes from here.

    `translated` says that the very page is written in this language, so that `hreflang` may name it; otherwise the
    address is that of its stand-in in French, or of the nearest page above it. `path` is for readers, `url` for
    machines.
    """

    language: str
    name: str
    path: str
    url: str
    translated: bool
    current: bool


def versions_of(page: Page) -> dict[int, Page]:
    """Return what is public of a page in each language, by locale, with the relations that it prints; fetched once."""
    if not hasattr(page, "_versions"):
        pages = shown(type(page).objects.filter(translation_key=page.translation_key))
        page._versions = {version.locale_id: version for version in pages}
    return page._versions


def alternates_of(page: Page | None, request: HttpRequest, query: str = "", own_query: str = "") -> list[Alternate]:
    """Return all languages of the site.

    `query` (without "?") stays for the reader; `own_query` (with "?") is part of the page's address, as the filters and
    the page of a list are: they mean the same in each language.
    """
    found: dict[int, Page] = {}
    if page is not None:
        found = versions_of(page)
        if len(found) < len(locales()):
            found = _nearest_above(page) | found
    names = dict(settings.LANGUAGES)
    return [
        Alternate(
            language=code,
            name=names.get(code, code),
            path=_with(found[locale.pk].get_url(request) if locale.pk in found else f"/{code}/", query),
            url=found[locale.pk].get_full_url(request) + own_query if locale.pk in found else "",
            translated=locale.pk in found and _is_of(found[locale.pk], page),
            current=code == reader_language(),
        )
        for code, locale in locales().items()
    ]


def _is_of(entry: Page, page: Page | None) -> bool:
    return page is not None and entry.translation_key == page.translation_key and entry.alias_of_id is None


def _nearest_above(page: Page) -> dict[int, Page]:
    """Return the deepest public page above this one in each language."""
    keys = page.get_ancestors().filter(depth__gt=1).values("translation_key")
    above = shown(Page.objects.filter(translation_key__in=keys)).select_related("locale").order_by("depth")
    return {entry.locale_id: entry for entry in above}


def _with(path: str | None, query: str) -> str:
    return f"{path}?{query}" if query else path or ""

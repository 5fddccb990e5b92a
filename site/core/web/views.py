"""Addresses that belong to no page: the way to the home page, sitemap, robots, theme."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap as WagtailSitemap
from wagtail.models import Locale, Page, Site

from ..fields.colours import Colours
from ..languages.localization import locales, reader_language
from ..models import SiteSettings
from ..pages.address import with_query
from ..pages.visibility import shown


@require_safe
def to_home(request: HttpRequest) -> HttpResponse:
    """Lead a first visit to the home page in the visitor's language."""
    return HttpResponseRedirect(with_query(f"/{reader_language()}/", request))


class LanguageSitemap(WagtailSitemap):
    """The pages of one language, in parts."""

    # Pages of a part: its alternates in other languages are looked up by their keys, in one query.
    limit = 2000

    def __init__(self, locale: Locale, request: HttpRequest) -> None:
        super().__init__(request)
        self.locale = locale

    def _pages(self) -> QuerySet[Page]:
        """Return live, public pages of the language."""
        site = Site.find_for_request(self.request)
        home = site.root_page.get_translation_or_none(self.locale) if site else None
        return shown(home.get_descendants(inclusive=True)) if home else Page.objects.none()

    def items(self) -> QuerySet[Page]:
        """Return them with their types, which say whether search engines may keep them."""
        return self._pages().order_by("path").defer_streamfields().specific()

    def get_latest_lastmod(self) -> dt.datetime | None:
        """Return when any of them was last published, without reading them all."""
        return self._pages().aggregate(at=Max("last_published_at"))["at"]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Give each address its other languages; they are fetched once for all."""
        entries = list(self.paginator.page(page).object_list)
        alternates = self._alternates({entry.translation_key for entry in entries})
        urls = []
        for entry in entries:
            entry.alternates = alternates.get(entry.translation_key, [])
            urls += entry.get_sitemap_urls(self.request)
        return urls

    def _alternates(self, keys: set[Any]) -> dict[Any, list[dict[str, str]]]:
        """Return the addresses of pages that are written in their language, by translation key."""
        found: dict[Any, list[dict[str, str]]] = {}
        pages = shown(Page.objects.filter(translation_key__in=keys, depth__gt=1, alias_of=None))
        columns = ("path", "depth", "url_path", "translation_key", "locale", "alias_of")
        for page in pages.select_related("locale").order_by("locale_id").only(*columns, "locale__language_code"):
            address = {"location": page.get_full_url(self.request), "lang_code": page.locale.language_code}
            found.setdefault(page.translation_key, []).append(address)
        return found


def _sections(request: HttpRequest) -> dict[str, Sitemap]:
    return {locale.language_code: LanguageSitemap(locale, request) for locale in locales().values()}


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """List the sitemaps, one a language (sitemaps.org protocol)."""
    return sitemap_views.index(request, sitemaps=_sections(request), sitemap_url_name="sitemap-section")


@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """List the pages of one language."""
    return sitemap_views.sitemap(request, sitemaps=_sections(request), section=section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where the sitemap is. A demo stays out of indexes by its headers, which robots must be let read."""
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The site's colours with those that its settings choose, as custom properties; paper keeps the style sheet's."""
    chosen = SiteSettings.asked(request)

    def root(colours: Colours) -> str:
        return f":root {{{' '.join(f'--{name}: {colour};' for name, colour in colours.items())}}}"

    css = (
        f"@media screen {{ {root(chosen.colours())} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ {root(chosen.colours('dark'))} }}\n"
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")

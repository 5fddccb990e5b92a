"""The page on which visitors search, one in each language."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.languages.localization import active_locale
from core.models import BasePage

from .. import misses
from ..finding import Search, suggestions


def counted(total: int) -> str:
    """Return what was found in words: "7 results"."""
    return ngettext("%(count)d result", "%(count)d results", total) % {"count": total}


class SearchPage(BasePage):
    """A field, and what was found: all kinds of pages together, or one kind with its filters."""

    max_count_per_parent = 1
    template = "search/search_page.html"

    class Meta:
        verbose_name = _("search page")
        verbose_name_plural = _("search pages")

    @property
    def is_indexable(self) -> bool:
        """Other search engines have no use for our results."""
        return False

    @property
    def in_sitemap(self) -> bool:
        """Nor for the empty page."""
        return False

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, with suggestions (`?suggest`), or with the number of results (`?total`) as JSON."""
        if "suggest" in request.GET:
            return JsonResponse({"suggestions": suggestions(active_locale().language_code, request.GET["suggest"])})
        if "total" in request.GET:
            return JsonResponse({"total": Search(request, active_locale().language_code).total})
        answer = super().serve(request, *args, **kwargs)
        if getattr(answer, "context_data", None) and answer.context_data["search"].stands_in:
            answer["Cache-Control"] = "no-cache"  # no proxy keeps the notice
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what was found for the words and filters of the address."""
        search = Search(request, active_locale().language_code)
        if search.missed:
            misses.note(search.language, search.typed, helped=search.found_anything)
        ways_out = [(way, counted(way.count)) for way in search.ways_out]
        return super().get_context(request, *args, **kwargs) | {
            "search": search,
            "listing": search,
            "ways_out": ways_out,
        }

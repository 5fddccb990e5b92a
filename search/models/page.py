"""The page on which visitors search, one in each language."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from core.localization import active_locale
from core.models import BasePage

from .. import misses
from ..finding import Search, suggestions


class SearchPage(BasePage):
    """A field, and what was found: all kinds of pages together, or one kind with its filters."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
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
        """Answer with the page, or with suggestions as JSON where the address says `suggest`."""
        if "suggest" in request.GET:
            return JsonResponse({"suggestions": suggestions(active_locale().language_code, request.GET["suggest"])})
        answer = super().serve(request, *args, **kwargs)
        if getattr(answer, "context_data", None) and answer.context_data["search"].stands_in:
            answer["Cache-Control"] = "no-cache"  # no proxy keeps the notice
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Search."""
        search = Search(request, active_locale().language_code)
        if search.missed:
            misses.note(search.language, search.typed, helped=search.found_anything)
        return super().get_context(request, *args, **kwargs) | {"search": search, "listing": search}

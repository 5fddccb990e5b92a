"""What editors do for the search: synonyms, picks, and the report of searches without result."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import SearchPick, SynonymList
from .report import MissReportView


class SynonymViewSet(SnippetViewSet):
    """Lists of synonyms, one a language."""

    model = SynonymList
    icon = "list-ul"
    list_display = ["locale"]


class PickViewSet(SnippetViewSet):
    """Editors' picks."""

    model = SearchPick
    icon = "pick"
    list_display = ["queries", "page", "locale"]
    list_filter = ["locale"]
    search_fields = ["queries"]


class SearchGroup(SnippetViewSetGroup):
    """One entry of the menu for the search."""

    menu_label = _("Visitors’ search")
    menu_icon = "search"
    menu_order = 220
    items = (SynonymViewSet, PickViewSet)


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """The report's address."""
    view, address = MissReportView, "reports/searches-without-result/"
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """The report's line in the menu."""
    return MenuItem(MissReportView.page_title, reverse(MissReportView.index_url_name), icon_name="search", order=8995)

"""What editors do for the search: synonyms, picks, and the report of searches without result."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.models import Locale
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from core.pages.address import whole_number

from .models import SearchPick, SynonymList
from .reading import LONGEST
from .report import MissReportView
from .text.synonyms import read_default


class SynonymCreateView(CreateView):
    """A new list begins with the project's own: an empty one would take all of it away."""

    def get_initial_form_instance(self) -> SynonymList:
        """Fill in the list of the first language that has none."""
        locale = Locale.objects.exclude(pk__in=SynonymList.objects.values("locale")).first()
        return SynonymList(locale=locale, groups=read_default(locale.language_code) if locale else "")


class PickCreateView(CreateView):
    """A new pick, which the report of searches without result fills in."""

    def get_initial_form_instance(self) -> SearchPick:
        """Take the words and the language from the address."""
        locale = whole_number(self.request.GET.get("locale", ""), digits=9)
        return SearchPick(queries=self.request.GET.get("queries", "")[:LONGEST], locale_id=locale)


class SynonymViewSet(SnippetViewSet):
    """Lists of synonyms, one a language."""

    add_view_class = SynonymCreateView

    model = SynonymList
    icon = "list-ul"
    list_display = ["locale"]


class PickViewSet(SnippetViewSet):
    """The admin's lists and forms of editors' picks."""

    model = SearchPick
    icon = "pick"
    add_view_class = PickCreateView
    list_display = [Column("typed", label=_("what is typed"), accessor="typed"), "page", "locale", "sort_order"]
    list_filter = ["locale"]
    search_fields = ["queries"]


class SearchGroup(SnippetViewSetGroup):
    """One entry of the menu for the search."""

    menu_label = _("Site search")
    menu_icon = "search"
    menu_order = 220
    items = (SynonymViewSet, PickViewSet)


register_snippet(SearchGroup)


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Give the report of searches without results its address in the admin."""
    view, address = MissReportView, "reports/searches-without-result/"
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(f"{address}results/", view.as_view(results_only=True), name=view.index_results_url_name),
    ]


class MissMenuItem(MenuItem):
    """Stands where the report can be opened."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to whom the report is."""
        return MissReportView.permission_policy.user_has_permission(request.user, "view")


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """The report's line in the menu."""
    view = MissReportView
    return MissMenuItem(view.page_title, reverse(view.index_url_name), icon_name=view.header_icon, order=8995)

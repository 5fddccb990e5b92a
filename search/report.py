"""The report of what visitors looked for in vain: each line is a synonym, a pick or a page that is missing."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail.permission_policies import ModelPermissionPolicy

from .tables.words import SEVERAL, SearchMiss, SearchPick, SynonymList


class MissFilterSet(WagtailFilterSet):
    """Narrows the report of searches without results to one language."""

    language = django_filters.ChoiceFilter(choices=settings.LANGUAGES, label=_("Language"))

    class Meta:
        model = SearchMiss
        fields = ["language"]


class RemedyColumn(Column):
    """What an editor can do about a search: its links."""

    cell_template_name = "search/admin/remedies.html"

    def get_value(self, instance: SearchMiss) -> list[tuple[Any, str]]:
        """Return texts and addresses: a pick that is filled in, and the language's list of synonyms."""
        links = []
        locale = Locale.objects.filter(language_code=instance.language).first()
        if locale is not None:
            query = urlencode({"locale": locale.pk, "queries": instance.query})
            links.append((_("Choose a page for it"), f"{_address(SearchPick, 'add')}?{query}"))
            if words := SynonymList.objects.filter(locale=locale).first():
                links.append((_("Add a synonym"), _address(SynonymList, "edit", words.pk)))
        return links


def _address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


class MissReportView(ReportView):
    """One line for each search and month, the most frequent first."""

    model = SearchMiss
    page_title = _("Searches without result")
    template_name = "search/admin/misses.html"
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(SearchMiss)
    any_permission_required = ["view"]
    filterset_class = MissFilterSet
    index_url_name = "searches_without_result"
    index_results_url_name = "searches_without_result_results"
    default_ordering = ("-month", "-count")
    export_filename = "searches-without-result"
    list_export = ["query", "language_name", "month_name", "count", "helped"]
    export_headings = {
        "query": _("What was typed"),
        "language_name": _("Language"),
        "month_name": _("Month"),
        "count": _("Times"),
        "helped": _("Help was offered"),
    }
    columns = [
        Column("query", label=_("What was typed"), sort_key="query"),
        Column("language", label=_("Language"), accessor="language_name", sort_key="language"),
        Column("month", label=_("Month"), accessor="month_name", sort_key="month"),
        Column("count", label=_("Times"), sort_key="count"),
        BooleanColumn("helped", label=_("Help was offered"), sort_key="helped"),
        RemedyColumn("remedies", label=_("What to do")),
    ]

    def get_queryset(self) -> QuerySet[SearchMiss]:
        """What several visitors typed: a single one may have typed a name."""
        return super().get_queryset().filter(count__gte=SEVERAL)

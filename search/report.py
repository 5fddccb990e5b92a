"""The report of what visitors looked for in vain: each line is a synonym, a pick or a page that is missing."""

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.reports import ReportView

from .models.words import SEVERAL, SearchMiss


class MissFilterSet(WagtailFilterSet):
    """Filter by language."""

    language = django_filters.ChoiceFilter(choices=settings.LANGUAGES, label=_("Language"))

    class Meta:
        model = SearchMiss
        fields = ["language"]


class MissReportView(ReportView):
    """One line for each search and month, the most frequent first."""

    model = SearchMiss
    page_title = _("Searches without result")
    header_icon = "search"
    filterset_class = MissFilterSet
    index_url_name = "searches_without_result"
    index_results_url_name = "searches_without_result_results"
    default_ordering = ("-month", "-count")
    list_export = ["query", "language", "month", "count", "helped"]
    export_headings = {
        "query": _("What was typed"),
        "language": _("Language"),
        "month": _("Month"),
        "count": _("Times"),
        "helped": _("Something else was shown"),
    }
    columns = [
        Column("query", label=_("What was typed"), sort_key="query"),
        Column("language", label=_("Language"), accessor="language_name", sort_key="language"),
        Column("month", label=_("Month"), accessor="month_name", sort_key="month"),
        Column("count", label=_("Times"), sort_key="count"),
        BooleanColumn("helped", label=_("Something else was shown"), sort_key="helped"),
    ]

    def get_queryset(self) -> QuerySet[SearchMiss]:
        """What several visitors typed: a single one may have typed a name."""
        return super().get_queryset().filter(count__gte=SEVERAL)

"""The report of old translations that wait to be renewed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail_localize.models import TranslationSource, get_edit_url

from ..models import StaleTranslation
from .marks import plain
from .translators import field_label


class StaleFilterSet(WagtailFilterSet):
    """Narrows the report of stale translations to one language."""

    locale = django_filters.ModelChoiceFilter(
        field_name="translation__locale", queryset=Locale.objects.all(), label=_("Language")
    )

    class Meta:
        model = StaleTranslation
        fields: list[str] = []


class StaleReportView(ReportView):
    """One line a text: what it said in French, what it says now, and where to translate it."""

    model = StaleTranslation
    page_title = _("Translations to renew")
    header_icon = "rotate"
    filterset_class = StaleFilterSet
    index_url_name = "translations_to_renew"
    index_results_url_name = "translations_to_renew_results"
    default_ordering = "since"
    list_export = ["page", "language", "field", "previous", "now", "said", "since"]
    export_headings = {
        "page": _("Page or record"),
        "language": _("Language"),
        "field": _("Text"),
        "previous": _("French before"),
        "now": _("French now"),
        "said": _("Old translation"),
        "since": _("Changed on"),
    }
    columns = [
        TitleColumn("page", label=_("Page or record"), get_url=lambda mark: mark.edit_url),
        Column("language", label=_("Language")),
        Column("field", label=_("Text")),
        Column("previous", label=_("French before"), accessor=lambda mark: plain(mark.previous)),
        Column("now", label=_("French now")),
        Column("said", label=_("Old translation")),
        DateColumn("since", label=_("Changed on")),
    ]

    def get_queryset(self) -> QuerySet[StaleTranslation]:
        """Marks on texts that are online."""
        return (
            StaleTranslation.objects.current()
            .select_related("translation__translation_of", "translation__context", "translation__locale")
            .order_by("since", "pk")
        )

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Name the page or record of each mark; the sources are fetched together."""
        keys = [mark.translation.context.object_id for mark in object_list]
        sources = TranslationSource.objects.filter(object_id__in=keys).select_related("specific_content_type")
        by_key = {source.object_id: source for source in sources}
        for mark in object_list:
            translation = mark.translation
            source = by_key[translation.context.object_id]
            mark.page, mark.language = source.object_repr, translation.locale.get_display_name()
            mark.field = field_label(source.specific_content_type.model_class(), translation.context.path)
            mark.now, mark.said = plain(translation.translation_of.data), plain(translation.data)
            mark.edit_url = get_edit_url(source.get_translated_instance(translation.locale))
        return object_list

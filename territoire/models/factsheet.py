"""Factsheets: what an international officer must know of the territory, or of a university that signs."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.models import BasePage

from ..choices import FactsheetHeading
from ..rules.windows import coming
from .signing_university import FactsheetRow, SigningUniversity


class FactsheetPage(BasePage):
    """The factsheet of the territory, or, where a university is named, of that one: its rows stand in its record."""

    university = models.ForeignKey(
        SigningUniversity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signing university"),
        help_text=_("None for the territory’s own factsheet. What a university says stands in its record."),
    )

    template = "territoire/factsheet_page.html"
    shown_with = (*BasePage.shown_with, "university")
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("university"),
        InlinePanel(
            "own_rows",
            label=_("Heading"),
            heading=_("The territory’s own factsheet"),
            help_text=_("Where a heading has no e-mail and no telephone, those of the desk are shown."),
        ),
    ]

    class Meta:
        verbose_name = _("factsheet")
        verbose_name_plural = _("factsheets")

    @property
    def rows(self) -> list[FactsheetRow]:
        """The rows in the order of EWP's headings."""
        rows = self.university.factsheet.all() if self.university else self.own_rows.all()
        return sorted(rows, key=lambda row: FactsheetHeading.values.index(row.heading))

    @property
    def missing_headings(self) -> list[str]:
        """Headings of which nothing is said yet: officers are told where to look."""
        said = {row.heading for row in self.rows}
        return [str(heading.label) for heading in FactsheetHeading if heading not in said]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rows, and the windows: copies of those to come, then those that were published, the latest first."""
        context = super().get_context(request, *args, **kwargs)
        context["rows"], context["missing_headings"] = self.rows, self.missing_headings
        if self.university:
            windows, semesters = self.university.windows.all(), self.university.semesters.all()
            context["windows"] = sorted(windows, key=lambda row: (-row.year, row.semester))
            published = {(row.year, row.semester) for row in windows}
            ahead = coming(self.university.known_windows, timezone.localdate())
            context["copies"] = [window for window in ahead if (window.year, window.semester) not in published]
            context["semesters"] = sorted(semesters, key=lambda row: (-row.year, row.semester))
        return context


class PageFactsheetRow(FactsheetRow):
    """What the Département says under one heading of its own factsheet."""

    factsheet_page = ParentalKey(FactsheetPage, on_delete=models.CASCADE, related_name="own_rows")

    class Meta(FactsheetRow.Meta):
        verbose_name = _("heading of the territory’s factsheet")

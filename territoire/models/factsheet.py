"""Factsheets: what an international officer must know of the territory, or of a university that signs."""

from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.languages.localization import source_locale
from core.models import BasePage
from core.pages.visibility import shown

from ..choices import NOMINATED, FactsheetHeading
from ..rules.states import not_over
from ..rules.windows import coming_years, copies, semester_of, span_of
from .offer import InternshipOfferPage
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
        """Add the rows, and the windows: copies for the years of offers, then those that were published.

        Each window stands beside the days that belong to its semester.
        """
        context = super().get_context(request, *args, **kwargs)
        if self.university:
            prefetch_related_objects([self.university], "windows", "semesters", "factsheet")
        context["rows"], context["missing_headings"] = self.rows, self.missing_headings
        if self.university:
            terms, semesters = self.university.known_terms, self.university.semesters.all()
            published = sorted(self.university.windows.all(), key=lambda row: (-row.year, row.semester))
            for name, windows in (
                ("copies", copies(self.university.known_windows, self.years_shown())),
                ("windows", published),
            ):
                context[name] = [(row, span_of(row.year, row.semester, terms)) for row in windows]
            context["semesters"] = sorted(semesters, key=lambda row: (-row.year, row.semester))
        return context

    def years_shown(self) -> set[int]:
        """Return the academic years that readers ask for.

        Those on which offers of the university rest that are not over, the next one, and those of the windows that
        close next.
        """
        if not self.university:
            return set()
        # A record stands in each language; lines of translated offers follow the French ones.
        lines = {
            "frameworks__signing_university__translation_key": self.university.translation_key,
            "frameworks__framework__in": NOMINATED,
        }
        offers = shown(InternshipOfferPage.objects.filter(not_over(), locale=source_locale(), **lines))
        periods = offers.order_by().values_list("start_date", "end_date").distinct()
        years = {semester_of(first, last, self.university.known_terms)[0] for first, last in periods}
        following = {max(years) + 1} if years else set()
        return years | following | coming_years(self.university.known_windows, timezone.localdate())


class PageFactsheetRow(FactsheetRow):
    """What the Département says under one heading of its own factsheet."""

    factsheet_page = ParentalKey(FactsheetPage, on_delete=models.CASCADE, related_name="own_rows")

    class Meta(FactsheetRow.Meta):
        verbose_name = _("heading of the territory’s factsheet")

"""What sections of the territory share."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Page

from core.loading.body import text_of
from core.loading.schema import Record
from core.loading.sections import Context, PageSection

Found = Iterator[tuple[str, str]]


def missing(field: str, reference: str | None, section: str, context: Context) -> Found:
    """Yield an error when `reference` names no record of `section`."""
    if reference is not None and reference not in context.ids(section):
        yield field, f"names {reference!r}, which is not in “{section}”"


class SourceRecord(Record):
    """A `source` of a territory file: where a figure or a rule is said."""

    libelle: str
    url: str


class TerritoryPages(PageSection):
    """Pages that stand under an index page and have title, summary and picture alike."""

    parent_id: str

    def parent(self, record: Any, context: Context) -> Page:
        """Return the section's index page."""
        return context.page(self.parent_id)

    def common(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the values that all these pages share."""
        return {
            "title": text_of(record.titre),
            "summary": text_of(record.resume),
            "fictional": record.fictif,
        } | context.picture(record.id)

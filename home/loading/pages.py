"""Editorial and legal pages, and their sections."""

from collections.abc import Iterator
from typing import Any

from pydantic import model_validator
from wagtail.models import Page

from core.loading.body import text_of
from core.loading.schema import Date, Record, Reference, Texts, code_of
from core.loading.sections import Context, PageSection
from territoire.loading.common import SourceRecord

from ..models import (
    EditorialPage,
    LegalPage,
    SectionPage,
)
from ..models.legal import LegalKind
from .body import BlockRecord, body_of, names_in, points_ahead


class EditorialRecord(Record):
    """`pages`: a section (`section: true`) or a page."""

    id: Reference
    section: bool = False
    parent: str | None = None
    slug: Texts
    titre: Texts
    resume: Texts
    image: str | None = None
    source: SourceRecord | None = None
    verifie_le: Date | None = None
    a_valider: bool = False
    a_revoir_le: Date | None = None
    corps: list[BlockRecord] = []

    @model_validator(mode="after")
    def sections_are_bare(self) -> "EditorialRecord":
        """A section has no body of its own."""
        if self.section and self.corps:
            raise ValueError("a section has no body (corps)")
        return self


def sourced(record: Any, context: Context) -> dict[str, Any]:
    """Return where a page's rules come from, and who has checked them when: history, which does not move."""
    return {
        "review_on": context.shifted(record.a_revoir_le),
        "source": record.source.libelle if record.source else "",
        "source_url": record.source.url if record.source else "",
        "checked_on": record.verifie_le,
        "to_be_validated": record.a_valider,
    }


class WrittenPages(PageSection):
    """Pages with a body of blocks."""

    def check(self, record: Any, context: Context) -> Iterator[tuple[str, str]]:
        """Pages and pictures that blocks name exist."""
        yield from names_in(record.corps, context)

    def finish(self, record: Any, context: Context) -> None:
        """Fill in links to pages that were not written yet when this one was."""
        page = context.written[record.id]
        if points_ahead(record.corps):
            page.body = body_of(record.corps, context)
            page.save_revision().publish()

    def written(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the values that these pages share."""
        return {
            "title": text_of(record.titre),
            "slug": text_of(record.slug),
            "summary": text_of(record.resume),
            **sourced(record, context),
            "body": body_of(record.corps, context),
        }


class SectionsOfPages(PageSection):
    """Sections, before the pages that stand in them."""

    key, schema, model, order = "sections", EditorialRecord, SectionPage, 46

    def parent(self, record: EditorialRecord, context: Context) -> Page:
        """Sections stand under the home page."""
        return context.page("accueil")

    def values(self, record: EditorialRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": text_of(record.titre),
            "slug": text_of(record.slug),
            "summary": text_of(record.resume),
            "picture": context.written.get(record.image) if record.image else None,
        }


class EditorialPages(WrittenPages):
    """Loads the editorial pages of a territory file."""

    key, schema, model, order = "pages", EditorialRecord, EditorialPage, 47

    def check(self, record: EditorialRecord, context: Context) -> Iterator[tuple[str, str]]:
        """The section exists too."""
        yield from super().check(record, context)
        if record.parent is not None and record.parent not in context.ids("sections"):
            yield "parent", f"names {record.parent!r}, which is not in “sections”"
        if record.image is not None and record.image not in context.ids("images"):
            yield "image", f"names {record.image!r}, which is not in “images”"

    def parent(self, record: EditorialRecord, context: Context) -> Page:
        """The section, or the home page."""
        return context.page(record.parent or "accueil")

    def values(self, record: EditorialRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.written(record, context) | {"picture": context.written.get(record.image)}


class LegalRecord(Record):
    """One entry of `pages_legales` in a territory file."""

    id: Reference
    nature: code_of(LegalKind)
    slug: Texts
    titre: Texts
    resume: Texts
    source: SourceRecord | None
    verifie_le: Date | None = None
    a_valider: bool
    a_revoir_le: Date | None = None
    corps: list[BlockRecord]


class LegalPages(WrittenPages):
    """Loads the legal pages of a territory file, each with its source and who has to confirm it."""

    key, schema, model, order = "pages_legales", LegalRecord, LegalPage, 48

    def parent(self, record: LegalRecord, context: Context) -> Page:
        """Legal pages stand under the home page."""
        return context.page("accueil")

    def values(self, record: LegalRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.written(record, context) | {"kind": record.nature}

"""Sections of a territory file, which the engine runs in order.

Those of page types stand in the table of kinds; apps register those of records and of single pages.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Locale, Page

from ..kinds.table import page_kinds, page_types
from ..models import SiteImage
from ..pages.publication import PublicationRefused, faults_of_rows
from .problems import Problem
from .schema import Record


@dataclass
class Context:
    """What sections share during a load: raw and validated records, what is already written, and the shift of dates."""

    data: dict[str, list[Record]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    written: dict[str, Any] = field(default_factory=dict)
    shift: dt.timedelta = dt.timedelta()
    folder: Path = Path()
    # Files that were read, and rendered, when they were checked.
    contents: dict[str, bytes] = field(default_factory=dict)
    # Pictures by the reference of the record that shows them: the leading one, and the further ones.
    pictures: dict[str, SiteImage] = field(default_factory=dict)
    galleries: dict[str, list[SiteImage]] = field(default_factory=dict)

    def ids(self, key: str) -> set[str]:
        """References of a section's records in the files."""
        return {record.id for record in self.data.get(key, [])}

    def page(self, reference: str) -> Page:
        """A page of this load, or of the site; raises `ValidationError` where it is neither."""
        if reference in self.written:
            return self.written[reference]
        for model in page_types():
            page = model.objects.filter(reference=reference, locale=Locale.get_default()).first()
            if page:
                return page
        raise ValidationError({"parent": f"the page {reference!r} is neither in the files nor on the site"})

    def picture(self, reference: str) -> dict[str, SiteImage | None]:
        """The picture of a record as a field value; nothing where the files have no pictures, so that it is kept."""
        return {"picture": self.pictures.get(reference)} if "images" in self.data else {}

    def shifted(self, day: dt.date | None) -> dt.date | None:
        """A date of the file, moved with the whole file. Publications and consents are history, and stay."""
        return day + self.shift if day else None


class Section:
    """One top-level key of the file.

    Subclasses say the `key`, the `schema` of a record, whether there are `many`, and how a record is written.
    """

    key: ClassVar[str]
    schema: ClassVar[type[Record]]
    many: ClassVar[bool] = True
    # Lower comes first. 10 media, 20 records, 30 index pages, 40 pages, 50 what points at pages.
    order: ClassVar[int] = 40

    def check(self, record: Any, context: Context) -> Iterator[tuple[str, str]]:
        """Yield (field, message) for what the schema cannot see: codes of other records, rules between fields."""
        yield from ()

    def find(self, record: Any) -> models.Model | None:
        """Return what the site has under the record's reference."""
        raise NotImplementedError

    def write(self, record: Any, context: Context) -> models.Model:
        """Create or update the record and return it."""
        raise NotImplementedError

    def finish(self, record: Any, context: Context) -> None:
        """Do what needs all sections written: pages that point at each other."""

    def texts(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the texts in the language that is being written; what is no text among them does not matter."""
        return {}

    def dates(self, record: Any) -> list[dt.date]:
        """Dates that a demo must have ahead of it."""
        return []


_sections: dict[str, Section] = {}


def register(section: type[Section]) -> type[Section]:
    """Class decorator: let the loader load this section, which is of no page type."""
    _sections[section.key] = section()
    return section


def all_sections() -> list[Section]:
    """Return the sections in the order of writing."""
    of_pages = [kind.section() for kind in page_kinds() if kind.section]
    return sorted([*_sections.values(), *of_pages], key=lambda section: section.order)


class ReferencedSection(Section):
    """A section whose records the site keeps by their reference."""

    model: ClassVar[type[models.Model]]

    def values(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the model's field values; a page's `slug` may be among them."""
        raise NotImplementedError

    def texts(self, record: Any, context: Context) -> dict[str, Any]:
        """Texts are among the values."""
        return self.values(record, context)

    def reference(self, record: Any) -> str:
        """Return the code under which the site keeps the record."""
        return record.id

    def find(self, record: Any) -> Any:
        """Look the record up by its reference in the source language."""
        return self.model.objects.filter(reference=self.reference(record), locale=Locale.get_default()).first()


class RecordSection(ReferencedSection):
    """A section of reusable records."""

    order = 20

    def write(self, record: Any, context: Context) -> models.Model:
        """Create or update by reference."""
        instance = self.find(record) or self.model(reference=self.reference(record), locale=Locale.get_default())
        for name, value in self.values(record, context).items():
            setattr(instance, name, value)
        instance.full_clean()
        check_rows(instance)
        instance.save()
        return instance


def check_rows(item: models.Model) -> None:
    """Ask a record's rows before they are saved, where a database would end with an error of its own.

    Raises `PublicationRefused`, a `ValidationError` that says which row.
    """
    if faults := faults_of_rows(item):
        raise PublicationRefused(faults)


class PageSection(ReferencedSection):
    """A section of pages."""

    model: ClassVar[type[Page]]

    def children(self, record: Any, context: Context) -> dict[str, list[models.Model]]:
        """Return the child rows by relation name (unsaved)."""
        return {}

    def parent(self, record: Any, context: Context) -> Page:
        """Return the page under which a new one stands."""
        raise NotImplementedError

    def is_published(self, record: Any) -> bool:
        """Say whether the page goes live: drafts (`statut: brouillon`) stay drafts."""
        return getattr(record, "statut", "publiee") == "publiee"

    def published_on(self, record: Any) -> dt.date | None:
        """The day on which it was first published, as history."""
        return None

    def write(self, record: Any, context: Context) -> Page:
        """Create or update by reference; publish, or leave a draft."""
        page = self.find(record)
        created = page is None
        if created:
            page = self.model(reference=self.reference(record), locale=Locale.get_default(), live=False)
        for name, value in self.values(record, context).items():
            setattr(page, name, value)
        for name, rows in self.children(record, context).items():
            getattr(page, name).set(rows)
        check_rows(page)
        if created:
            self.parent(record, context).add_child(instance=page)
        revision = page.save_revision()
        if self.is_published(record):
            revision.publish()
            page.refresh_from_db()
            first = self.published_on(record)
            if created and first:
                moment = dt.datetime.combine(first, dt.time(9), tzinfo=dt.UTC)
                self.model.objects.filter(pk=page.pk).update(first_published_at=moment)
        elif not created and page.live:
            page.unpublish()
        return page


def problems_of(section: Section, file: str, context: Context) -> list[Problem]:
    """Return what `Section.check` finds in a section's records, and references used twice."""
    problems, seen = [], set()
    for record in context.data[section.key]:
        reference = getattr(record, "reference", None) or getattr(record, "id", "")
        if section.many and reference in seen:
            problems.append(Problem(file, reference, "id", "this reference stands twice in the file"))
        seen.add(reference)
        label = f"{section.key} {getattr(record, 'id', '')}".strip()
        problems += [Problem(file, label, name, message) for name, message in section.check(record, context)]
    return problems

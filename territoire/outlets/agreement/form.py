"""What the Learning Agreement is made of: parts, sections and fields, each with who fills it in."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.languages.dates import long_date
from core.pictures.pdf_forms.fields import FieldKind, FormField

from .values import commented

# Of a row of the page: fields share it, and the next one begins below when it is full.
ROW = 12


class Party(models.TextChoices):
    """Who fills in a field; an offer prefills some of the receiving organisation's."""

    TRAINEE = "trainee", _("the trainee")
    BENEFICIARY = "beneficiary", _("the beneficiary organisation")
    SENDING = "sending", _("the sending institution")
    HOST = "host", _("the receiving organisation")
    SECOND_HOST = "second_host", _("the second receiving organisation")


class Kind(StrEnum):
    """What a field takes; the values are those of the fields' data."""

    TEXT = "text"
    LONG = "long_text"
    DAY = "date"
    CHOICE = "choice"
    TICK = "tick"
    SIGNATURE = "signature"


IN_PDF = {
    Kind.TEXT: FieldKind.TEXT,
    Kind.LONG: FieldKind.LONG,
    Kind.DAY: FieldKind.TEXT,
    Kind.CHOICE: FieldKind.CHOICE,
    Kind.TICK: FieldKind.TICK,
    Kind.SIGNATURE: FieldKind.SIGNATURE,
}


@dataclass(frozen=True)
class Field:
    """A field of the form.

    `key` never changes: programs know fields by it. `value` is "" where it is to be filled in: text, a day
    (ISO 8601), the code of an option, or "yes" of a box that is ticked; `language` is the value's own where it is not
    the document's. `proposal` is what the Département suggests to write: it stands beside the field, never in it, since
    nobody has agreed on it yet. `width` is of the twelve parts of a row, `lines` how many stay free to write in. `hint`
    stands under the label, `note` names a footnote, `group` is what several fields of a section have in common.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    value: str = ""
    proposal: str = ""
    by: Party = Party.HOST
    options: tuple[tuple[str, str], ...] = ()
    width: int = ROW
    lines: int = 1
    stacked: bool = False
    hint: str = ""
    note: str = ""
    group: str = ""
    language: str = ""
    label_language: str = ""

    @property
    def written(self) -> str:
        """The value as the document writes it: days in words."""
        return long_date(dt.date.fromisoformat(self.value)) if self.kind == Kind.DAY and self.value else self.value

    @property
    def proposed(self) -> str:
        """The proposal as the document writes it, or "": marked, so that nobody takes it for agreed."""
        return commented(gettext("Proposal of the Département, to be confirmed by the parties"), self.proposal)


@dataclass(frozen=True)
class Section:
    """A table of the form. `text` is what its fields complete, `remarks` are what others give, for information.

    `together`: no page ends within a group of its fields.
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    by: Party | None = None
    text: str = ""
    remarks: tuple[str, ...] = ()
    note: str = ""
    minor: bool = False
    together: bool = False

    def filled_by(self, party: Party) -> "Section":
        """Return the section with all its fields filled in by one party."""
        return replace(self, by=party, fields=tuple(replace(field, by=party) for field in self.fields))

    @property
    def in_pdf(self) -> Iterator[FormField]:
        """The fields as the file has them: read aloud with their section, since others are called alike."""
        for field in self.fields:
            name = " – ".join(filter(None, [self.title, field.group, field.label]))
            yield FormField(field.key, name, IN_PDF[field.kind], field.written, field.options, field.language)


@dataclass(frozen=True)
class Part:
    """Before, during or after the mobility."""

    key: str
    title: str
    sections: tuple[Section, ...]


def fields_of(parts: Iterable[Part]) -> list[Field]:
    """Return all fields in the order of the form."""
    return [field for part in parts for section in part.sections for field in section.fields]


def rows(section: Section) -> list[list[list[Field]]]:
    """Return a section's fields by rows of the page, in blocks of rows that one page shows.

    A row takes as many fields as fit, in their order; a group begins a row. A block has one row or, where the section
    is to be kept together, those of a group.
    """
    found: list[list[list[Field]]] = []
    left, group = 0, ""
    for field in section.fields:
        begins, full = field.group != group and field.group != "", field.width > left
        if begins or not found or (full and not section.together):
            found.append([])
        if begins or full:
            found[-1].append([])
            left = ROW
        found[-1][-1].append(field)
        left -= field.width
        group = field.group
    return found

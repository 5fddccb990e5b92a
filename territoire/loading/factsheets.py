"""Universities that sign, with their windows, and the factsheets of a territory file."""

from typing import Any

from django.core.exceptions import ValidationError
from pydantic import Field, model_validator
from wagtail.models import Page

from core.fields.codes import erasmus_code
from core.loading.body import text_of
from core.loading.schema import Date, Record, Reference, Texts, code_of
from core.loading.sections import Context, PageSection, RecordSection, register

from .. import choices
from ..models import (
    FactsheetPage,
    NominationWindow,
    PageFactsheetRow,
    SemesterDates,
    SigningUniversity,
    UniversityFactsheetRow,
)
from .common import Found, SourceRecord, missing

Year = Field(ge=2000, le=2100)


class WindowRecord(Record):
    """A window in which nominations are taken; `annee` is that in which the academic year begins."""

    annee: int = Year
    semestre: int = Field(ge=1, le=2)
    ouvre: Date
    ferme: Date
    source: SourceRecord | None
    a_valider: bool

    @model_validator(mode="after")
    def closes_after_it_opens(self) -> "WindowRecord":
        """A window has a first day and a last one."""
        if self.ferme < self.ouvre:
            raise ValueError("the window closes before it opens")
        return self


class SemesterRecord(Record):
    """The days of a semester."""

    annee: int = Year
    semestre: int = Field(ge=1, le=2)
    debut: Date
    fin: Date

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "SemesterRecord":
        """A semester has a first day and a last one."""
        if self.fin <= self.debut:
            raise ValueError("the semester ends before it begins")
        return self


class HeadingRecord(Record):
    """What stands under one heading of a factsheet."""

    rubrique: code_of(choices.FactsheetHeading)
    texte: Texts | None = None
    courriel: str | None = None
    telephone: str | None = None
    page: str | None = None


def twice(field: str, keys: list[Any]) -> Found:
    """Yield an error for each key that stands twice."""
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield f"{field}.{place}", "stands twice"


def rows_of(model: type[Any], records: list[HeadingRecord]) -> list[Any]:
    """Return the rows of a factsheet (unsaved), all languages of a text in each."""
    return [
        model(
            heading=record.rubrique,
            text=record.texte or {},
            email=record.courriel or "",
            phone=record.telephone or "",
            page=record.page or "",
            sort_order=place,
        )
        for place, record in enumerate(records)
    ]


class SigningUniversityRecord(Record):
    """One entry of `universites_signataires` in a territory file."""

    id: Reference
    fictif: bool
    nom: str
    code_erasmus: str | None
    ville: str
    site_web: str | None
    nominations: list[WindowRecord]
    semestres: list[SemesterRecord] = []
    fiche: list[HeadingRecord] = []


@register
class SigningUniversities(RecordSection):
    """Loads the universities that sign. What they publish is history: a demo's dates do not move it.

    Offers find the window of their own year, or a copy of the latest one before it (`rules/windows.py`).
    """

    key, schema, model = "universites_signataires", SigningUniversityRecord, SigningUniversity

    def check(self, record: SigningUniversityRecord, context: Context) -> Found:
        """Each semester and each heading stands once, and the code is one."""
        yield from twice("nominations", [(window.annee, window.semestre) for window in record.nominations])
        yield from twice("semestres", [(row.annee, row.semestre) for row in record.semestres])
        yield from twice("fiche", [row.rubrique for row in record.fiche])
        if record.code_erasmus:
            try:
                erasmus_code(record.code_erasmus)
            except ValidationError as error:
                yield "code_erasmus", " ".join(error.messages)

    def values(self, record: SigningUniversityRecord, context: Context) -> dict[str, Any]:
        """Map the record and its rows to the model."""
        return {
            "name": record.nom,
            "fictional": record.fictif,
            "erasmus_code": record.code_erasmus or "",
            "town": record.ville,
            "website": record.site_web or "",
            "windows": [
                NominationWindow(
                    year=row.annee,
                    semester=row.semestre,
                    opens=row.ouvre,
                    closes=row.ferme,
                    source=row.source.libelle if row.source else "",
                    source_url=row.source.url if row.source else "",
                    to_be_validated=row.a_valider,
                    sort_order=place,
                )
                for place, row in enumerate(record.nominations)
            ],
            "semesters": [
                SemesterDates(
                    year=row.annee, semester=row.semestre, first_day=row.debut, last_day=row.fin, sort_order=place
                )
                for place, row in enumerate(record.semestres)
            ],
            "factsheet": rows_of(UniversityFactsheetRow, record.fiche),
        }

    def texts(self, record: SigningUniversityRecord, context: Context) -> dict[str, Any]:
        """Its rows hold all languages themselves."""
        return {}


class FactsheetRecord(Record):
    """One entry of `fiches` in a territory file: the territory's own, or that of a university that signs."""

    id: Reference
    slug: Texts
    titre: Texts
    resume: Texts
    universite: Reference | None
    rubriques: list[HeadingRecord] = []

    @model_validator(mode="after")
    def university_says_its_own(self) -> "FactsheetRecord":
        """What a university says stands in its record, once."""
        if self.universite and self.rubriques:
            raise ValueError("rubriques of a university stand in its own record (fiche)")
        return self


class Factsheets(PageSection):
    """Loads the factsheets, under the list of universities."""

    key, schema, model, order = "fiches", FactsheetRecord, FactsheetPage, 43

    def check(self, record: FactsheetRecord, context: Context) -> Found:
        """The university exists, and a heading stands once."""
        yield from missing("universite", record.universite, "universites_signataires", context)
        yield from twice("rubriques", [row.rubrique for row in record.rubriques])

    def parent(self, record: FactsheetRecord, context: Context) -> Page:
        """Factsheets stand under the list of universities."""
        return context.page("universites")

    def values(self, record: FactsheetRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": text_of(record.titre),
            "slug": text_of(record.slug),
            "summary": text_of(record.resume),
            "university": context.written[record.universite] if record.universite else None,
        } | context.picture(record.id)

    def children(self, record: FactsheetRecord, context: Context) -> dict[str, Any]:
        """The territory's own headings."""
        return {"own_rows": rows_of(PageFactsheetRow, record.rubriques)}

"""What the territory file says about testimonials."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pydantic import Field
from wagtail.models import Page

from core.fields.choices import FieldOfStudy
from core.loading.body import paragraphs, text_of
from core.loading.schema import Date, Record, Reference, Texts, code_of
from core.loading.sections import Context, PageSection

from .models import Profile, TestimonialPage


class TestimonialRecord(Record):
    """One entry of `temoignages` in a territory file."""

    id: Reference
    fictif: bool
    prenom: str
    profil: code_of(Profile)
    pays: str = Field(pattern=r"^[A-Z]{2}$")
    filiere: code_of(FieldOfStudy)
    offre: str | None
    annee: int = Field(ge=2000, le=2100)
    langue_originale: str = Field(pattern=r"^[a-z]{2}$")
    consentement_publication: Date
    titre: Texts
    resume: Texts
    texte: Texts


class Testimonials(PageSection):
    """Loads the testimonials of a territory file, each with its consent."""

    key, schema, model, order = "temoignages", TestimonialRecord, TestimonialPage, 45

    def check(self, record: TestimonialRecord, context: Context) -> Iterator[tuple[str, str]]:
        """Name a placement that is in no file."""
        if record.offre is not None and record.offre not in context.ids("offres"):
            yield "offre", f"names {record.offre!r}, which is not in “offres”"

    def parent(self, record: TestimonialRecord, context: Context) -> Page:
        """Return the index of testimonials."""
        return context.page("temoignages")

    def published_on(self, record: TestimonialRecord) -> dt.date:
        """A testimonial is published once consent is given: history, never shifted."""
        return record.consentement_publication

    def values(self, record: TestimonialRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return context.picture(record.id) | {
            "title": text_of(record.titre),
            "summary": text_of(record.resume),
            "fictional": record.fictif,
            "profile": record.profil,
            "first_name": record.prenom,
            "country": record.pays,
            "field": record.filiere,
            "offer": context.written[record.offre] if record.offre else None,
            "year": record.annee,
            "original_language": record.langue_originale,
            "consent_on": record.consentement_publication,
            "body": paragraphs(record.texte),
        }

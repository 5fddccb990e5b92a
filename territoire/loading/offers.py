"""The part `offres` of a territory file."""

import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from core.fields.choices import CefrLevel, FieldOfStudy, SpokenLanguage
from core.loading.body import block, paragraphs, text_of
from core.loading.schema import Date, Latitude, Longitude, Record, Reference, TextLists, Texts, code_of
from core.loading.sections import Context, register

from .. import choices
from ..models import (
    InternshipOfferPage,
    OfferFramework,
    OfferSupport,
)
from .common import Found, TerritoryPages, missing

CefrCode = Literal["A1", "A2", "B1", "B2", "C1", "C2"]


assert list(CefrCode.__args__) == CefrLevel.values


class WeeksRecord(Record):
    """An offer's `duree_semaines`: its shortest and its longest stay, in weeks."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)


class RoomRecord(Record):
    """`logement` of an offer."""

    inclus: bool
    ref: str | None


class TransportRecord(Record):
    """An offer's `transport`: whether one gets about without a car."""

    permis_b: code_of(choices.DrivingLicence) | bool
    velo_suffit: bool
    vehicule_pret: bool


class SupportRecord(Record):
    """An offer's `soutien_financier`: what a student is paid or given."""

    type: code_of(choices.Support)
    montant: int | None
    periode: code_of(choices.SupportPeriod) | None


class OfferRecord(Record):
    """One entry of `offres` in a territory file."""

    id: Reference
    reference: Reference
    fictif: bool
    statut: Literal["publiee", "brouillon"]
    date_publication: Date
    titre: Texts
    resume: Texts
    description: Texts
    objectifs: TextLists
    filiere: code_of(FieldOfStudy)
    filieres_ouvertes: list[code_of(FieldOfStudy)] = []
    specialite: str
    type_stage: code_of(choices.PlacementKind)
    cadres: list[code_of(choices.Framework)] = Field(min_length=1)
    niveaux: list[code_of(choices.StudyLevel)] = Field(min_length=1)
    participation: code_of(choices.Participation)
    structure: str
    universite_signataire: str | None
    encadrant: str | None
    commune: str
    latitude: Latitude
    longitude: Longitude
    date_debut: Date
    date_fin: Date
    duree_semaines: WeeksRecord
    heures_hebdo: int = Field(ge=1, le=48)
    capacite: int = Field(ge=1)
    places_restantes: int = Field(ge=0)
    francais_min: CefrCode
    anglais_min: CefrCode | None
    langues_encadrement: list[code_of(SpokenLanguage)] = Field(min_length=1)
    logement: RoomRecord
    repas_midi: bool
    transport: TransportRecord
    soutien_financier: list[SupportRecord]
    ects_indicatifs: int | None
    dossier: code_of(choices.FileType)
    date_limite: Date
    accessible_pmr: bool | None


@register
class Offers(TerritoryPages):
    """Loads the internship offers of a territory file."""

    key, schema, model, parent_id, order = "offres", OfferRecord, InternshipOfferPage, "offres", 42

    def reference(self, record: OfferRecord) -> str:
        """Offers have a permanent reference of their own."""
        return record.reference

    def check(self, record: OfferRecord, context: Context) -> Found:
        """Other records exist; dates and places agree."""
        yield from missing("structure", record.structure, "structures", context)
        yield from missing("encadrant", record.encadrant, "encadrants", context)
        yield from missing("logement.ref", record.logement.ref, "logements", context)
        if record.specialite not in {entry.code for entry in context.data.get("specialites", [])}:
            yield "specialite", f"unknown code {record.specialite!r}"
        if record.date_fin <= record.date_debut:
            yield "date_fin", "comes before the beginning"
        if record.date_limite >= record.date_debut:
            yield "date_limite", "is not before the first day"
        if record.places_restantes > record.capacite:
            yield "places_restantes", "is more than capacite"

    def dates(self, record: OfferRecord) -> list[dt.date]:
        """A demo's deadlines are ahead."""
        return [record.date_limite]

    def is_published(self, record: OfferRecord) -> bool:
        """Say whether the entry is live: what the file calls a draft is loaded as one."""
        return record.statut == "publiee"

    def published_on(self, record: OfferRecord) -> dt.date:
        """Return the day of publication, which is history and never moves with a demo's dates."""
        return record.date_publication

    def values(self, record: OfferRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        licence = record.transport.permis_b
        room = record.logement
        return self.common(record, context) | {
            "field": record.filiere,
            "open_fields": record.filieres_ouvertes or [record.filiere],
            "specialty": context.written[f"specialite-{record.specialite}"],
            "kind": record.type_stage,
            "levels": record.niveaux,
            "file_type": record.dossier,
            "ects": record.ects_indicatifs,
            "objectives": [block("objective", text) for text in text_of(record.objectifs)],
            "body": paragraphs(record.description),
            "host": context.written[record.structure],
            "supervisor": context.written[record.encadrant] if record.encadrant else None,
            "town": record.commune,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "wheelchair_accessible": record.accessible_pmr,
            "start_date": context.shifted(record.date_debut),
            "end_date": context.shifted(record.date_fin),
            "min_weeks": record.duree_semaines.min,
            "max_weeks": record.duree_semaines.max,
            "hours_per_week": record.heures_hebdo,
            "deadline": context.shifted(record.date_limite),
            "capacity": record.capacite,
            "places_left": record.places_restantes,
            "french_level": record.francais_min,
            "english_level": record.anglais_min or "",
            "supervision_languages": record.langues_encadrement,
            "housing_included": room.inclus,
            "housing": context.written[room.ref] if room.ref else None,
            "lunch_provided": record.repas_midi,
            # YAML 1.1 reads an unquoted `non` as a text and `no` as false: both mean that no licence is needed.
            "driving_licence": choices.DrivingLicence.USELESS if licence is False else licence,
            "bike_enough": record.transport.velo_suffit,
            "loan_vehicle": record.transport.vehicule_pret,
        }

    def children(self, record: OfferRecord, context: Context) -> dict[str, Any]:
        """One line a framework, signed by the French university where one must sign.

        What one may do under an observership is to observe, whatever the offer says else.
        """
        host = context.written[record.structure]
        frameworks = [
            OfferFramework(
                framework=code,
                signing_university=(record.universite_signataire or "") if host.has_university_sign(code) else "",
                participation=(
                    choices.Participation.OBSERVATION
                    if code == choices.Framework.OBSERVERSHIP
                    else record.participation
                ),
                sort_order=place,
            )
            for place, code in enumerate(record.cadres)
        ]
        supports = [
            OfferSupport(
                kind=line.type,
                amount=Decimal(line.montant) if line.montant is not None else None,
                period=line.periode or "",
                sort_order=place,
            )
            for place, line in enumerate(record.soutien_financier)
        ]
        return {"frameworks": frameworks, "supports": supports}

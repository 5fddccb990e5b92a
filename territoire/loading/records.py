"""Specialties, host structures, supervisors, institutions and papers of the territory file."""

from typing import Any

from pydantic import Field

from core.fields.choices import SpokenLanguage
from core.fields.identifiers import isco_code
from core.loading.body import text_of
from core.loading.schema import Date, Labelled, Latitude, Longitude, Record, Reference, Texts, code_of, that_passes
from core.loading.sections import Context, RecordSection, register

from .. import choices
from ..models import (
    HostStructure,
    Institution,
    Paper,
    Specialty,
    Supervisor,
)
from ..rules.papers import LEAD_TIMES
from ..rules.register import FigureCode
from .common import Found, SourceRecord, missing


class SpecialtyRecord(Labelled):
    """`referentiels.specialite`: here a text stands beside its code, not in a dictionary of its own."""

    code: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    isco: that_passes(isco_code) | None = None

    @property
    def id(self) -> str:
        """How other records of the load find it."""
        return f"specialite-{self.code}"


@register
class Specialties(RecordSection):
    """Loads the specialties of a territory file."""

    key, schema, model = "specialites", SpecialtyRecord, Specialty

    def reference(self, record: SpecialtyRecord) -> str:
        """The code, which filtered addresses name."""
        return record.code

    def values(self, record: SpecialtyRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"name": text_of(record.texts), "isco": record.isco or ""}


class HostRecord(Record):
    """One entry of `structures` in a territory file."""

    id: Reference
    fictif: bool
    nom: str
    type: code_of(choices.HostType)
    taille: code_of(choices.HostSize)
    adresse: str
    commune: str
    code_postal: str = Field(pattern=r"^\d{5}$")
    latitude: Latitude
    longitude: Longitude
    site_web: str | None
    acces: Texts
    presentation: Texts


@register
class Hosts(RecordSection):
    """Loads the host structures of a territory file."""

    key, schema, model = "structures", HostRecord, HostStructure

    def values(self, record: HostRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "name": record.nom,
            "fictional": record.fictif,
            "kind": record.type,
            "size": record.taille,
            "address": record.adresse,
            "town": record.commune,
            "postcode": record.code_postal,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "website": record.site_web or "",
            "access": text_of(record.acces),
            "presentation": text_of(record.presentation),
        }


class ApprovalRecord(Record):
    """A supervisor's `agrement_msu`: number, levels and last day."""

    statut: code_of(choices.ApprovalStatus)
    niveaux: list[code_of(choices.ApprovalLevel)]
    valide_jusqu_au: Date | None


class SupervisorRecord(Record):
    """One entry of `encadrants` in a territory file."""

    id: Reference
    fictif: bool
    accord_affichage: bool
    nom: str
    structure: str
    fonction: Texts
    agrement_msu: ApprovalRecord
    langues: list[code_of(SpokenLanguage)] = Field(min_length=1)
    stagiaires_max_simultanes: int = Field(ge=1, le=20)


@register
class Supervisors(RecordSection):
    """Loads the supervisors of a territory file."""

    key, schema, model, order = "encadrants", SupervisorRecord, Supervisor, 21

    def check(self, record: SupervisorRecord, context: Context) -> Found:
        """Name a structure that is in no file."""
        yield from missing("structure", record.structure, "structures", context)

    def values(self, record: SupervisorRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "name": record.nom,
            "fictional": record.fictif,
            "publication_agreed": record.accord_affichage,
            "host": context.written[record.structure],
            "role": text_of(record.fonction),
            "approval_status": record.agrement_msu.statut,
            "approval_levels": record.agrement_msu.niveaux,
            "approval_until": context.shifted(record.agrement_msu.valide_jusqu_au),
            "languages": record.langues,
            "most_students": record.stagiaires_max_simultanes,
        }


class InstitutionRecord(Record):
    """One entry of `institutions` in a territory file."""

    id: Reference
    nom: str
    nature: code_of(choices.InstitutionKind)
    url: str
    role: Texts


@register
class Institutions(RecordSection):
    """Loads the institutional partners of a territory file."""

    key, schema, model = "institutions", InstitutionRecord, Institution

    def values(self, record: InstitutionRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model; the order of the file is the order on the site."""
        return {
            "name": record.nom,
            "kind": record.nature,
            "url": record.url,
            "role": text_of(record.role),
            "position": context.data["institutions"].index(record),
        }


class PaperRecord(Record):
    """One entry of `papiers` in a territory file; what is null is unknown."""

    id: Reference
    nom: Texts
    emetteur: Texts | None
    a_faire: Texts | None
    delai_jours: int | None = Field(ge=1, le=730)
    delai_chiffre: code_of(FigureCode) | None = None
    expire: bool | None
    validite_mois: int | None = Field(ge=1, le=240)
    source: SourceRecord | None
    verifie_le: Date | None
    pour_tous: bool
    types_stage: list[code_of(choices.PlacementKind)]
    types_structure: list[code_of(choices.HostType)]
    cadres: list[code_of(choices.Framework)]
    structures: list[str]
    citoyens: code_of(choices.PaperCitizens) | None
    long_sejour_seulement: bool


@register
class Papers(RecordSection):
    """Loads the papers to prepare of a territory file, after the hosts that ask for them."""

    key, schema, model, order = "papiers", PaperRecord, Paper, 21

    def check(self, record: PaperRecord, context: Context) -> Found:
        """Name a structure that is in no file; a time that is said twice, or is none."""
        if record.delai_jours and record.delai_chiffre:
            yield "delai_chiffre", "stands beside delai_jours: one of them"
        if record.delai_chiffre and record.delai_chiffre not in LEAD_TIMES:
            yield "delai_chiffre", f"is no time before the first day: {', '.join(LEAD_TIMES)}"
        for structure in record.structures:
            yield from missing("structures", structure, "structures", context)

    def values(self, record: PaperRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model; the order of the file is the order on the site."""
        source = record.source
        return {
            "name": text_of(record.nom),
            "issuer": text_of(record.emetteur) if record.emetteur else "",
            "to_do": text_of(record.a_faire) if record.a_faire else "",
            "days_needed": record.delai_jours,
            "figure": record.delai_chiffre or "",
            "expires": record.expire,
            "months_valid": record.validite_mois,
            "source": source.libelle if source else "",
            "source_url": source.url if source else "",
            "checked_on": record.verifie_le,
            "position": context.data["papiers"].index(record),
            "for_all": record.pour_tous,
            "placement_kinds": record.types_stage,
            "host_kinds": record.types_structure,
            "frameworks": record.cadres,
            "citizens": record.citoyens or "",
            "long_stay_only": record.long_sejour_seulement,
        }

    def write(self, record: PaperRecord, context: Context) -> Paper:
        """Create or update, and say which hosts ask for it."""
        paper = super().write(record, context)
        paper.hosts.set([context.written[structure] for structure in record.structures])
        return paper

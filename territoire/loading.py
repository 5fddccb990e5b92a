"""What the territory file says about the territory."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from core.choices import CefrLevel, FieldOfStudy, SpokenLanguage
from core.loading.body import block, paragraphs, source_text
from core.loading.schema import Date, Latitude, Longitude, Record, Reference, TextLists, Texts, code_of
from core.loading.sections import Context, PageSection, RecordSection, register
from django.utils import timezone
from pydantic import Field
from wagtail.models import Page

from . import choices
from .models import (
    EventPage,
    HostStructure,
    HousingPage,
    Institution,
    InternshipOfferPage,
    OfferFramework,
    OfferSupport,
    PartnerUniversityPage,
    Specialty,
    StrengthPage,
    Supervisor,
)
from .models.strength import StrengthGalleryImage

Found = Iterator[tuple[str, str]]
CefrCode = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
assert list(CefrCode.__args__) == CefrLevel.values


class SpecialtyRecord(Record):
    """`referentiels.specialite`: here a text stands beside its code, not in a dictionary of its own."""

    code: str = Field(pattern=r"^[a-z_]+$", max_length=40)
    fr: str = Field(min_length=1)
    en: str = ""
    es: str = ""
    de: str = ""

    @property
    def id(self) -> str:
        """How other records of the load find it."""
        return f"specialite-{self.code}"


@register
class Specialties(RecordSection):
    """Specialties."""

    key, schema, model = "specialites", SpecialtyRecord, Specialty

    def reference(self, record: SpecialtyRecord) -> str:
        """The code, which filtered addresses name."""
        return record.code

    def values(self, record: SpecialtyRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {"name": record.fr}


class HostRecord(Record):
    """`structures`."""

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
    """Host structures."""

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
            "access": source_text(record.acces),
            "presentation": source_text(record.presentation),
        }


class ApprovalRecord(Record):
    """`agrement_msu`."""

    statut: code_of(choices.ApprovalStatus)
    niveaux: list[code_of(choices.ApprovalLevel)]
    valide_jusqu_au: Date | None


class SupervisorRecord(Record):
    """`encadrants`."""

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
    """Supervisors."""

    key, schema, model, order = "encadrants", SupervisorRecord, Supervisor, 21

    def check(self, record: SupervisorRecord, context: Context) -> Found:
        """The structure exists."""
        yield from missing("structure", record.structure, "structures", context)

    def values(self, record: SupervisorRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "name": record.nom,
            "fictional": record.fictif,
            "publication_agreed": record.accord_affichage,
            "host": context.written[record.structure],
            "role": source_text(record.fonction),
            "approval_status": record.agrement_msu.statut,
            "approval_levels": record.agrement_msu.niveaux,
            "approval_until": context.shifted(record.agrement_msu.valide_jusqu_au),
            "languages": record.langues,
            "most_students": record.stagiaires_max_simultanes,
        }


class InstitutionRecord(Record):
    """`institutions`."""

    id: Reference
    nom: str
    nature: code_of(choices.InstitutionKind)
    url: str
    role: Texts


@register
class Institutions(RecordSection):
    """Institutional partners."""

    key, schema, model = "institutions", InstitutionRecord, Institution

    def values(self, record: InstitutionRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model; the order of the file is the order on the site."""
        return {
            "name": record.nom,
            "kind": record.nature,
            "url": record.url,
            "role": source_text(record.role),
            "position": context.data["institutions"].index(record),
        }


def missing(field: str, reference: str | None, section: str, context: Context) -> Found:
    """Yield an error when `reference` names no record of `section`."""
    if reference is not None and reference not in context.ids(section):
        yield field, f"names {reference!r}, which is not in “{section}”"


class SourceRecord(Record):
    """`source`."""

    libelle: str
    url: str


class FigureRecord(Record):
    """`chiffre_cle`."""

    valeur: Texts
    libelle: Texts


class StrengthRecord(Record):
    """`atouts`."""

    id: Reference
    fictif: bool
    categorie: code_of(choices.StrengthTheme)
    latitude: Latitude
    longitude: Longitude
    chiffre_cle: FigureRecord | None
    source: SourceRecord | None
    a_revoir_le: Date | None = None
    titre: Texts
    resume: Texts
    texte: Texts


class TerritoryPages(PageSection):
    """Pages that stand under an index page and have title, summary and picture alike."""

    parent_id: str

    def parent(self, record: Any, context: Context) -> Page:
        """Return the section's index page."""
        return context.written[self.parent_id]

    def common(self, record: Any, context: Context) -> dict[str, Any]:
        """Return the values that all these pages share."""
        return {
            "title": source_text(record.titre),
            "summary": source_text(record.resume),
            "fictional": record.fictif,
            "picture": context.pictures.get(record.id),
        }


@register
class Strengths(TerritoryPages):
    """Strengths."""

    key, schema, model, parent_id = "atouts", StrengthRecord, StrengthPage, "territoire"

    def values(self, record: StrengthRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        figure, source = record.chiffre_cle, record.source
        return self.common(record, context) | {
            "theme": record.categorie,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "figure": source_text(figure.valeur) if figure else "",
            "figure_label": source_text(figure.libelle) if figure else "",
            "source": source.libelle if source else "",
            "source_url": source.url if source else "",
            "review_on": context.shifted(record.a_revoir_le),
            "body": paragraphs(record.texte),
        }

    def children(self, record: StrengthRecord, context: Context) -> dict[str, Any]:
        """The gallery: the further pictures that the picture list gives to this strength."""
        images = context.galleries.get(record.id, [])
        return {"gallery": [StrengthGalleryImage(image=image, sort_order=n) for n, image in enumerate(images)]}


class WeeksRecord(Record):
    """`duree_semaines`."""

    min: int = Field(ge=1)
    max: int = Field(ge=1)


class RoomRecord(Record):
    """`logement` of an offer."""

    inclus: bool
    ref: str | None


class TransportRecord(Record):
    """`transport`."""

    permis_b: code_of(choices.DrivingLicence) | bool
    velo_suffit: bool
    vehicule_pret: bool


class SupportRecord(Record):
    """`soutien_financier`."""

    type: code_of(choices.Support)
    montant: int | None
    periode: code_of(choices.SupportPeriod) | None


class OfferRecord(Record):
    """`offres`."""

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
    accessible_pmr: bool


@register
class Offers(TerritoryPages):
    """Internship offers."""

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
        """Drafts stay drafts."""
        return record.statut == "publiee"

    def published_on(self, record: OfferRecord) -> dt.date:
        """History: never shifted."""
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
            "objectives": [block("objective", text) for text in record.objectifs["fr"]],
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
        """One line a framework; what one may do under an observership is to observe, whatever the offer says else."""
        frameworks = [
            OfferFramework(
                framework=code,
                signing_university=record.universite_signataire or "",
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


class HousingRecord(Record):
    """`logements`."""

    id: Reference
    fictif: bool
    titre: Texts
    resume: Texts
    description: Texts
    type: code_of(choices.HousingType)
    commune: str
    latitude: Latitude
    longitude: Longitude
    loyer_mensuel: int = Field(ge=0)
    charges_comprises: bool
    depot_garantie: int = Field(ge=0)
    chambres: int = Field(ge=1)
    places: int = Field(ge=1)
    disponible_du: Date
    disponible_au: Date
    duree_min_semaines: int = Field(ge=1)
    duree_max_mois: int = Field(ge=1)
    meuble: bool
    wifi: bool
    cuisine: code_of(choices.Shared)
    salle_de_bain: code_of(choices.Shared)
    lave_linge: bool
    linge_fourni: bool
    velo_pret: bool
    accessible_pmr: bool
    animaux: bool
    conforme_charte: bool
    a_pied_min_gare: int | None
    gestionnaire: Texts


@register
class Housing(TerritoryPages):
    """Rooms."""

    key, schema, model, parent_id, order = "logements", HousingRecord, HousingPage, "logements", 41

    def values(self, record: HousingRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.common(record, context) | {
            "kind": record.type,
            "town": record.commune,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "monthly_rent": record.loyer_mensuel,
            "charges_included": record.charges_comprises,
            "deposit": record.depot_garantie,
            "bedrooms": record.chambres,
            "places": record.places,
            "available_from": context.shifted(record.disponible_du),
            "available_until": context.shifted(record.disponible_au),
            "min_weeks": record.duree_min_semaines,
            "max_months": record.duree_max_mois,
            "furnished": record.meuble,
            "wifi": record.wifi,
            "kitchen": record.cuisine,
            "bathroom": record.salle_de_bain,
            "washing_machine": record.lave_linge,
            "linen_provided": record.linge_fourni,
            "loan_bike": record.velo_pret,
            "wheelchair_accessible": record.accessible_pmr,
            "pets_allowed": record.animaux,
            "meets_charter": record.conforme_charte,
            "minutes_to_station": record.a_pied_min_gare,
            "manager": source_text(record.gestionnaire),
            "body": paragraphs(record.description),
        }


class UniversityRecord(Record):
    """`universites`."""

    id: Reference
    fictif: bool
    nom: str
    pays: str = Field(pattern=r"^[A-Z]{2}$")
    ville: str
    url: str
    code_erasmus: str | None
    lien: code_of(choices.UniversityLink)
    statut: Literal["publiee", "brouillon"]
    filieres: list[code_of(FieldOfStudy)] = Field(min_length=1)
    resume: Texts


@register
class Universities(TerritoryPages):
    """Partner universities."""

    key, schema, model, parent_id = "universites", UniversityRecord, PartnerUniversityPage, "universites"

    def check(self, record: UniversityRecord, context: Context) -> Found:
        """A university that is only to be contacted stays a draft."""
        if record.lien == choices.UniversityLink.TARGET and record.statut != "brouillon":
            yield "statut", "a university to contact (lien: cible) is never published"

    def is_published(self, record: UniversityRecord) -> bool:
        """Drafts stay drafts."""
        return record.statut == "publiee"

    def values(self, record: UniversityRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": record.nom,
            "summary": source_text(record.resume),
            "fictional": record.fictif,
            "country": record.pays,
            "city": record.ville,
            "website": record.url,
            "erasmus_code": record.code_erasmus or "",
            "link": record.lien,
            "fields": record.filieres,
        }


class EventRecord(Record):
    """`evenements`."""

    id: Reference
    fictif: bool
    titre: Texts
    resume: Texts
    description: Texts
    type: code_of(choices.EventType)
    mode: code_of(choices.EventMode)
    lieu: str | None
    latitude: Latitude | None
    longitude: Longitude | None
    debut: str
    fin: str
    public: list[code_of(choices.Audience)] = Field(min_length=1)
    langues: list[code_of(SpokenLanguage)] = Field(min_length=1)
    inscription_obligatoire: bool
    places: int | None


@register
class Events(TerritoryPages):
    """Events."""

    key, schema, model, parent_id = "evenements", EventRecord, EventPage, "evenements"

    def check(self, record: EventRecord, context: Context) -> Found:
        """Times are ISO 8601 with an offset, and in order."""
        moments = []
        for name in ("debut", "fin"):
            try:
                moment = dt.datetime.fromisoformat(getattr(record, name))
            except ValueError:
                yield name, f"{getattr(record, name)!r} is not a time such as 2027-01-14T18:00:00+01:00"
                continue
            if moment.tzinfo is None:
                yield name, "has no time zone, such as +01:00"
                continue
            moments.append(moment)
        if len(moments) == 2 and moments[1] <= moments[0]:
            yield "fin", "comes before the beginning"

    def values(self, record: EventRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.common(record, context) | {
            "kind": record.type,
            "mode": record.mode,
            "start": self._moment(record.debut, context),
            "end": self._moment(record.fin, context),
            "venue": record.lieu or "",
            "latitude": record.latitude,
            "longitude": record.longitude,
            "audience": record.public,
            "languages": record.langues,
            "registration_required": record.inscription_obligatoire,
            "capacity": record.places,
            "body": paragraphs(record.description),
        }

    @staticmethod
    def _moment(text: str, context: Context) -> dt.datetime:
        """Shift by days on the wall clock: an evening stays an evening when summer time has begun earlier or later."""
        local = timezone.localtime(dt.datetime.fromisoformat(text))
        return timezone.make_aware(local.replace(tzinfo=None) + context.shift)

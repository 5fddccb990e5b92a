"""The open data file of offers: each column is described once, for the CSV, the JSON and their Table Schema.

Texts are French, the language in which everything is written first; codes are those of the API and of the filters.
Source of the description's form: https://specs.frictionlessdata.io/table-schema/ and /data-package/.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from core.fields.choices import CefrLevel, FieldOfStudy
from core.languages.localization import source_locale
from core.models import PermanentLink
from core.pages.address import absolute
from core.pages.visibility import shown

from ..choices import Framework, Participation, PlacementKind
from ..models import InternshipOfferPage
from ..rooms import is_withdrawn, rent_of
from ..rules.states import OfferState, not_over

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte / Open Licence 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
# Several codes in one cell.
SEPARATOR = " "
CHUNK = 500


@dataclass(frozen=True)
class Column:
    """A column: its name, its type in a Table Schema, what it says, and how an offer answers."""

    name: str
    type: str
    description: str
    value: Callable[[InternshipOfferPage], Any]
    constraints: dict[str, Any] = field(default_factory=dict)
    format: str = "default"

    @property
    def described(self) -> dict[str, Any]:
        """The column's field descriptor."""
        found = {"name": self.name, "type": self.type, "description": self.description}
        if self.format != "default":
            found["format"] = self.format
        return found | ({"constraints": self.constraints} if self.constraints else {})


def _codes(choices: Any) -> dict[str, Any]:
    """Return the constraint of a cell with one or more codes of a list."""
    one = "|".join(choices.values)
    return {"pattern": f"^({one})( ({one}))*$"}


REQUIRED = {"required": True}
COLUMNS = [
    Column(
        "reference",
        "string",
        "Référence permanente de l’offre",
        lambda offer: offer.reference,
        {**REQUIRED, "unique": True},
    ),
    Column("url", "string", "Adresse permanente de l’offre", lambda offer: offer.link_url, REQUIRED, format="uri"),
    Column("titre", "string", "Titre", lambda offer: offer.title, REQUIRED),
    Column("resume", "string", "Résumé", lambda offer: offer.summary),
    Column(
        "etat",
        "string",
        "État le jour de la lecture : open (ouverte), filled (complète), closed (demandes closes)",
        lambda offer: offer.state.value,
        {**REQUIRED, "enum": [OfferState.OPEN.value, OfferState.FILLED.value, OfferState.CLOSED.value]},
    ),
    Column(
        "filiere",
        "string",
        "Filière de l’offre",
        lambda offer: offer.field,
        {**REQUIRED, "enum": FieldOfStudy.values},
    ),
    Column(
        "filieres_ouvertes",
        "string",
        "Filières dont les étudiants peuvent venir, séparées par une espace",
        lambda offer: SEPARATOR.join(offer.open_fields),
        {**REQUIRED, **_codes(FieldOfStudy)},
    ),
    Column("specialite", "string", "Spécialité", lambda offer: offer.specialty.name, REQUIRED),
    Column("type", "string", "Type de stage", lambda offer: offer.kind, {**REQUIRED, "enum": PlacementKind.values}),
    Column("structure", "string", "Structure d’accueil", lambda offer: offer.host.name, REQUIRED),
    Column("commune", "string", "Commune", lambda offer: offer.town, REQUIRED),
    Column("latitude", "number", "Latitude (WGS 84)", lambda offer: offer.latitude, {"minimum": -90, "maximum": 90}),
    Column(
        "longitude", "number", "Longitude (WGS 84)", lambda offer: offer.longitude, {"minimum": -180, "maximum": 180}
    ),
    Column("debut", "date", "Premier jour de la période", lambda offer: offer.start_date, REQUIRED),
    Column("fin", "date", "Dernier jour de la période", lambda offer: offer.end_date, REQUIRED),
    Column("semaines_min", "integer", "Séjour le plus court (semaines)", lambda offer: offer.min_weeks, REQUIRED),
    Column("semaines_max", "integer", "Séjour le plus long (semaines)", lambda offer: offer.max_weeks, REQUIRED),
    Column("date_limite", "date", "Dernier jour pour demander", lambda offer: offer.deadline, REQUIRED),
    Column("places", "integer", "Places", lambda offer: offer.capacity, {**REQUIRED, "minimum": 1}),
    Column("places_libres", "integer", "Places libres", lambda offer: offer.places_left, {**REQUIRED, "minimum": 0}),
    Column(
        "francais",
        "string",
        "Niveau de français demandé (CECRL)",
        lambda offer: offer.french_level,
        {**REQUIRED, "enum": CefrLevel.values},
    ),
    Column(
        "anglais",
        "string",
        "Niveau d’anglais demandé (CECRL)",
        lambda offer: offer.english_level,
        {"enum": CefrLevel.values},
    ),
    Column(
        "cadres",
        "string",
        "Cadres possibles, séparés par une espace",
        lambda offer: SEPARATOR.join(offer.framework_codes),
        _codes(Framework),
    ),
    Column(
        "participation",
        "string",
        "Ce que l’étudiant peut faire, codes séparés par une espace",
        lambda offer: SEPARATOR.join(offer.participation_codes),
        _codes(Participation),
    ),
    Column(
        "logement_compris",
        "boolean",
        "Une chambre est réservée avec le stage ; son loyer est dans la colonne loyer_mensuel",
        lambda offer: offer.housing_included and not is_withdrawn(offer),
        REQUIRED,
    ),
    Column(
        "loyer_mensuel",
        "integer",
        "Loyer mensuel de cette chambre en euros, 0 si elle est gratuite, vide sans chambre ou si le loyer est inconnu",
        rent_of,
        {"minimum": 0},
    ),
    Column("modifie", "datetime", "Dernière publication", lambda offer: _moment(offer), REQUIRED),
    Column("fictif", "boolean", "Fiche inventée pour la démonstration", lambda offer: offer.fictional, REQUIRED),
]


def _moment(offer: InternshipOfferPage) -> Any:
    moment = offer.last_published_at or offer.first_published_at
    return moment.replace(microsecond=0) if moment else None


def table_schema() -> dict[str, Any]:
    """Return the Table Schema of the file."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "fields": [column.described for column in COLUMNS],
        "primaryKey": "reference",
        "missingValues": [""],
    }


def data_package(changed: str) -> dict[str, Any]:
    """Return what a catalogue needs to know of the file: title, licence, date, schema. `changed` is ISO 8601."""
    return {
        "name": "stages-sante-loir-et-cher",
        "title": "Stages en santé pour étudiants étrangers en Loir-et-Cher",
        "description": (
            "Offres de stage ouvertes, complètes ou closes, dont la période n’est pas terminée. "
            "Les fiches dont la colonne « fictif » est vraie sont inventées."
        ),
        "homepage": f"{settings.SITE_URL}/",
        "licenses": [LICENCE],
        "created": changed,
        "resources": [
            {
                "name": "offres",
                "path": absolute(reverse("data-csv")),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": table_schema(),
            }
        ],
    }


def offers() -> QuerySet[InternshipOfferPage]:
    """Return all offers of which the file speaks, in French."""
    found = InternshipOfferPage.objects.filter(not_over(), locale=source_locale(), alias_of=None)
    code = PermanentLink.objects.filter(translation_key=OuterRef("translation_key")).values("code")
    records = ("specialty", "host", "housing")
    columns_only = shown(found).select_related(None).select_related(*records).prefetch_related("supports")
    return columns_only.defer_streamfields().annotate(link_code=Subquery(code[:1])).order_by("reference", "pk")


def rows() -> Iterator[list[Any]]:
    """Yield a row for each offer, in the order of `COLUMNS`; offers are read piece by piece."""
    for offer in offers().iterator(chunk_size=CHUNK):
        offer.link_url = PermanentLink(code=offer.link_code, page_type=offer._meta.label).url
        yield [column.value(offer) for column in COLUMNS]

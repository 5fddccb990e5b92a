"""The part `logements` of a territory file."""

from typing import Any

from pydantic import Field

from core.loading.body import paragraphs, text_of
from core.loading.schema import Date, Latitude, Longitude, Record, Reference, Texts, code_of
from core.loading.sections import Context

from .. import choices
from ..models import (
    HousingPage,
)
from .common import TerritoryPages


class HousingRecord(Record):
    """One entry of `logements` in a territory file."""

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
    accessible_pmr: bool | None
    animaux: bool
    conforme_charte: bool
    a_pied_min_gare: int | None
    gestionnaire: Texts


class Housing(TerritoryPages):
    """Loads the rooms of a territory file."""

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
            "manager": text_of(record.gestionnaire),
            "body": paragraphs(record.description),
        }

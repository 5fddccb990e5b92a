"""The part `atouts` of a territory file."""

from typing import Any

from core.loading.body import paragraphs, text_of
from core.loading.schema import Date, Latitude, Longitude, Record, Reference, Texts, code_of
from core.loading.sections import Context

from .. import choices
from ..models import (
    StrengthPage,
)
from ..models.strength import StrengthGalleryImage
from .common import SourceRecord, TerritoryPages


class FigureRecord(Record):
    """A strength's `chiffre_cle`: a figure and what it counts."""

    valeur: Texts
    libelle: Texts


class StrengthRecord(Record):
    """One entry of `atouts` in a territory file."""

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


class Strengths(TerritoryPages):
    """Loads the strengths of a territory file."""

    key, schema, model, parent_id = "atouts", StrengthRecord, StrengthPage, "territoire"

    def values(self, record: StrengthRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        figure, source = record.chiffre_cle, record.source
        return self.common(record, context) | {
            "theme": record.categorie,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "figure": text_of(figure.valeur) if figure else "",
            "figure_label": text_of(figure.libelle) if figure else "",
            "source": source.libelle if source else "",
            "source_url": source.url if source else "",
            "review_on": context.shifted(record.a_revoir_le),
            "body": paragraphs(record.texte),
        }

    def children(self, record: StrengthRecord, context: Context) -> dict[str, Any]:
        """The gallery: the further pictures that the picture list gives to this strength."""
        images = context.galleries.get(record.id, [])
        return {"gallery": [StrengthGalleryImage(image=image, sort_order=n) for n, image in enumerate(images)]}

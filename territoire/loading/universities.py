"""The part `universites` of a territory file."""

from typing import Any, Literal

from pydantic import Field

from core.fields.choices import FieldOfStudy
from core.fields.identifiers import pic_code, ror_id, schac_code
from core.loading.body import text_of
from core.loading.schema import Record, Reference, Texts, code_of, that_passes
from core.loading.sections import Context

from .. import choices
from ..models import (
    PartnerUniversityPage,
)
from .common import Found, TerritoryPages


class UniversityRecord(Record):
    """One entry of `universites` in a territory file."""

    id: Reference
    fictif: bool
    nom: str
    pays: str = Field(pattern=r"^[A-Z]{2}$")
    ville: str
    url: str
    code_erasmus: str | None
    schac: that_passes(schac_code) | None = None
    pic: that_passes(pic_code) | None = None
    ror: that_passes(ror_id) | None = None
    lien: code_of(choices.UniversityLink)
    statut: Literal["publiee", "brouillon"]
    filieres: list[code_of(FieldOfStudy)] = Field(min_length=1)
    resume: Texts


class Universities(TerritoryPages):
    """Loads the partner universities of a territory file."""

    key, schema, model, parent_id = "universites", UniversityRecord, PartnerUniversityPage, "universites"

    def check(self, record: UniversityRecord, context: Context) -> Found:
        """A university that is only to be contacted stays a draft."""
        if record.lien == choices.UniversityLink.TARGET and record.statut != "brouillon":
            yield "statut", "a university to contact (lien: cible) is never published"

    def values(self, record: UniversityRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return {
            "title": record.nom,
            "summary": text_of(record.resume),
            "fictional": record.fictif,
            "country": record.pays,
            "city": record.ville,
            "website": record.url,
            "erasmus_code": record.code_erasmus or "",
            "schac": record.schac or "",
            "pic": record.pic or "",
            "ror": record.ror or "",
            "link": record.lien,
            "fields": record.filieres,
        }

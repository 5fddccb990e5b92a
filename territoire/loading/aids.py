"""The part `aides` of a territory file."""

from decimal import Decimal
from typing import Any

from pydantic import Field

from core.fields.choices import FieldOfStudy
from core.loading.body import block, paragraphs, text_of
from core.loading.schema import Date, Record, Reference, TextLists, Texts, code_of
from core.loading.sections import Context

from .. import choices
from ..models import AidPage
from .common import Found, SourceRecord, TerritoryPages


class AmountRecord(Record):
    """An aid's `montant`: euros, and what they are counted for."""

    valeur: float = Field(gt=0)
    periode: code_of(choices.SupportPeriod)


class AskingRecord(Record):
    """An aid's `demarche`: how and where to ask."""

    texte: Texts
    url: str | None


class AidRecord(Record):
    """One entry of `aides` in a territory file."""

    id: Reference
    fictif: bool
    titre: Texts
    resume: Texts
    organisme: Texts
    code_organisme: str | None = None
    type: code_of(choices.AidKind)
    locale: bool
    montant: AmountRecord | None
    precision_montant: Texts | None
    conditions: TextLists | None
    niveaux: list[code_of(choices.StudyLevel)]
    filieres: list[code_of(FieldOfStudy)]
    inscriptions: list[code_of(choices.Enrolment)] = []
    nationalites: list[code_of(choices.CitizenshipGroup)]
    demarche: AskingRecord
    page_officielle: str
    texte: Texts | None = None
    base: SourceRecord
    valable_du: Date | None
    valable_au: Date | None
    verifie_le: Date
    a_valider: bool


class Aids(TerritoryPages):
    """Loads the aids of a territory file."""

    key, schema, model, parent_id = "aides", AidRecord, AidPage, "aides"

    def check(self, record: AidRecord, context: Context) -> Found:
        """An aid ends after it begins."""
        if record.valable_du and record.valable_au and record.valable_au < record.valable_du:
            yield "valable_au", "comes before the beginning"

    def values(self, record: AidRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model. Its dates are the law's: a demo does not move them."""
        amount = record.montant
        return self.common(record, context) | {
            "giver": text_of(record.organisme),
            "giver_code": record.code_organisme or "",
            "kind": record.type,
            "local": record.locale,
            "amount": Decimal(str(amount.valeur)) if amount else None,
            "period": amount.periode if amount else "",
            "amount_note": text_of(record.precision_montant),
            "conditions": [block("condition", text) for text in text_of(record.conditions) or []],
            "levels": record.niveaux,
            "fields": record.filieres,
            "enrolments": record.inscriptions,
            "citizenships": record.nationalites,
            "how": text_of(record.demarche.texte),
            "how_url": record.demarche.url or "",
            "official_url": record.page_officielle,
            "body": paragraphs(record.texte),
            "basis": record.base.libelle,
            "basis_url": record.base.url,
            "valid_from": record.valable_du,
            "valid_until": record.valable_au,
            "checked_on": record.verifie_le,
            "to_be_validated": record.a_valider,
        }

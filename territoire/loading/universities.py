"""The parts `universites` and `fiches_reconnaissance` of a territory file."""

from typing import Any, Literal

from pydantic import Field

from core.fields.choices import CefrLevel, FieldOfStudy, SpokenLanguage
from core.fields.identifiers import pic_code, ror_id, schac_code
from core.loading.body import block, text_of
from core.loading.schema import Date, Record, Reference, Texts, code_of, that_passes
from core.loading.sections import Context, RecordSection, register

from .. import choices
from ..models import (
    PartnerUniversityPage,
    RecognitionSheet,
)
from .common import Found, SourceRecord, TerritoryPages, missing


class AnswerRecord(Record):
    """One line of a sheet's `reponses`: for a purpose, the kinds of host that qualify, those to ask about, the rest."""

    usage: Texts
    oui: list[code_of(choices.HostType)] = []
    a_demander: list[code_of(choices.HostType)] = []
    niveaux: list[code_of(choices.StudyLevel)] = []
    semaines_min: int | None = Field(default=None, ge=1, le=52)
    soins: code_of(choices.CareAsked) | None = None
    francais_min: code_of(CefrLevel) | None = None
    langues: list[code_of(SpokenLanguage)] = []
    confirme_par: code_of(choices.Confirmation) | None = None
    condition: Texts | None = None


class SheetRecord(Record):
    """One entry of `fiches_reconnaissance`: what a home country asks of the host; a draft until it was checked."""

    id: Reference
    pays: str = Field(pattern=r"^[A-Z]{2}$")
    etudiants: Texts
    filieres: list[code_of(FieldOfStudy)] = Field(min_length=1)
    reponses: list[AnswerRecord] = []
    lieux: Texts | None = None
    formulaires: Texts | None = None
    signature: Texts | None = None
    duree: Texts | None = None
    langue: Texts | None = None
    source: SourceRecord | None = None
    verifie_le: Date | None = None


@register
class RecognitionSheets(RecordSection):
    """Loads what home countries ask of the host."""

    key, schema, model = "fiches_reconnaissance", SheetRecord, RecognitionSheet

    def check(self, record: SheetRecord, context: Context) -> Found:
        """A kind of host has one answer, and what was checked says where."""
        for place, answer in enumerate(record.reponses):
            if twice := sorted({*answer.oui} & {*answer.a_demander}):
                yield f"reponses.{place}", f"says both yes and to ask of {', '.join(twice)}"
        if record.verifie_le and record.source is None:
            yield "source", "is missing: a sheet that was checked says where"

    def values(self, record: SheetRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model; the day of the check is history and does not move."""
        return {
            "students": text_of(record.etudiants),
            "country": record.pays,
            "fields": record.filieres,
            "answers": [self.answer(answer) for answer in record.reponses],
            "hosts": text_of(record.lieux),
            "forms": text_of(record.formulaires),
            "signature": text_of(record.signature),
            "duration": text_of(record.duree),
            "language": text_of(record.langue),
            "source": record.source.libelle if record.source else "",
            "source_url": record.source.url if record.source else "",
            "checked_on": record.verifie_le,
        }

    @staticmethod
    def answer(record: AnswerRecord) -> dict[str, Any]:
        """Return a line as a block of the stream."""
        return block(
            "answer",
            {
                "purpose": text_of(record.usage),
                "qualify": record.oui,
                "to_ask": record.a_demander,
                "levels": record.niveaux,
                "weeks": str(record.semaines_min or ""),
                "care": record.soins or "",
                "french": record.francais_min or "",
                "languages": record.langues,
                "confirmation": record.confirme_par or "",
                "condition": text_of(record.condition),
            },
        )


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
    fiche: Reference | None = None
    resume: Texts


class Universities(TerritoryPages):
    """Loads the partner universities of a territory file."""

    key, schema, model, parent_id = "universites", UniversityRecord, PartnerUniversityPage, "universites"

    def check(self, record: UniversityRecord, context: Context) -> Found:
        """A university that is only to be contacted stays a draft; its sheet exists."""
        yield from missing("fiche", record.fiche, "fiches_reconnaissance", context)
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
            "recognition": context.written[record.fiche] if record.fiche else None,
        }

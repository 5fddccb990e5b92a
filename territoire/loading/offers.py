"""`offres`: the rows of the table of facts that have a key, and how their values are written."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from operator import attrgetter
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from core.fields.choices import CefrLevel
from core.loading.body import block, paragraphs, text_of
from core.loading.schema import Date, Record, Reference, TextLists, Texts, code_of
from core.loading.sections import Context

from .. import choices
from ..models import (
    InternshipOfferPage,
    OfferFramework,
    OfferPaper,
    OfferSupport,
)
from ..offer_facts import types
from ..offer_facts.table import FACTS, OfferFact
from .common import Found, TerritoryPages, missing


class SupportRecord(Record):
    """An offer's `soutien_financier`: what a student is paid or given."""

    type: code_of(choices.Support)
    aide: str | None = None
    montant: int | None = None
    periode: code_of(choices.SupportPeriod) | None = None
    pour_qui: Texts | None = None
    conditions: Texts | None = None
    base: str | None = None


class PaperAskedRecord(Record):
    """One of an offer's `papiers`: a paper that it asks for beside the usual ones, or does not ask for."""

    papier: Reference
    demande: bool


class LegalBasisRecord(Record):
    """An offer's `base_legale`: what lets its students take part in care; a code, words, or both."""

    code: code_of(choices.LegalBasis) | None
    texte: Texts | None


def written_as(kind: types.FactType) -> Any:
    """Return the type under which a territory file writes a kind of fact."""
    match kind:
        case types.Words():
            return Texts
        case types.Reference():
            return Reference
        case types.Day():
            return Date
        case types.YesNo():
            return bool
        case types.Weeks():
            return Annotated[int, Field(ge=1)]
        case types.Whole(least=least, most=most):
            return Annotated[int, Field(ge=least, le=most)]
        case types.Amount():
            return Annotated[float, Field(ge=0)]
        case types.Degrees(most=most):
            return Annotated[float, Field(ge=-most, le=most)]
        case types.Level():
            return code_of(CefrLevel)
        case types.Code(choices=codes):
            code = code_of(codes)
            return Annotated[code, BeforeValidator(_no_is_a_code)] if "non" in codes.values else code
        case types.Codes(choices=codes):
            code = code_of(codes)
            return Annotated[list[code], Field(min_length=0 if kind.optional else 1)]
        case types.Text() | types.Named():
            return str
    raise TypeError(f"{kind} has no form in a territory file")


def _no_is_a_code(value: Any) -> Any:
    """YAML 1.1 reads an unquoted `non` as a text and `no` as false: both mean the code."""
    return "non" if value is False else value


FrameworkCode: Any = code_of(choices.Framework)
# What the file says in a form of its own, by key: texts, and what becomes of it is said below.
OWN: dict[str, Any] = {
    "description": Texts,
    "objectifs": TextLists,
    "statut": Literal["publiee", "brouillon"],
    "date_publication": Date,
    "specialite": str,
    "cadres": written_as(types.Codes(choices=choices.Framework)),
    "participation": code_of(choices.Participation),
    "universite_signataire": Reference | None,
    "dates_limites": dict[FrameworkCode, Date],
    "papiers": list[PaperAskedRecord],
    "base_legale": LegalBasisRecord | None,
    "remuneration.conditions": Texts | None,
    "soutien_financier": list[SupportRecord],
}

# What few offers say: without the key there is nothing to say.
DEFAULTS: dict[str, Any] = {"dates_limites": {}}


def field_of(fact: OfferFact) -> Any:
    """Return the pydantic field of a fact: type and default."""
    if fact.key in OWN:
        return OWN[fact.key], DEFAULTS.get(fact.key, ...)
    kind = written_as(fact.type)
    if isinstance(fact.type, types.Codes) and fact.type.optional:
        return kind, []
    return kind | None if fact.type.optional else kind, ...


def record_of(facts: Iterable[OfferFact], name: str = "OfferRecord", inside: str = "") -> type[Record]:
    """Return the schema of facts by their keys; a key with a dot stands in an object of its own."""
    fields: dict[str, Any] = {}
    objects: dict[str, list[OfferFact]] = {}
    for fact in facts:
        head, dot, _rest = fact.key.removeprefix(inside).partition(".")
        if dot:
            objects.setdefault(head, []).append(fact)
        fields[head] = ... if dot else field_of(fact)
    for head, members in objects.items():
        fields[head] = record_of(members, head, f"{inside}{head}."), ...
    return create_model(name, __base__=Record, __doc__=f"`{inside or 'offres'}`.", __module__=__name__, **fields)


LOADED = [fact for fact in FACTS if fact.key]
OfferRecord = record_of(LOADED)
# Pages have a reference, title, summary and their notice in common (`TerritoryPages.common`).
PLAIN = [
    fact
    for fact in LOADED
    if fact.attribute and fact.key not in OWN and not isinstance(fact.type, types.Words | types.Reference)
]


class Offers(TerritoryPages):
    """The section `offres`: internship offers, with their frameworks, money and room."""

    key, schema, model, parent_id, order = "offres", OfferRecord, InternshipOfferPage, "offres", 42

    def reference(self, record: Any) -> str:
        """Offers have a permanent reference of their own."""
        return record.reference

    def check(self, record: Any, context: Context) -> Found:
        """Other records exist; dates and places agree."""
        for fact in LOADED:
            if isinstance(fact.type, types.Named):
                yield from missing(fact.key, attrgetter(fact.key)(record), fact.type.section, context)
        for support in record.soutien_financier:
            yield from missing("soutien_financier", support.aide, "aides", context)
            if support.aide and (support.montant or support.periode or support.base):
                yield "soutien_financier", "says again what its aid says: take out montant, periode and base"
        for line in record.papiers:
            yield from missing("papiers", line.papier, "papiers", context)
        if record.specialite not in {entry.code for entry in context.data.get("specialites", [])}:
            yield "specialite", f"unknown code {record.specialite!r}"
        yield from missing("universite_signataire", record.universite_signataire, "universites_signataires", context)
        for code in record.dates_limites:
            if code not in record.cadres:
                yield f"dates_limites.{code}", "is a day for a framework that is not among “cadres”"
        if record.date_fin <= record.date_debut:
            yield "date_fin", "comes before the beginning"
        if record.date_limite >= record.date_debut:
            yield "date_limite", "is not before the first day"
        if record.places_restantes > record.capacite:
            yield "places_restantes", "is more than capacite"

    def dates(self, record: Any) -> list[dt.date]:
        """A demo's deadlines are ahead."""
        return [record.date_limite]

    def published_on(self, record: Any) -> dt.date:
        """Return the day of publication, which is history and never moves with a demo's dates."""
        return record.date_publication

    def values(self, record: Any, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return (
            self.common(record, context)
            | {fact.attribute: self.plain(fact, attrgetter(fact.key)(record), context) for fact in PLAIN}
            | {
                "specialty": context.written[f"specialite-{record.specialite}"],
                "objectives": [block("objective", text) for text in text_of(record.objectifs)],
                "body": paragraphs(record.description),
                "pay_conditions": text_of(record.remuneration.conditions) if record.remuneration.conditions else "",
            }
        )

    def plain(self, fact: OfferFact, value: Any, context: Context) -> Any:
        """Return what the model keeps of a value of the file."""
        match fact.type:
            case types.Day():
                return context.shifted(value)
            case types.Named():
                return context.written[value] if value else None
            case types.Level() | types.Text():
                return value or ""
            case types.Amount():
                return None if value is None else Decimal(str(value))
        return value

    def children(self, record: Any, context: Context) -> dict[str, Any]:
        """One line a framework, signed by the French university where one must sign.

        What one may do under an observership is to observe, whatever the offer says else.
        """
        host, basis = context.written[record.structure], record.base_legale
        university = context.written.get(record.universite_signataire)
        frameworks = [
            OfferFramework(
                framework=code,
                signing_university=university if host.has_university_sign(code) else None,
                deadline=context.shifted(record.dates_limites.get(code)),
                participation=(
                    choices.Participation.OBSERVATION
                    if code == choices.Framework.OBSERVERSHIP
                    else record.participation
                ),
                sort_order=place,
            )
            for place, code in enumerate(record.cadres)
        ]
        for line in frameworks:
            if basis and line.takes_part:
                line.legal_basis, line.legal_basis_text = basis.code or "", basis.texte or {}
        supports = [
            OfferSupport(
                kind=line.type,
                aid=context.written[line.aide] if line.aide else None,
                amount=Decimal(line.montant) if line.montant is not None else None,
                period=line.periode or "",
                for_whom=line.pour_qui or {},
                conditions=line.conditions or {},
                basis=line.base or "",
                sort_order=place,
            )
            for place, line in enumerate(record.soutien_financier)
        ]
        papers = [
            OfferPaper(paper=context.written[line.papier], asked=line.demande, sort_order=place)
            for place, line in enumerate(record.papiers)
        ]
        return {"frameworks": frameworks, "supports": supports, "papers": papers}

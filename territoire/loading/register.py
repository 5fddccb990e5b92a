"""The register of rules in a territory file: rules, and the figures that they and computations use."""

from decimal import Decimal
from typing import Any

from pydantic import Field

from core.loading.body import text_of
from core.loading.schema import Date, Record, Reference, Texts, code_of
from core.loading.sections import Context, RecordSection, Section, register

from ..models import Figure, Rule
from ..rules.register import FigureCode
from .common import SourceRecord


class RuleRecord(Record):
    """One entry of `regles` in a territory file."""

    code: Reference
    titre: Texts
    regle: Texts
    pour_vous: Texts | None = None
    source: SourceRecord
    verifie_le: Date
    verifie_par: str = ""
    a_revoir_le: Date
    a_valider: bool = True

    @property
    def id(self) -> str:
        """How the load knows it; pages name it by its code."""
        return rule_id(self.code)


def rule_id(code: str) -> str:
    """Return how a load knows the rule of a code."""
    return f"regle-{code}"


@register
class Rules(RecordSection):
    """Loads the rules of a territory file; the order of the file is that of the page."""

    key, schema, model = "regles", RuleRecord, Rule

    def reference(self, record: RuleRecord) -> str:
        """The code, which computations name."""
        return record.code

    def values(self, record: RuleRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model. What an administrator has validated stays so while it says the same (`save`)."""
        known = self.find(record)
        return {
            "title": text_of(record.titre),
            "statement": text_of(record.regle),
            "meaning": text_of(record.pour_vous),
            "source": record.source.libelle,
            "source_url": record.source.url,
            "checked_on": record.verifie_le,
            "checked_by": record.verifie_par,
            "review_on": record.a_revoir_le,
            "to_be_validated": known.to_be_validated if known else record.a_valider,
            "position": context.data["regles"].index(record),
        }


class FigureRecord(Record):
    """One entry of `chiffres_regles` in a territory file."""

    code: code_of(FigureCode)
    valeur: float = Field(gt=0)
    depuis: Date
    source: SourceRecord
    a_valider: bool = True

    @property
    def id(self) -> str:
        """How the load knows it."""
        return f"{self.code}-{self.depuis:%Y-%m-%d}"


@register
class Figures(Section):
    """Loads the figures of a territory file: one for a code and the day from which it holds."""

    key, schema, order = "chiffres_regles", FigureRecord, 19

    def find(self, record: FigureRecord) -> Figure | None:
        """Return the figure of that day."""
        return Figure.objects.filter(code=record.code, valid_from=record.depuis).first()

    def write(self, record: FigureRecord, context: Context) -> Figure:
        """Create or update by code and day."""
        figure = self.find(record) or Figure(code=record.code, valid_from=record.depuis)
        figure.value = Decimal(str(record.valeur))
        figure.source, figure.source_url = record.source.libelle, record.source.url
        if figure.pk is None:
            figure.to_be_validated = record.a_valider
        figure.full_clean()
        figure.save()
        return figure

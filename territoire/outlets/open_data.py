"""The open data file of offers: the columns of the table of facts, for the CSV, the JSON and their Table Schema.

Texts are French, the language in which everything is written first; codes are those of the API and of the filters.
Source of the description's form: https://specs.frictionlessdata.io/table-schema/ and /data-package/.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from core.fields.choices import CefrLevel
from core.languages.localization import source_locale
from core.models import PermanentLink
from core.pages.address import absolute
from core.pages.visibility import shown

from ..models import InternshipOfferPage
from ..offer_facts import types
from ..offer_facts.table import FACTS, OfferFact
from ..rules.states import not_over

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte / Open Licence 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
}
# Several codes in one cell.
SEPARATOR = " "
CHUNK = 500


COLUMNS = [fact for fact in FACTS if fact.column]


def field_of(fact: OfferFact) -> dict[str, Any]:
    """Return a column's field descriptor."""
    kind, constraints = _form(fact.type)
    described = {"name": fact.column.name, "type": kind, "description": fact.column.description}
    if isinstance(fact.type, types.Address):
        described["format"] = "uri"
    always = {"required": True} if fact.column.required else {}
    once = {"unique": True} if fact.column.unique else {}
    constraints = always | once | constraints
    return described | ({"constraints": constraints} if constraints else {})


def _form(kind: types.FactType) -> tuple[str, dict[str, Any]]:
    """Return what a Table Schema calls a kind of fact, and what it lets it be."""
    match kind:
        case types.Day():
            return "date", {}
        case types.Moment():
            return "datetime", {}
        case types.YesNo():
            return "boolean", {}
        case types.Weeks():
            return "integer", {}
        case types.Whole(least=least, most=most):
            bounds = {"minimum": least, "maximum": most}
            return "integer", {name: bound for name, bound in bounds.items() if bound is not None}
        case types.Amount():
            return "number", {"minimum": 0}
        case types.Degrees(most=most):
            return "number", {"minimum": -most, "maximum": most}
        case types.Code(choices=choices, only=only):
            return "string", {"enum": [code.value for code in only] or choices.values}
        case types.Codes(choices=choices):
            one = "|".join(choices.values)
            return "string", {"pattern": f"^({one})( ({one}))*$"}
        case types.Level():
            return "string", {"enum": CefrLevel.values}
    return "string", {}


def cell_of(fact: OfferFact, offer: InternshipOfferPage) -> Any:
    """Return what a column says of an offer: several codes stand in one cell."""
    value = attrgetter(fact.column.read)(offer) if fact.column.read else fact.value(offer)
    match fact.type:
        case types.Codes():
            return SEPARATOR.join(value)
        case types.Code():
            return str(value)
        case types.Amount():
            return None if value is None else float(value)
    return value


def table_schema() -> dict[str, Any]:
    """Return the Table Schema of the file."""
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "fields": [field_of(fact) for fact in COLUMNS],
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
    columns_only = (
        shown(found)
        .select_related(None)
        .select_related(*records)
        .prefetch_related("supports__aid", "frameworks", "papers")
    )
    return columns_only.defer_streamfields().annotate(link_code=Subquery(code[:1])).order_by("reference", "pk")


def rows() -> Iterator[list[Any]]:
    """Yield a row for each offer, in the order of `COLUMNS`; offers are read piece by piece."""
    for offer in offers().iterator(chunk_size=CHUNK):
        offer.link_url = PermanentLink(code=offer.link_code, page_type=offer._meta.label).url
        yield [cell_of(fact, offer) for fact in COLUMNS]

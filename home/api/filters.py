"""The parameters of each list, made from the filters of the site's own: same names, same codes."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, create_model

from core.lists.filters import LONGEST_UNKNOWN, Facet, Found, Period

from .paging import MOST_PER_PAGE, PER_PAGE
from .problems import WrongParameters

# What a form writes for a filter that nobody has chosen: an empty value is no filter, here as on the site.
EMPTY = ""
# A name as entries have it: a town, a reference, a country. No control characters.
Name = Annotated[str, StringConstraints(max_length=LONGEST_UNKNOWN, pattern=r"^[^\x00-\x1f\x7f-\x9f]*$")]


def _iso(value: Any) -> Any:
    """Refuse what is no ISO 8601 date; pydantic would take "0" for the first of January 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("Write the date as 2027-03-01.")
    return value


def _iso_or_none(value: Any) -> Any:
    """Refuse the same; empty is no date."""
    return None if value == EMPTY else _iso(value)


IsoDay = Annotated[dt.date, BeforeValidator(_iso)]

DAY_SCHEMA = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "const": EMPTY}, {"type": "null"}]}
Day = Annotated[dt.date | None, BeforeValidator(_iso_or_none), WithJsonSchema(DAY_SCHEMA)]
Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]
LAST_PAGE = 100_000

LANGUAGE: Any = (Language | None, Field(None, description="Language of the answer; else `Accept-Language` decides."))
PAGE: Any = (int, Field(1, ge=1, le=LAST_PAGE, description="Number of the page of results."))


def parameter_of(facet: Facet) -> Any:
    """Return a filter as (type, field)."""
    about = f"{facet.label}. {facet.help_text}" if facet.help_text else str(facet.label)
    if isinstance(facet.choices, Found):
        one: Any = Name
    else:
        one = Literal[(*(str(value) for value, _label in facet.choices), EMPTY)]
    if facet.kind == "many":
        return (list[one], Field([], description=f"{about}. Several widen the result."))
    return (one | None, Field(None, description=about))


def joined(facets: list[Facet]) -> Any:
    """Return the filter that several types of records have under one name, as (type, field)."""
    about = "Filter of the type that `type` names, as in its list."
    one: Any = Name
    if not any(isinstance(facet.choices, Found) for facet in facets):
        values = dict.fromkeys(str(value) for facet in facets for value, _label in facet.choices)
        one = Literal[(*values, EMPTY)]
    return (list[one], Field([], description=about))


def parameters(
    name: str,
    facets: list[Facet],
    period: Period | None = None,
    sorts: dict[str, Any] | None = None,
    **more: Any,
) -> type[Schema]:
    """Return the query of a list as a schema. Labels are read in the language that is active now."""
    fields: dict[str, Any] = {facet.name: parameter_of(facet) for facet in facets}
    if period:
        fields["start"] = (Day, Field(None, alias="from", description=f"{period.label}: first day (ISO 8601)."))
        fields["end"] = (Day, Field(None, alias="to", description=f"{period.label}: last day (ISO 8601)."))
    if sorts:
        codes = Literal[(*sorts, EMPTY)]
        fields["sort"] = (codes | None, Field(None, description=f"Order; by default `{next(iter(sorts))}`."))
    fields |= more
    fields |= {
        "page": PAGE,
        "per_page": (int, Field(PER_PAGE, ge=1, le=MOST_PER_PAGE, description="Results a page.")),
        "lang": LANGUAGE,
    }
    return create_model(f"{name}Query", __base__=Schema, **fields)


def check_names(request: HttpRequest, query: type[Schema]) -> None:
    """Refuse parameters that a list does not know: a filter that is misspelt would be one that is not there."""
    known = {field.alias or name for name, field in query.model_fields.items()}
    unknown = set(request.GET) - known
    if unknown:
        text = f"Unknown. Known are: {', '.join(sorted(known))}."
        raise WrongParameters(dict.fromkeys(sorted(unknown), text))


def check_period(period: Period | None) -> None:
    """Say that there is nothing between two dates of which the second comes first, in English as all problems."""
    if period and period.errors:
        raise WrongParameters(dict.fromkeys(period.errors, "The end comes before the beginning."), status=404)

"""What the site's search knows of the apps: their kinds of pages, by what words these are found, and their filters.

Apps register in `AppConfig.ready()`, so that search names none of them, and filters are those of their lists.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from ..lists.filters import Facet, Period

Words = Callable[[Any], Iterable[Any]]
Facts = Callable[[Any], Iterable[Any]]


class Standing(enum.IntEnum):
    """How a page stands among those of its kind: in each order, one below the other."""

    OPEN = 0
    FILLED = 1
    CLOSED = 2


@dataclass(frozen=True)
class Kind:
    """A group of results, such as offers.

    `columns` say where the search index finds its facts: names of `search.models.SearchDocument` to lookups of the
    page type. `filled` is the condition of pages that stand below the others. `period` makes the filter by two dates,
    whose condition may name lookups of `columns` only. `sorts` maps a code to (label, column), beside relevance.
    `standings` say what is printed on pages that stand below the others. `weight` is how much a score counts beside
    those of other kinds, `weight_of_answers` how much more (or less) where somebody asks a question.
    """

    code: str
    label: Any
    order: int
    facets: Callable[[], list[Facet]] = list
    period: Callable[[], Period] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    filled: Q | None = None
    sorts: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    standings: Mapping["Standing", Any] = field(default_factory=dict)
    weight: float = 1.0
    weight_of_answers: float = 1.0


@dataclass(frozen=True)
class Searchable:
    """A page type that is found.

    `words(page)` are names and labels by which a page is found beside its texts, in the language that is active;
    `facts(page)` is the line under its title in the results.
    """

    kind: Kind
    words: Words
    facts: Facts


@dataclass(frozen=True)
class Range:
    """A comparison of a column of the index: `operator` is "gte", "lte", "gt" or "lt"."""

    column: str
    operator: str
    value: dt.date | int


_types: dict[type[Page], Searchable] = {}
_search_page: type[Page] | None = None


def register_searchable(
    kind: Kind, model: type[Page], words: Words = lambda page: (), facts: Facts = lambda page: ()
) -> None:
    """Let pages of type `model` be found, among those of `kind`."""
    _types[model] = Searchable(kind, words, facts)


def searchable_types() -> dict[type[Page], Searchable]:
    """Return all page types that are found."""
    return dict(_types)


def searchable(model: type[Page]) -> Searchable | None:
    """Return how pages of a type are found, or None."""
    return _types.get(model)


def kinds() -> dict[str, Kind]:
    """Return the kinds of results by code, in their order."""
    found = sorted((entry.kind for entry in _types.values()), key=lambda kind: kind.order)
    return {kind.code: kind for kind in found}


def register_search_page(model: type[Page]) -> None:
    """Let every page lead to the page on which visitors search, which is of type `model`."""
    global _search_page
    _search_page = model


def search_page_type() -> type[Page] | None:
    """Return the type of the page on which visitors search, or None."""
    return _search_page


def ranges_of(kind: Kind, condition: Q) -> list[Range]:
    """Return the condition of a kind's period as comparisons of the index's columns; all of them must hold.

    Raises `ValueError` for a condition that is not a plain conjunction.
    """
    if condition.negated or (condition.connector != Q.AND and len(condition.children) > 1):
        raise ValueError(f"The period of {kind.code} is not a plain conjunction: {condition}")
    columns = {lookup: column for column, lookup in reversed(kind.columns.items())}
    found: list[Range] = []
    for child in condition.children:
        if isinstance(child, Q):
            found += ranges_of(kind, child)
        else:
            lookup, operator = child[0].rsplit("__", 1)
            found.append(Range(columns[lookup], operator, child[1]))
    return found

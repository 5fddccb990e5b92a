"""Kinds of results: how the site's search groups, filters, orders and weighs what it finds."""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

Words = Callable[[Any], Iterable[Any]]
Facts = Callable[[Any], Iterable[Any]]


class Standing(enum.IntEnum):
    """How a page stands among those of its kind: in each order, one below the other."""

    OPEN = 0
    FILLED = 1
    CLOSED = 2


@dataclass(frozen=True)
class ResultKind:
    """A group of results, such as offers.

    `index` is the type of their list, which has the filters, the two dates and the orders that the search offers too.
    `columns` say where the search index finds its facts: names of `search.models.SearchDocument` to lookups of the
    page type. The condition of the two dates names lookups of `columns` only. `filled` is the condition of pages that
    stand below the others, `standings` what is printed on these. `weight` is how much a score counts beside those of
    other kinds, `weight_of_answers` how much more (or less) where somebody asks a question.
    """

    code: str
    label: Any
    index: Any = None
    columns: Mapping[str, str] = field(default_factory=dict)
    filled: Q | None = None
    standings: Mapping["Standing", Any] = field(default_factory=dict)
    weight: float = 1.0
    weight_of_answers: float = 1.0

    def facets(self) -> list[Any]:
        """Return the filters of the list."""
        return self.index.facets() if self.index else []

    def period(self) -> Any:
        """Return the filter by two dates of the list, or None."""
        return self.index.period() if self.index else None

    @property
    def sorts(self) -> dict[str, tuple[Any, str]]:
        """The orders of the list that a column of the index gives, beside relevance: {code: (label, column)}."""
        # The index keeps the day of a moment.
        columns = {lookup.removesuffix("__date"): column for column, lookup in reversed(self.columns.items())}
        orders = self.index.sorts.items() if self.index else ()
        found = ((code, label, keys[0]) for code, (label, keys) in orders if isinstance(keys[0], str))
        return {code: (label, columns[key]) for code, label, key in found if key in columns}


#: Pages that are in no group of their own, and all lists.
PAGES = ResultKind("pages", _("Pages"), weight_of_answers=2.0)


@dataclass(frozen=True)
class Range:
    """A comparison of a column of the index: `operator` is "gte", "lte", "gt" or "lt"."""

    column: str
    operator: str
    value: dt.date | int


def ranges_of(kind: ResultKind, condition: Q) -> list[Range]:
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

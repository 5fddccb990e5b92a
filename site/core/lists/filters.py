"""Filters of a list: what a visitor may choose, the condition it makes, and how many results each choice would give.

Filters live in the address, work without JavaScript, and cost one query for all counts together.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..languages.alphabet import in_alphabet
from ..languages.dates import interval, long_date

Choices = Iterable[tuple[str, Any]]

# Values that an address may name without any entry having them, each so long (characters): no more are believed.
MOST_UNKNOWN, LONGEST_UNKNOWN = 5, 80


def same(values: Iterable[str]) -> Choices:
    """Values that are their own labels, such as towns, in the alphabet of the reader's language."""
    return [(value, value) for value in in_alphabet(values)]


@dataclass(frozen=True)
class Found:
    """Choices that depend on what is there: the values that entries have, and how these values are named."""

    values: Callable[[QuerySet[Any]], Iterable[str]]
    named: Callable[[Iterable[str]], Choices] = same


@dataclass(frozen=True)
class Option:
    """One choice as it is printed.

    `count` is what it finds as the only choice of its facet; `more`, how many results it adds to those of the choices
    that its facet has already, None where it has none or takes one only.
    """

    value: str
    label: str
    count: int
    selected: bool
    more: int | None = None


@dataclass
class Facet:
    """One filter.

    `choices` are (value, label) pairs, or `Found` among the entries; `condition` turns one chosen value into a `Q`;
    several values of one facet widen the result. `kind` is "many", "one" or "flag". `nearest` orders what the filter
    leaves out, what is nearest to it first (order_by arguments).
    """

    name: str
    label: Any
    choices: Choices | Found
    condition: Callable[[str], Q]
    kind: str = "many"
    help_text: Any = ""
    nearest: tuple[Any, ...] = ()
    values: list[str] = field(default_factory=list, init=False)
    unknown: list[str] = field(default_factory=list, init=False)
    pairs: list[tuple[str, str]] = field(default_factory=list, init=False)
    options: list[Option] = field(default_factory=list, init=False)

    def choices_in(self, queryset: QuerySet[Any]) -> Choices:
        """Return what can be chosen for the entries of a list."""
        return self.choices.named(self.choices.values(queryset)) if isinstance(self.choices, Found) else self.choices

    def read(self, query: QueryDict, choices: Choices) -> None:
        """Take the chosen values from the address.

        Codes that do not exist are left out. A town that no entry has today stays chosen and finds nothing: a link to
        its placements, pasted somewhere for years, never shows those of all towns.
        """
        self.pairs = [(str(value), str(label)) for value, label in choices]
        known = {value for value, _label in self.pairs}
        asked = list(dict.fromkeys(query.getlist(self.name)))
        if isinstance(self.choices, Found):
            absent = [value for value in asked if value not in known and _is_name(value)][:MOST_UNKNOWN]
            self.pairs += [(value, value) for value in absent]
            known |= set(absent)
        self.unknown = [value for value in asked if value and value not in known]
        if self.kind == "many":
            # In the order of the choices: the same filters have one address, however they were clicked together.
            self.values = [value for value, _label in self.pairs if value in asked]
        else:
            self.values = [value for value in asked if value in known][:1]

    def q(self) -> Q:
        """The condition of the chosen values."""
        condition = Q()
        for value in self.values:
            condition |= self.condition(value)
        return condition

    @property
    def widens(self) -> bool:
        """Say whether a further choice adds its results to those of others."""
        return self.kind == "many" and bool(self.values)

    def show(self, counts: Mapping[str, int], more: Mapping[str, int]) -> None:
        """Make the options to print from the count of each value, and from what each adds where the facet `widens`."""
        adds = {value: more.get(value, 0) for value, _label in self.pairs if self.widens and value not in self.values}
        self.options = [
            Option(value, label, counts.get(value, 0), value in self.values, adds.get(value))
            for value, label in self.pairs
        ]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What this facet writes into an address."""
        return [(self.name, value) for value in self.values]

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """(name, value, text) of each choice that can be taken back."""
        labels = dict(self.pairs)
        before = str(self.label) + gettext(": ") if self.kind == "one" else ""
        return [(self.name, value, format_html("{}{}", before, labels[value])) for value in self.values]

    @property
    def left_out(self) -> str:
        """What the address asks of this filter and nobody knows, in a few words: "Field: alchemy", or ""."""
        values = [value for value in self.unknown if _is_name(value)][:MOST_UNKNOWN]
        return format_html("{}{}{}", self.label, gettext(": "), ", ".join(values)) if values else ""

    @property
    def words(self) -> str:
        """All that is chosen of this filter, in a few words: "Field: Medicine, Pharmacy", or ""."""
        texts = format_html_join(", ", "{}", ((text,) for _name, _value, text in self.chips))
        many = self.kind == "many" and self.values
        return format_html("{}{}{}", self.label, gettext(": "), texts) if many else texts


def _is_name(value: str) -> bool:
    """Say whether a value may be that of an entry: not empty, not endless, and nothing that cannot be printed."""
    return bool(value) and len(value) <= LONGEST_UNKNOWN and value.isprintable()


def flag(name: str, label: Any, condition: Q, help_text: Any = "") -> Facet:
    """Return a yes-or-nothing facet."""
    return Facet(name, label, [("1", label)], lambda _value: condition, "flag", help_text)


@dataclass
class Period:
    """Two dates of the visitor: "I am free from … to …". Dates are ISO 8601 (YYYY-MM-DD).

    `order` orders what the dates leave out, what is nearest to them first (order_by arguments).
    """

    condition: Callable[[dt.date | None, dt.date | None], Q]
    label: Any = _("Period")
    order: Callable[[dt.date | None, dt.date | None], tuple[Any, ...]] = lambda start, end: ()
    start: dt.date | None = field(default=None, init=False)
    end: dt.date | None = field(default=None, init=False)
    typed: dict[str, str] = field(default_factory=dict, init=False)
    errors: dict[str, str] = field(default_factory=dict, init=False)

    def read(self, query: QueryDict) -> None:
        """Take both dates; a wrong one is kept as typed, with a message, and filters nothing."""
        dates: dict[str, dt.date | None] = {}
        for name in ("from", "to"):
            typed = query.get(name, "").strip()[:20]
            self.typed[name] = typed
            try:
                dates[name] = parse_date(typed) if typed else None
            except ValueError:
                dates[name] = None
            if typed and dates[name] is None:
                self.errors[name] = gettext("This date does not exist. Write it as 2027-03-01.")
        if dates["from"] and dates["to"] and dates["to"] < dates["from"]:
            self.errors["to"] = gettext("The end comes before the beginning.")
        if not self.errors:
            self.start, self.end = dates["from"], dates["to"]

    def q(self) -> Q:
        """The condition of the chosen dates."""
        return self.condition(self.start, self.end) if self.is_chosen else Q()

    @property
    def is_chosen(self) -> bool:
        """Say whether the dates filter anything."""
        return bool(self.start or self.end)

    @property
    def nearest(self) -> tuple[Any, ...]:
        """What orders the entries that the dates leave out."""
        return self.order(self.start, self.end)

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What the dates write into an address: as they were typed where they are wrong."""
        days = {"from": self.start, "to": self.end}
        written = {name: day.isoformat() for name, day in days.items() if day} if self.is_chosen else self.typed
        return [(name, written[name]) for name in ("from", "to") if written.get(name)]

    @property
    def words(self) -> str:
        """The days in words: "I am free: 1 March – 2 May 2027", or "" where they filter nothing."""
        if self.start and self.end:
            days = interval(self.start, self.end)
        elif self.start:
            days = gettext("from %(day)s") % {"day": long_date(self.start)}
        elif self.end:
            days = gettext("until %(day)s") % {"day": long_date(self.end)}
        else:
            return ""
        return str(self.label) + gettext(": ") + days


def chosen(facets: list[Facet], others: Q) -> Q:
    """Return the condition of all that is chosen."""
    condition = Q(others)
    for facet in facets:
        condition &= facet.q()
    return condition


def count_options(facets: list[Facet], queryset: QuerySet[Any], others: Q) -> int:
    """Fill each facet's options with their counts and return the count of all results, in one query.

    A choice is counted with all other facets as they are: as the only one of its facet, and beside those that are
    chosen already. So each count is what a click shows.
    """
    conditions: dict[str, Q] = {"total": chosen(facets, others)}
    for place, facet in enumerate(facets):
        rest = chosen([other for other in facets if other is not facet], others)
        for rank, (value, _label) in enumerate(facet.pairs):
            conditions[f"f{place}_{rank}"] = rest & facet.condition(value)
            if facet.widens:
                conditions[f"w{place}_{rank}"] = rest & (facet.q() | facet.condition(value))
    counts = queryset.order_by().aggregate(
        **{
            name: Count("pk", filter=condition or Q(pk__isnull=False), distinct=True)
            for name, condition in conditions.items()
        }
    )
    for place, facet in enumerate(facets):
        values = [(value, f"{place}_{rank}") for rank, (value, _label) in enumerate(facet.pairs)]
        with_it = {value: counts[f"w{name}"] for value, name in values if facet.widens}
        more = {value: count - counts["total"] for value, count in with_it.items()}
        facet.show({value: counts[f"f{name}"] for value, name in values}, more)
    return counts["total"]

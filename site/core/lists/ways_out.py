"""Where filters leave nothing: which of them does it, and what there is without."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol

from django.db.models import Q
from django.utils.html import format_html_join

# Sets of filters that are tried without: a visitor who has chosen more clears them all.
MOST_TRIED = 12


class Part(Protocol):
    """A filter in use: a facet or the period."""

    words: str
    parameters: list[tuple[str, str]]
    nearest: tuple[Any, ...]

    def q(self) -> Q:
        """The condition that it makes."""


class Filtered(Protocol):
    """A list that can say what there is without some of its filters."""

    chosen_parts: list[Part]

    def url_without(self, *parts: Part) -> str:
        """The address without these filters."""

    def count_without(self, sets: Sequence[tuple[Part, ...]]) -> list[int]:
        """How many results there are without each of these sets."""


@dataclass(frozen=True)
class WayOut:
    """Filters that leave nothing, in words; how many results there are without them, and at what address."""

    parts: tuple[Part, ...]
    text: str
    count: int
    url: str


def ways_out(listing: Filtered) -> list[WayOut]:
    """Return what can be taken back to find something, the most results first.

    One filter where one is enough; two where only two together help; nothing where even that is in vain.
    """
    for sets in _sets(listing.chosen_parts):
        found = [
            WayOut(parts, format_html_join(" + ", "{}", ((part.words,) for part in parts)), count, url)
            for parts, count in zip(sets, listing.count_without(sets), strict=True)
            if count
            for url in [listing.url_without(*parts)]
        ]
        if found:
            return sorted(found, key=lambda way: -way.count)
    return []


def _sets(parts: list[Part]) -> Iterator[list[tuple[Part, ...]]]:
    """Yield all single filters, then all pairs."""
    for size in (1, 2):
        if sets := list(combinations(parts, size))[:MOST_TRIED]:
            yield sets

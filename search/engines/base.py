"""What an engine is asked and what it answers. The page that a visitor sees knows no more than this."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from core.kinds.searchable import Range

from ..tables.document import SearchDocument
from ..text.analysis import analyser
from ..text.synonyms import Group

Terms = tuple[str, ...]
FRENCH = "french"  # the group of pages that stand in, in French
PER_KIND = 6  # hits of an overview: three are left where three stand above all kinds
# How much a word counts in title, keywords, summary and body.
WEIGHTS = (10.0, 4.0, 5.0, 1.0)
TYPED = 1.2  # what was typed counts so much more than what means the same
NAMED = ("title", "keywords", "summary")  # the texts that say what a page is about


class EngineDown(Exception):
    """The engine does not answer, or not in time.

    `refused` says that it is up, but does not take this request; `status` is what it answered, if it is a number.
    """

    def __init__(self, message: str, *, refused: bool = False, status: object = None) -> None:
        super().__init__(message)
        self.refused, self.status = refused, status


def language_mark(language: str) -> str:
    """Return a language code as part of a name, in letters only: "ptbr"."""
    return re.sub(r"[^a-z]", "", language.lower())


def marked_terms(document: SearchDocument) -> list[list[str]]:
    """Return what every engine stores of a document's texts: terms, each with its language before it."""
    read, before = analyser(document.language), language_mark(document.language)
    return [[before + term for term in read.terms(text)] for text in document.texts()]


@dataclass(frozen=True)
class Asked:
    """One search.

    `groups` must all be answered by a page (any of them, if `loose`); without groups every page of the language is
    found. `kind` is a kind of results, `FRENCH`, or "" for an overview of all kinds. `chosen` are values of facets: a
    page has one of each facet. `facets` are the names that are counted. `order` is a column or "" for relevance.
    """

    language: str
    today: dt.date
    groups: tuple[Group, ...] = ()
    loose: bool = False
    kind: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    order: str = ""
    first: int = 0
    size: int = 12

    def marked_groups(self) -> list[list[Terms]]:
        """Return the ways of each group as every engine stores them."""
        before = language_mark(self.language)
        return [[tuple(before + term for term in way) for way in group.alternatives] for group in self.groups]


@dataclass(frozen=True)
class Hit:
    """A page that was found."""

    page_id: int
    score: float


@dataclass(frozen=True)
class Answer:
    """What was found.

    `kinds` counts the pages of each kind and `french` those that stand in, before filters; `named` says that a page has
    all that is asked for where it says what it is about, and not just in its text. `total` and `hits` are
    those of the asked kind, after filters. In an overview `groups` has the best hits of each kind, and `french_hits`
    those of the pages that stand in. `counts` are those of each value of each facet as its only choice, `more` how
    many pages a value adds to those that are chosen.
    """

    total: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    french: int = 0
    named: bool = False
    hits: tuple[Hit, ...] = ()
    groups: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    french_hits: tuple[Hit, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    more: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Cluster(Protocol):
    """An engine that is a server of its own. Methods raise `EngineDown`."""

    def search(self, asked: Asked, seconds: float) -> Answer:
        """Find pages, within so many seconds."""

    def write(self, documents: list[SearchDocument]) -> None:
        """Add or replace documents, unless the server has newer ones; they are found when this returns."""

    def remove(self, page_ids: Iterable[int], moment: dt.datetime) -> None:
        """Remove documents that were gone at a moment, unless the server has newer ones."""

    def rebuild(self, documents: Iterator[list[SearchDocument]]) -> None:
        """Replace the whole index, while the old one answers until the new one is complete."""


class TextIndex(Protocol):
    """What differs between databases: storing the terms of documents, and matching them."""

    def write(self, rows: list[tuple[int, list[list[str]]]]) -> None:
        """Store documents: their page's id, and the terms of title, keywords, summary and body."""

    def match(self, groups: list[list[Terms]], weights: list[float], loose: bool) -> list[tuple[int, float]]:
        """Return (page id, score) of documents that answer all groups, or any; a higher score is better.

        A group is a list of phrases, one of which must occur; the first is what was typed. Where any group is enough,
        each counts by its weight.
        """

    def naming(self, groups: list[list[Terms]]) -> list[int]:
        """Return the page ids of documents that answer all groups in title, keywords and summary."""

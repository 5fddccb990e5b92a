"""The table of kinds: one entry a page type, over which search, API, JSON-LD, loader, admin and page tree walk.

Each app has one `kinds.py` with its entries, which its `AppConfig.ready()` imports. An entry says what its app knows;
what an upper app alone can say of a lower one's pages (their record in the API), it adds with `add_record`. The order
in which apps register does not matter: nobody reads the table before all are ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from wagtail.models import Page

from .searchable import PAGES, Facts, ResultKind, Words

PageType = type[Page]

# What a page type may be for the others, so that they need not name it: the page under which lists stand, and the one
# on which visitors search.
HOME, SEARCH = "home", "search"

# What each list has, unless its entry says that it goes `without`.
PARTS = ("search", "section", "record", "structured")


@dataclass(frozen=True, kw_only=True)
class PageKind:
    """A page type, with its list where it has one.

    `order` is its place wherever kinds stand in a row. A page with an `index` stands under it, and the index under the
    home page; one without stands under its `parents`: page types, or `HOME`. `role` is `HOME`, `SEARCH` or "".

    `search` is among which results it is found (a list is found among pages), `words(page)` the names and labels by
    which it is found beside its texts, in the language that is active, `facts(page)` the line under its title.
    `structured(page, request)` returns its JSON-LD, `outlets(page, query)` what others take of it; the same words with
    `index_` are about the list. `section` is the class that loads it from a territory file, `reference` the name of
    its list (or of a page of which there is one) in that file. `shortcut` puts the list on the editors' home.
    `without` names what this type goes without, of `PARTS`.
    """

    page: PageType
    order: int
    index: Any = None
    parents: tuple[PageType | str, ...] = (HOME,)
    role: str = ""
    search: ResultKind | None = None
    words: Words = lambda page: ()
    facts: Facts = lambda page: ()
    structured: Callable[..., dict[str, Any] | None] | None = None
    index_structured: Callable[..., dict[str, Any] | None] | None = None
    outlets: Callable[[Any, str], list[Any]] = lambda page, query: []
    index_outlets: Callable[[Any, str], list[Any]] = lambda page, query: []
    section: type[Any] | None = None
    reference: str = ""
    shortcut: bool = False
    without: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[PageType, ...]:
        """The list and the page."""
        return (self.index, self.page) if self.index else (self.page,)

    @property
    def only(self) -> Any:
        """The type that a territory file names by `reference`: the list, else the page."""
        return self.index or self.page

    @property
    def missing(self) -> list[str]:
        """What a list should have and this entry neither has nor goes without."""
        has = {
            "search": self.search,
            "section": self.section,
            "record": record_of(self.page),
            "structured": self.structured,
        }
        return [part for part in PARTS if self.index and not has[part] and part not in self.without]


class ApiRecord(Protocol):
    """What the open API tells of a page type; `example` is an answer of its list, None where nobody wrote one."""

    @property
    def example(self) -> dict[str, Any] | None:
        """An answer of the list with one record."""

    @property
    def address(self) -> str:
        """The whole address of the list in the API."""

    @property
    def service(self) -> str:
        """The whole address of the API."""

    @property
    def description(self) -> str:
        """The whole address of the API's description (OpenAPI)."""


_kinds: dict[PageType, PageKind] = {}
_records: dict[PageType, ApiRecord] = {}


def register(*kinds: PageKind) -> None:
    """Add entries to the table."""
    _kinds.update({kind.page: kind for kind in kinds})


def add_record(page: PageType, record: ApiRecord) -> None:
    """Let the API tell of pages of a type."""
    _records[page] = record


def page_kinds() -> list[PageKind]:
    """Return all entries in their order."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def page_types() -> list[PageType]:
    """Return all page types: of each kind its list, then its page."""
    return [model for kind in page_kinds() for model in kind.types]


def kind_of(model: PageType) -> PageKind | None:
    """Return the entry of a page type, be it the page or its list."""
    return _kinds.get(model) or next((kind for kind in _kinds.values() if kind.index is model), None)


def record_of(page: PageType) -> ApiRecord | None:
    """Return what the API tells of pages of a type, or None."""
    return _records.get(page)


def with_role(role: str) -> PageType | None:
    """Return the page type that has a role, or None."""
    return next((kind.page for kind in _kinds.values() if kind.role == role), None)


# --- The page tree ----------------------------------------------------------------------------------------------------
def parents_of(model: PageType) -> list[PageType]:
    """Return under which types pages of a type stand."""
    kind = kind_of(model)
    if kind is None:
        return []
    if kind.index:
        return [kind.index] if model is kind.page else _resolved((HOME,))
    return _resolved(kind.parents)


def children_of(model: PageType) -> list[PageType]:
    """Return which types of pages stand under a type."""
    return [child for child in page_types() if model in parents_of(child)]


def _resolved(parents: Iterable[PageType | str]) -> list[PageType]:
    found = (with_role(parent) if isinstance(parent, str) else parent for parent in parents)
    return [parent for parent in found if parent is not None]


# --- The search -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Searchable:
    """How pages of a type are found."""

    kind: ResultKind
    words: Words = lambda page: ()
    facts: Facts = lambda page: ()


def searchable(model: PageType) -> Searchable | None:
    """Return how pages of a type are found, or None: lists among pages, the others as their entry says."""
    entry = kind_of(model)
    if entry is None or entry.search is None:
        return None
    return Searchable(PAGES) if model is entry.index else Searchable(entry.search, entry.words, entry.facts)


def searchable_types() -> dict[PageType, Searchable]:
    """Return all page types that are found."""
    return {model: found for model in page_types() if (found := searchable(model))}


def result_kinds() -> dict[str, ResultKind]:
    """Return the kinds of results by code, in their order, pages last."""
    found = {entry.search.code: entry.search for entry in page_kinds() if entry.search not in (None, PAGES)}
    return {**found, PAGES.code: PAGES}

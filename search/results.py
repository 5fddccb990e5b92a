"""What is printed of pages that were found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from core.kinds.searchable import ResultKind
from core.kinds.table import result_kinds
from core.pages.visibility import shown

from .engines.base import Hit
from .excerpts import Pieces, excerpt, on_one_line
from .tables.document import SearchDocument
from .text.synonyms import Group


@dataclass(frozen=True)
class Result:
    """A page that was found, as it is printed."""

    title: str
    url: str
    kind: ResultKind
    rank: tuple[float, ...]
    facts: list[str]
    read_excerpt: Callable[[], Pieces] = field(repr=False, compare=False)
    standing: Any = ""  # what its kind says of a page that is full or over
    in_french: bool = False  # it stands in
    french_title: bool = False
    french_excerpt: bool = False

    @cached_property
    def excerpt(self) -> Pieces:
        """The piece of its text that shows why it was found, read when it is printed."""
        return on_one_line(self.read_excerpt())


@dataclass(frozen=True)
class Tab:
    """A kind of results with its count; in an overview also its best results."""

    label: Any
    count: int
    url: str
    selected: bool = False
    french: bool = False
    results: tuple[Result, ...] = ()
    above: int = 0  # how many of them stand among the best of all kinds

    @property
    def has_more(self) -> bool:
        """Say whether there are results that the overview does not show."""
        return self.count > self.above + len(self.results)


STANDS_IN = 0.65  # how much a page counts in French beside those in the reader's language


def results_of(
    hits: Iterable[Hit], groups: tuple[Group, ...], request: HttpRequest, *, asks: bool = False
) -> dict[int, Result]:
    """Return what is printed of pages, by their ids: two queries, however many there are.

    `asks` says that somebody asks a question, which some kinds of pages answer better than others.
    """
    by_page = {hit.page_id: hit for hit in hits}
    documents = SearchDocument.objects.in_bulk(by_page)
    pages = shown(Page.objects.filter(pk__in=documents)).select_related("locale").in_bulk()
    known, today, results = result_kinds(), timezone.localdate(), dict[int, Result]()
    for page_id, hit in by_page.items():
        document, page = documents.get(page_id), pages.get(page_id)
        url = page.get_url(request) if page else None
        if document is None or url is None or document.kind not in known:
            continue  # an engine that has not heard yet, a page of no site, or a kind that is no more
        kind = known[document.kind]
        weight = kind.weight * (kind.weight_of_answers if asks else 1.0) * (STANDS_IN if document.in_french else 1.0)
        results[page_id] = Result(
            title=document.title,
            url=url,
            kind=kind,
            rank=(document.standing(today), -hit.score * weight),
            facts=document.facts.split("\n") if document.facts else [],
            read_excerpt=partial(excerpt, document, groups),
            standing=kind.standings.get(document.standing(today), ""),
            in_french=document.in_french,
            french_title=document.in_french or document.french_title,
            french_excerpt=document.in_french or document.french_summary,
        )
    return results

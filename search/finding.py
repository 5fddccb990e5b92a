"""A visitor's search: from the address to results. It asks engines, and knows none of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from core.kinds.searchable import ResultKind, ranges_of
from core.kinds.table import result_kinds
from core.lists.addresses import Address
from core.lists.filters import Facet, Found
from core.lists.listing import NEAREST
from core.lists.ways_out import Part
from core.pages.address import whole_number
from core.pages.visibility import in_reader_language

from .engines import ask, patience
from .engines.base import FRENCH, Answer, Asked, Hit
from .engines.catalogue import Catalogue, catalogue
from .reading import clean, reader
from .results import Result, Tab, results_of
from .tables.document import SearchDocument
from .tables.words import SearchPick

PER_PAGE = 12
BEST = IN_GROUP = 3
DEEPEST = 10_000  # results; search servers go no deeper


@dataclass(frozen=True)
class Attempt:
    """One way to read what was typed: `corrected` was read instead, or ""."""

    asked: Asked
    corrected: str = ""


def suggestions(language: str, typed: str) -> list[str]:
    """Return what somebody may be typing: titles, specialties, towns and other names that pages have."""
    return catalogue(language).suggest(clean(typed))


class Search(Address):
    """One request for the search page.

    `typed` is what the visitor wrote, `attempt` how it was read. `stands_in` says that the database answered for a
    search server.
    """

    def __init__(self, request: HttpRequest, language: str) -> None:
        """Read the address and search."""
        self.language = language
        self.typed = clean(request.GET.get("q", ""))
        self.kind = request.GET.get("type", "")
        known = result_kinds()
        if self.kind not in {*known, FRENCH}:
            self.kind = ""
        chosen = known.get(self.kind)
        super().__init__(
            request,
            chosen.facets() if chosen else [],
            chosen.period() if chosen else None,
            {"relevance": (_("Relevance"), ""), **(chosen.sorts if chosen else {})},
        )
        self.kept = self._kept(self.kind)
        self.attempt: Attempt | None = None
        self._as_typed = False  # a page has all these words
        self.stands_in, self.answer = False, Answer()
        if self.asked_for_something:
            self._search(chosen)
        self.total = self.answer.total

    @property
    def asked_for_something(self) -> bool:
        """Say whether there is anything to search for."""
        return bool(self.typed or self.kind)

    @property
    def kind_label(self) -> str:
        """The one kind of pages that is asked for, or ""."""
        return str(_("In French") if self.kind == FRENCH else result_kinds()[self.kind].label) if self.kind else ""

    @property
    def title_before(self) -> str:
        """What a title says before the page's own: "pharmacie – Stages – "."""
        return "".join(f"{part} – " for part in (self.typed, self.kind_label) if part)

    def _kept(self, kind: str) -> tuple[tuple[str, str], ...]:
        return tuple((name, value) for name, value in (("q", self.typed), ("type", kind)) if value)

    @property
    def corrected(self) -> str:
        """What was searched instead of what was typed, or ""."""
        return self.attempt.corrected if self.attempt else ""

    @property
    def loose(self) -> bool:
        """Say whether results answer some of the words only."""
        return bool(self.attempt and self.attempt.asked.loose)

    @property
    def missed(self) -> bool:
        """Say whether these words find nothing as they stand: editors want to know, once for all kinds and pages."""
        return bool(self.attempt) and not (self._as_typed or self.kind or self.picks)

    # --- Asking -----------------------------------------------------------------------------------------------
    def _search(self, kind: ResultKind | None) -> None:
        self._known, self._reader = catalogue(self.language), reader(self.language)
        for facet in self.facets:
            facet.read(self.request.GET, self._choices(facet, self._known))
        asked = Asked(
            language=self.language,
            today=timezone.localdate(),
            groups=self._reader.groups(self.typed),
            kind=self.kind,
            chosen={facet.name: tuple(facet.values) for facet in self.facets if facet.values},
            facets=tuple(facet.name for facet in self.facets),
            ranges=tuple(ranges_of(kind, self.period.q())) if kind and self.period else (),
            order=self.sorts[self.sort][1],
            first=(self._number - 1) * PER_PAGE,
            size=PER_PAGE,
        )
        if self.typed and not asked.groups:
            return  # nothing but marks and small words
        until = patience()
        for attempt in self._attempts(asked):
            self.attempt = attempt
            self.answer, self.stands_in = ask(attempt.asked, until)
            self._as_typed = self._as_typed or (attempt.asked == asked and self.found_anything)
            if self.found_anything and (self.answer.named or attempt.asked.loose or len(attempt.asked.groups) < 2):
                break
        else:
            self.attempt = Attempt(asked)
        if self.kind and self.answer.total and not self.answer.hits and self._number > 1:
            # A page beyond the last one: the last one.
            last = (min(self.answer.total, DEEPEST) + PER_PAGE - 1) // PER_PAGE
            self.answer, self.stands_in = ask(replace(self.attempt.asked, first=(last - 1) * PER_PAGE), until)
        for facet in self.facets:
            facet.show(self.answer.counts.get(facet.name, {}), self.answer.more.get(facet.name, {}))

    def _choices(self, facet: Facet, known: Catalogue) -> Iterable[tuple[str, Any]]:
        if isinstance(facet.choices, Found):
            return facet.choices.named(known.values(self.kind, facet.name))
        return facet.choices

    def _attempts(self, asked: Asked) -> Iterator[Attempt]:
        """Yield ways to read what was typed: as it is, as it was probably meant, word by word, some of the words."""
        yield Attempt(asked)
        text = self._reader.corrected(self.typed) if not self._as_typed else self.typed
        corrected = text if text.casefold() != self.typed.casefold() else ""
        if corrected:
            asked = replace(asked, groups=self._reader.groups(text))
            yield Attempt(asked, corrected)
        apart = replace(asked, groups=self._reader.groups(text, apart=True))
        if apart.groups != asked.groups and not self._as_typed:
            asked = apart
            yield Attempt(apart, corrected)
        if asked.groups:
            yield Attempt(replace(asked, loose=True), corrected)

    @property
    def found_anything(self) -> bool:
        """Say whether any page answers the words, whatever the kind and the filters."""
        return bool(self.answer.kinds or self.answer.french)

    # --- Where filters leave nothing --------------------------------------------------------------------------
    def count_without(self, sets: Sequence[tuple[Part, ...]]) -> list[int]:
        """Return how many results there are without each of these sets of filters."""
        return [self._ask_without(parts).total for parts in sets]

    def _ask_without(self, parts: tuple[Part, ...]) -> Answer:
        if self.attempt is None:
            return Answer()
        asked, names = self.attempt.asked, {name for part in parts for name, _value in part.parameters}
        chosen = {name: values for name, values in asked.chosen.items() if name not in names}
        ranges = () if self.period in parts else asked.ranges
        answer, _stands_in = ask(replace(asked, chosen=chosen, ranges=ranges, first=0, size=NEAREST), patience())
        return answer

    @cached_property
    def nearest(self) -> list[Result]:
        """What comes nearest to filters that leave nothing: the first results of the best way out."""
        way = next(iter(self.ways_out), None)
        return list(self._results_of(self._ask_without(way.parts).hits).values()) if way else []

    # --- Pages of results ---------------------------------------------------------------------------------------
    @property
    def _number(self) -> int:
        """The number of the page that the address asks for; nonsense is the first page."""
        number = whole_number(self.request.GET.get("page", ""), digits=6) or 1
        return min(number, DEEPEST // PER_PAGE)

    @cached_property
    def page(self) -> ResultPage:
        """The page of results; a number that is too high is the last page."""
        return Paginator(range(min(self.total, DEEPEST)), PER_PAGE).get_page(self._number)

    # --- Printing -----------------------------------------------------------------------------------------------
    @cached_property
    def tabs(self) -> list[Tab]:
        """All kinds of which there are results, those that stand in in French last."""
        found = [
            Tab(kind.label, self.answer.kinds[code], self._url(code), self.kind == code)
            for code, kind in result_kinds().items()
            if code in self.answer.kinds
        ]
        if self.answer.french:
            found.append(Tab(_("In French"), self.answer.french, self.french_url, self.kind == FRENCH, french=True))
        return found

    @property
    def everything(self) -> Tab:
        """The overview of all kinds."""
        return Tab(pgettext_lazy("results", "All"), sum(self.answer.kinds.values()), self._url(""), not self.kind)

    def _url(self, kind: str) -> str:
        return "?" + urlencode(self._kept(kind))

    @cached_property
    def _overview(self) -> dict[int, Result]:
        """The best results of all kinds that are not picked, by their pages' ids, the best first."""
        picked = {page.pk for page in self.picks}
        every = [*self.answer.groups.values(), self.answer.french_hits]
        found = self._results_of(hit for hits in every for hit in hits if hit.page_id not in picked)
        return dict(sorted(found.items(), key=lambda pair: pair[1].rank))

    @property
    def best(self) -> list[Result]:
        """The three best results, whatever their kind; with one kind only, its group says the same.

        One that stands in, in French, is among them where it answers clearly better than what is translated.
        """
        several = len(self.answer.groups) > 1 or (self.answer.groups and self.answer.french)
        return list(self._overview.values())[:BEST] if several else []

    @property
    def groups(self) -> list[Tab]:
        """The kinds, that of the best result first, each with further results; none that stands above as a whole."""
        first, known, counts = self.best, result_kinds(), self.answer.kinds
        by_kind: dict[str, list[Result]] = defaultdict(list)
        for result in self._overview.values():
            if not result.in_french:
                by_kind[result.kind.code] += [result] if result not in first else []
        above = Counter(result.kind.code for result in first if not result.in_french)
        return [
            Tab(known[code].label, counts[code], self._url(code), results=tuple(results[:IN_GROUP]), above=above[code])
            for code, results in by_kind.items()
            if counts[code] > above[code]
        ]

    @property
    def french_url(self) -> str:
        """The address of the pages that stand in."""
        return self._url(FRENCH)

    @cached_property
    def french(self) -> Tab | None:
        """The pages that stand in, in French, with the best of them, below what is in the reader's language."""
        if not self.answer.french or self.kind:
            return None
        tab = next(tab for tab in self.tabs if tab.french)
        best = self.best
        others = [result for result in self._overview.values() if result.in_french and result not in best]
        above = sum(result.in_french for result in best)
        return replace(tab, results=tuple(others[:IN_GROUP]), above=above)

    @cached_property
    def results(self) -> list[Result]:
        """The results of one kind on this page."""
        found = self._results_of(self.answer.hits)
        return [found[hit.page_id] for hit in self.answer.hits if hit.page_id in found]

    @cached_property
    def picks(self) -> list[Page]:
        """What editors put first for these words, on the overview: as they were typed (the report of misses has them
        so), as they were corrected, and without words of asking.
        """
        if self.kind or not self.typed:
            return []
        asked = " ".join(group.typed for group in self.attempt.asked.groups) if self.attempt else ""
        picked = in_reader_language(SearchPick.pages_for(self.language, self.typed, self.corrected, asked))
        over = SearchDocument.objects.filter(pk__in=[page.pk for page in picked], gone_after__lt=timezone.localdate())
        gone = set(over.values_list("pk", flat=True)) if picked else set()
        return [page for page in picked if page.pk not in gone]

    def _results_of(self, hits: Iterable[Hit]) -> dict[int, Result]:
        if self.attempt is None:
            return {}
        return results_of(hits, self.attempt.asked.groups, self.request, asks=self._reader.asks(self.typed))

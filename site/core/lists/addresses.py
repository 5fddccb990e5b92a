"""What the address of a list says (filters, period, order, page), and the addresses of its neighbours."""

from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html_join, strip_tags
from django.utils.translation import gettext as _

from .filters import Facet, Period
from .ways_out import Part, WayOut, ways_out


class Address:
    """What the address of a list says (filters, period, order, page), and the addresses of its neighbours.

    Subclasses find the entries: they give `total` and `page`. `sorts` maps a code to (label, what the subclass
    orders by), the default first; `kept` are parameters that stay whatever is filtered.
    """

    total: int = 0
    page: ResultPage
    kept: tuple[tuple[str, str], ...] = ()

    def __init__(
        self,
        request: HttpRequest,
        facets: list[Facet],
        period: Period | None = None,
        sorts: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> None:
        """Read period and order; whoever knows their choices reads the facets."""
        self.request, self.facets, self.period, self.sorts = request, facets, period, sorts or {}
        if period:
            period.read(request.GET)
        self.sort = request.GET.get("sort", "")
        if self.sort not in self.sorts:
            self.sort = next(iter(self.sorts), "")

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The address's filters and order, without the page."""
        chosen = [*self.kept, *(pair for facet in self.facets for pair in facet.parameters)]
        if self.period:
            chosen += self.period.parameters
        if self.sort_text:
            chosen.append(("sort", self.sort))
        return chosen

    @property
    def query(self) -> str:
        """The filters that hold, as a query string without "?", for whoever follows the list: no date that is wrong."""
        wrong = self.period.parameters if self.period and self.period.errors else ()
        return urlencode([pair for pair in self.parameters if pair not in wrong])

    @property
    def own_query(self) -> str:
        """Filters, order and page: the one query by which this very page of results knows itself, without "?"."""
        return urlencode(self._on_page(self.page.number))

    def _on_page(self, number: int) -> list[tuple[str, str]]:
        return [*self.parameters, *([("page", str(number))] if number > 1 else [])]

    def url_of(self, parameters: Iterable[tuple[str, str]]) -> str:
        """Return the address of this list with these parameters."""
        query = urlencode(list(parameters))
        return f"?{query}" if query else self.request.path

    @property
    def clear_url(self) -> str:
        """The address without any filter."""
        return self.url_of(self.kept)

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it back."""
        chips = [
            {"text": text, "url": self.url_of(pair for pair in self.parameters if pair != (name, value))}
            for facet in self.facets
            for name, value, text in facet.chips
        ]
        if self.period and self.period.is_chosen:
            chips.append({"text": self.period.words, "url": self.url_without(self.period)})
        return chips

    @property
    def chosen_parts(self) -> list[Part]:
        """The filters that are in use: facets with a choice, and the period."""
        parts: list[Part] = [facet for facet in self.facets if facet.values]
        return [*parts, self.period] if self.period and self.period.is_chosen else parts

    def url_without(self, *parts: Part) -> str:
        """Return the address without these filters."""
        gone = {pair for part in parts for pair in part.parameters}
        return self.url_of(pair for pair in self.parameters if pair not in gone)

    def count_without(self, sets: Sequence[tuple[Part, ...]]) -> list[int]:
        """Return how many results there are without each of these sets of filters."""
        raise NotImplementedError

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Where nothing is left: which filters leave nothing, and what there is without them, the most first."""
        return [] if self.total else ways_out(self)

    @property
    def chosen_text(self) -> str:
        """What is chosen, as plain text for a title: "Médecine, Blois", or ""."""
        return ", ".join(unescape(strip_tags(chip["text"])) for chip in self.chips)

    @property
    def sort_text(self) -> Any:
        """The order, for a title; "" where it is the usual one."""
        return self.sorts[self.sort][0] if self.sort and self.sort != next(iter(self.sorts)) else ""

    @property
    def title_addition(self) -> str:
        """What a title says beside the list's own: the filters, the order and the page of results, where not usual."""
        found = f" ({self.chosen_text})" if self.chosen_text else ""
        if self.sort_text:
            found += f" – {self.sort_text}"
        return found + self.page_addition

    @property
    def page_addition(self) -> str:
        """Which page of results it is, where it is not the first: " – page 2"."""
        return " – " + _("page %(number)s") % {"number": self.page.number} if self.page.number > 1 else ""

    @property
    def left_out(self) -> str:
        """What the address asks for and no filter knows: a mistyped link does not show all as if it had filtered."""
        return format_html_join("; ", "{}", ((facet.left_out,) for facet in self.facets if facet.left_out))

    @property
    def understood(self) -> bool:
        """Say whether each filter of the address is one: who follows a list for years must know at once."""
        return not any(facet.unknown for facet in self.facets) and not (self.period and self.period.errors)

    def page_url(self, number: int) -> str:
        """The address of another page of the same results."""
        return self.url_of(self._on_page(number))

    @property
    def page_links(self) -> list[dict[str, Any]]:
        """Page numbers to print, with None for a gap."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            {"number": number, "url": self.page_url(number), "current": number == self.page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in numbers
        ]

    @property
    def previous_url(self) -> str:
        """The page before, or ""."""
        return self.page_url(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after, or ""."""
        return self.page_url(self.page.number + 1) if self.page.has_next() else ""

    @property
    def sort_options(self) -> list[dict[str, Any]]:
        """The orders to choose from."""
        return [
            {"value": code, "label": label, "selected": code == self.sort} for code, (label, _o) in self.sorts.items()
        ]

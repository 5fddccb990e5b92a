"""Index pages: a list with filters, order, pages and, where its entries have places, a map of the same results."""

from collections.abc import Callable, Mapping
from html import unescape
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from .facets import Facet, Period, chosen, count_options
from .models import LocatedMixin

# A map with more points than this is no help, and heavy on a telephone.
MOST_POINTS = 300


class CountedPaginator(Paginator):
    """A paginator that is told the count, because the facets' query knows it already."""

    def __init__(self, objects: QuerySet[Any], per_page: int, count: int) -> None:
        super().__init__(objects, per_page)
        self.count = count  # type: ignore[misc]


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
        if self.sort and self.sort != next(iter(self.sorts)):
            chosen.append(("sort", self.sort))
        return chosen

    @property
    def query(self) -> str:
        """The address's filters as a query string without "?"."""
        return urlencode(self.parameters)

    @property
    def clear_url(self) -> str:
        """The address without any filter."""
        return f"{self.request.path}?{urlencode(self.kept)}" if self.kept else self.request.path

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it back."""
        chips = []
        for facet in self.facets:
            for name, value, text in facet.chips:
                rest = [pair for pair in self.parameters if pair != (name, value)]
                chips.append({"text": text, "url": f"?{urlencode(rest)}"})
        return chips

    @property
    def chosen_text(self) -> str:
        """What is chosen, as plain text for a title: "Médecine, Blois", or ""."""
        return ", ".join(unescape(strip_tags(chip["text"])) for chip in self.chips)

    @property
    def understood(self) -> bool:
        """Say whether each filter of the address is one: who follows a list for years must know at once."""
        return not any(facet.unknown for facet in self.facets) and not (self.period and self.period.errors)

    def page_url(self, number: int) -> str:
        """The address of another page of the same results."""
        return "?" + urlencode([*self.parameters, *([("page", number)] if number > 1 else [])])

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


class Listing(Address):
    """One request for a list of pages that the database filters and counts."""

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        *,
        facets: list[Facet],
        period: Period | None = None,
        sorts: dict[str, tuple[Any, tuple[Any, ...]]] | None = None,
        per_page: int = 12,
        first: tuple[Any, ...] = (),
        counted: bool = True,
    ) -> None:
        """`sorts` maps a code to (label, order_by arguments), the default first; `first` orders before any sort.

        Where it is not `counted`, the facets have no options to print: feeds and the API need none.
        """
        super().__init__(request, facets, period, sorts)
        self.per_page = per_page
        others = period.q() if period else Q()
        for facet in facets:
            facet.read(request.GET, facet.choices_in(queryset))
        order = (*first, *(self.sorts[self.sort][1] if self.sort else ()), "pk")
        self.found = queryset.filter(chosen(facets, others)).order_by(*order)
        if counted:
            self.total = count_options(facets, queryset, others)

    @cached_property
    def total(self) -> int:
        """How many results there are."""
        return self.found.count()

    @cached_property
    def page(self) -> ResultPage:
        """The page of results that the address asks for; an impossible number leads to the nearest page."""
        return CountedPaginator(self.found, self.per_page, self.total).get_page(self.request.GET.get("page"))


class ListPageMixin:
    """An index page whose children are listed. Subclasses say which, with what filters and in what order."""

    per_page: ClassVar[int] = 12
    card_template: ClassVar[str] = ""
    # What the list counts: a function of the count, with gettext's plural.
    noun: ClassVar[Callable[[int], str]] = staticmethod(lambda count: _("results"))

    # A code for each order: (label, order_by arguments), the default first.
    sorts: ClassVar[dict[str, tuple[Any, tuple[Any, ...]]]] = {}

    def entries(self) -> QuerySet[Any]:
        """Return the published entries with what cards need (select_related, prefetch_related)."""
        raise NotImplementedError

    @classmethod
    def facets(cls) -> list[Facet]:
        """Return the filters of the list; search and the API use the same."""
        return []

    @classmethod
    def period(cls) -> Period | None:
        """Return the filter by two dates, if the list has one."""
        return None

    def order_before(self) -> tuple[Any, ...]:
        """Return what orders the entries before any order that is chosen (order_by arguments)."""
        return ()

    @property
    def has_map(self) -> bool:
        """Say whether the entries have places."""
        return issubclass(self.entries().model, LocatedMixin)

    def make_listing(
        self, request: HttpRequest, entries: QuerySet[Any] | None = None, *, counted: bool = True
    ) -> Listing:
        """Return the list for this request: of the page's entries, or of others of their type."""
        return Listing(
            request,
            self.entries() if entries is None else entries,
            facets=self.facets(),
            period=self.period(),
            sorts=self.sorts,
            first=self.order_before(),
            per_page=self.per_page,
            counted=counted,
        )

    def prepare(self, entries: list[Any]) -> list[Any]:
        """Return the entries of one page of results, with what their cards need beside the query."""
        return entries

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `listing` and its `entries`."""
        context = super().get_context(request, *args, **kwargs)
        listing = self.make_listing(request)
        context["listing"] = listing
        context["entries"] = self.prepare(list(listing.page.object_list))
        context["some_french"] = any(entry.alias_of_id for entry in context["entries"])
        context["count_text"] = type(self).noun(listing.total)
        context["card_template"] = self.card_template
        context["has_map"] = self.has_map
        context["points_url"] = f"?{urlencode([*listing.parameters, ('points', '1')])}"
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, or with the map's points where the address says `points`."""
        if "points" in request.GET and self.has_map:
            return self.points(request)
        return super().serve(request, *args, **kwargs)

    def points(self, request: HttpRequest) -> JsonResponse:
        """Return the places of the list's results as JSON, the first `MOST_POINTS` of them."""
        found = self.make_listing(request, counted=False).found.exclude(latitude=None)[:MOST_POINTS]
        return JsonResponse({"points": [point_of(page, request) for page in found]})


def point_of(page: Any, request: HttpRequest | None = None) -> dict[str, Any]:
    """Return a page's place on the map."""
    return {
        "title": page.title,
        "url": page.get_url(request),
        "lat": page.latitude,
        "lon": page.longitude,
        "note": getattr(page, "place_note", ""),
    }

"""Index pages: a list with filters, order, pages and, where its entries have places, a map of the same results."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..languages.localization import is_french, stands_in
from ..models import LocatedMixin
from ..pages.address import whole_number
from .addresses import Address
from .filters import Facet, Period, chosen, count_options
from .ways_out import Part

# A map with more points than this is no help, and heavy on a telephone.
MOST_POINTS = 300
# Entries that are shown where filters leave nothing.
NEAREST = 3


class CountedPaginator(Paginator):
    """A paginator that is told the count, because the facets' query knows it already."""

    def __init__(self, objects: QuerySet[Any], per_page: int, count: int) -> None:
        super().__init__(objects, per_page)
        self.count = count


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
        self.per_page, self.queryset, self.first = per_page, queryset, first
        others = period.q() if period else Q()
        for facet in facets:
            facet.read(request.GET, facet.choices_in(queryset))
        self.order = (*(self.sorts[self.sort][1] if self.sort else ()), "pk")
        self.found = queryset.filter(chosen(facets, others)).order_by(*first, *self.order)
        if counted:
            self.total = count_options(facets, queryset, others)

    def _condition_without(self, parts: tuple[Part, ...]) -> Q:
        condition = Q()
        for part in self.chosen_parts:
            condition &= Q() if part in parts else part.q()
        return condition

    def count_without(self, sets: Sequence[tuple[Part, ...]]) -> list[int]:
        """Return how many results there are without each of these sets of filters, in one query."""
        conditions = [self._condition_without(parts) or Q(pk__isnull=False) for parts in sets]
        counts = self.queryset.order_by().aggregate(
            **{f"w{place}": Count("pk", filter=condition, distinct=True) for place, condition in enumerate(conditions)}
        )
        return [counts[f"w{place}"] for place in range(len(sets))]

    def nearest(self) -> QuerySet[Any]:
        """Return what comes nearest to filters that leave nothing: the first entries of the best way out."""
        way = next(iter(self.ways_out), None)
        if way is None:
            return self.queryset.none()
        order = [key for part in way.parts for key in part.nearest]
        found = self.queryset.filter(self._condition_without(way.parts))
        return found.order_by(*self.first, *order, *self.order)[:NEAREST]

    @cached_property
    def total(self) -> int:
        """How many results there are."""
        return self.found.count()

    @cached_property
    def page(self) -> ResultPage:
        """The page of results that the address asks for; an impossible number leads to the nearest page."""
        number = whole_number(self.request.GET.get("page", ""), digits=6) or 1
        return CountedPaginator(self.found, self.per_page, self.total).get_page(number)


class ListPageMixin:
    """An index page whose children are listed. Subclasses say which, with what filters and in what order."""

    per_page: ClassVar[int] = 12
    # What prints an entry, as `entry`; "" where the page's own template does.
    card_template: ClassVar[str] = "components/card.html"
    # What the list counts: a function of the count, with gettext's plural.
    noun: ClassVar[Any] = staticmethod(lambda count: _("results"))

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
        context["nearest"] = [] if listing.total else self.prepare(list(listing.nearest()))
        context["some_french"] = any(entry.alias_of_id for entry in [*context["entries"], *context["nearest"]])
        context["count_text"] = type(self).noun(listing.total)
        context["ways_out"] = [(way, type(self).noun(way.count)) for way in listing.ways_out]
        context["card_template"] = self.card_template
        context["has_map"] = self.has_map
        context["points_url"] = f"?{urlencode([*listing.parameters, ('points', '1')])}"
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with the page, with the map's points (`?points`), or with the number of results (`?total`).

        Where the dates are wrong, there is no number: it would promise what they do not filter.
        """
        if "points" in request.GET and self.has_map:
            return self.points(request)
        if "total" in request.GET:
            listing = self.make_listing(request, counted=False)
            wrong = listing.period and listing.period.errors
            return JsonResponse({"total": None if wrong else listing.total})
        return super().serve(request, *args, **kwargs)

    def points(self, request: HttpRequest) -> JsonResponse:
        """Return the places of the list's results as JSON, the first `MOST_POINTS` of them."""
        found = self.make_listing(request, counted=False).found.exclude(latitude=None)[:MOST_POINTS]
        return JsonResponse({"points": points_of(found, type(self).noun, request)})


def places(count: int) -> str:
    """Return how many pages of several types a pin has."""
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}


def points_of(
    pages: Iterable[Any], noun: Callable[[int], str] = places, request: HttpRequest | None = None
) -> list[dict[str, Any]]:
    """Return pages' places on the map. Those that share a pin say its name, which is short: "Blois: 10 placements"."""
    points = [(page, _point_of(page, request)) for page in pages]
    sharing = Counter((point["lat"], point["lon"]) for _page, point in points)
    for page, point in points:
        count = sharing[point["lat"], point["lon"]]
        if count > 1:
            where = getattr(page, "town", "") or getattr(page, "place_note", "") or page.title
            point["pin"] = where + str(_(": ")) + noun(count)
    return [point for _page, point in points]


def _point_of(page: Any, request: HttpRequest | None) -> dict[str, Any]:
    return {
        "title": page.title,
        "url": page.get_url(request),
        "lat": page.latitude,
        "lon": page.longitude,
        "note": getattr(page, "place_note", ""),
        "french_title": is_french(page.title, page),
        "stands_in": stands_in(page),
    }

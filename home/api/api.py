"""The API itself: one list and one record for each type, and the search.

Built with django-ninja, on which Wagtail builds its next API (RFC 115): types are the description, and OpenAPI 3.1
comes from them.
"""

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from ninja import NinjaAPI, Path, Query, Schema
from pydantic import Field, StringConstraints, create_model

from core.cache.until_changed import asked_once
from core.kinds.table import result_kinds
from core.languages.localization import reader_language
from core.links.permanent import CODE, french_of, in_language
from core.lists.filters import Facet
from core.models import PermanentLink
from core.pages.address import absolute
from core.pages.visibility import is_shown, shown
from core.web.last_modified import last_change, say_last_change
from search.engines.base import FRENCH
from search.finding import DEEPEST, Search
from search.finding import PER_PAGE as RESULTS_PER_PAGE

from . import limits, problems, schemas
from .dates import DatesAnswer, DatesQuery, answer_for
from .description import described
from .filters import EMPTY, LANGUAGE, PAGE, Day, check_names, check_period, joined, parameters
from .kinds import Resource, resources
from .paging import links_of, page_of_results
from .resources import host_data, host_id, hosts

Code = Annotated[str, StringConstraints(pattern=f"^{CODE}$")]
Words = Annotated[str, StringConstraints(max_length=200)]


def with_headers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give an answer what all have: its language, limits, and that caches ask again before they hand it out."""
    response.headers.setdefault("Content-Language", translation.get_language())
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    limits.add_limit(request, response)
    return response


class OpenApi(NinjaAPI):
    """Answers with the headers of `with_headers`, and describes itself with examples and problems."""

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """Render an answer with the headers that every answer of the API has."""
        return with_headers(request, super().create_response(request, data, **kwargs))

    def get_openapi_schema(self, **kwargs: Any) -> dict[str, Any]:
        """Return the description of the API (OpenAPI 3.1)."""
        with translation.override("en"):
            return described(super().get_openapi_schema(**kwargs))


api = OpenApi(
    title="Placements for health students in Loir-et-Cher",
    version="1.0.0",
    urls_namespace="api",
    docs_url=None,
    throttle=[limits.READING],
)
problems.register(api, with_headers)


class LanguageQuery(Schema):
    """What can be asked of a single record."""

    lang: LANGUAGE[0] = LANGUAGE[1]


def _respond(
    request: HttpRequest, response: HttpResponse, query: type[Schema], changed: dt.datetime | None = None
) -> str:
    """Check the parameters' names, date the answer, and return the language to answer in."""
    check_names(request, query)
    say_last_change(response, last_change(changed))
    return _language(request, response)


def _language(request: HttpRequest, response: HttpResponse) -> str:
    language = reader_language()
    response["Content-Language"] = language
    return language


# --- Lists of pages, and their records ----------------------------------------------------------------------------
def add(resource: Resource) -> None:
    """Add the list and the record of a type."""
    index_type = resource.index
    with translation.override("en"):
        query = parameters(
            resource.name.capitalize(),
            index_type.facets(),
            index_type.period(),
            index_type.sorts if len(index_type.sorts) > 1 else {},  # the only order is no choice
            **resource.more,
        )

    @api.get(
        f"/{resource.name}",
        response=schemas.page_of(resource.record),
        url_name=f"{resource.name}-list",
        operation_id=f"list_{resource.name}",
        summary=f"List of {resource.name}",
        description=resource.about,
        tags=[resource.name],
    )
    def list_of_records(request: HttpRequest, response: HttpResponse, filters: Query[query]) -> Any:
        language = _respond(request, response, query, resource.changed())
        with translation.override(language), asked_once():
            index = shown(index_type.objects.filter(locale__language_code=language)).first()
            if index is None:
                raise Http404(f"There is no list in the language “{language}”.")
            listing = index.make_listing(request, resource.entries(index) if resource.entries else None, counted=False)
            check_period(listing.period)
            found = resource.narrow(listing.found, filters)
            return page_of_results(request, response, found, filters, lambda pages: resource.records(pages, request))

    @api.get(
        f"/{resource.name}/{{code}}",
        response=resource.record,
        url_name=f"{resource.name}-record",
        operation_id=f"read_{resource.name}",
        summary=f"One {resource.label}",
        description=f"One {resource.label} by its `id`, the same in all languages.",
        tags=[resource.name],
    )
    def record(request: HttpRequest, response: HttpResponse, code: Path[Code], query: Query[LanguageQuery]) -> Any:
        language = _respond(request, response, LanguageQuery)
        link = PermanentLink.named(code, resource.page)
        french = french_of(link) if link else None
        if link and (french is None or not french.live):
            raise problems.Gone("This record was taken back.")
        if not is_shown(french):
            raise Http404(f"There is no {resource.label} with this id.")
        with translation.override(language), asked_once():
            page = in_language(french, language).specific
            return resource.records([page], request)[0]


for _resource in resources():
    add(_resource)


# --- Hosts ----------------------------------------------------------------------------------------------------------
HostsQuery = parameters("Hosts", [])


@api.get(
    "/hosts",
    response=schemas.page_of(schemas.Host),
    url_name="hosts-list",
    operation_id="list_hosts",
    summary="List of hosts",
    description="Hospitals, practices and services with a placement that is not over.",
    tags=["hosts"],
)
def list_of_hosts(request: HttpRequest, response: HttpResponse, filters: Query[HostsQuery]) -> Any:
    """Hosts have no page of their own on the site."""
    language = _respond(request, response, HostsQuery)
    with translation.override(language), asked_once():
        return page_of_results(request, response, hosts(), filters, lambda found: [host_data(host) for host in found])


@api.get(
    "/hosts/{code}",
    response=schemas.Host,
    url_name="hosts-record",
    operation_id="read_hosts",
    summary="One host",
    description="One host by its `id`, the same in all languages.",
    tags=["hosts"],
)
def host(request: HttpRequest, response: HttpResponse, code: Path[Code], query: Query[LanguageQuery]) -> Any:
    """A host, as long as it has a placement."""
    language = _respond(request, response, LanguageQuery)
    named = next((entry for entry in hosts() if host_id(entry).casefold() == code.casefold()), None)
    if named is None:
        raise Http404("There is no host with this id.")
    with translation.override(language), asked_once():
        return host_data(named)


# --- A student's own dates ------------------------------------------------------------------------------------------
@api.get(
    "/dates",
    response=DatesAnswer,
    url_name="dates",
    operation_id="dates",
    summary="My dates",
    description="What a student’s own days mean for an Erasmus+ grant, pay and a visa. Guidance, no decision.",
    tags=["dates"],
)
def dates(request: HttpRequest, response: HttpResponse, query: Query[DatesQuery]) -> Any:
    """The site's own form, asked by a program."""
    check_names(request, DatesQuery)
    # No date: the answer depends on today.
    language = _language(request, response)
    with translation.override(language), asked_once():
        return answer_for(request, query, language)


# --- Search -----------------------------------------------------------------------------------------------------------
def _search_query() -> type[Schema]:
    """Return the parameters of the search: the words, and the filters of all types."""
    by_name: dict[str, list[Facet]] = {}
    for kind in result_kinds().values():
        for facet in kind.facets():
            by_name.setdefault(facet.name, []).append(facet)
    types = Literal[(*result_kinds(), FRENCH, EMPTY)]
    sorts = dict.fromkeys(code for kind in result_kinds().values() for code in kind.sorts)
    orders = Literal[("relevance", *sorts, EMPTY)]
    fields: dict[str, Any] = {name: joined(facets) for name, facets in sorted(by_name.items())}
    fields |= {
        "q": (Words, Field("", description="Words, as somebody types them.")),
        "type": (types | None, Field(None, description="Results of this type only; `french`: not translated.")),
        "start": (
            Day,
            Field(None, alias="from", description="First day of the type’s period (ISO 8601)."),
        ),
        "end": (Day, Field(None, alias="to", description="Last day of the type’s period (ISO 8601).")),
        "sort": (orders | None, Field(None, description="Order of the type’s results; by default `relevance`.")),
        "page": PAGE,
        "lang": LANGUAGE,
    }
    return create_model("SearchQuery", __base__=Schema, **fields)


with translation.override("en"):
    SearchQuery = _search_query()


@api.get(
    "/search",
    response=schemas.SearchAnswer,
    url_name="search",
    operation_id="search",
    summary="Search",
    description="What the site’s search page finds, in the language of the answer, by that language’s rules.",
    tags=["search"],
    throttle=[limits.SEARCHING],
)
def search(request: HttpRequest, response: HttpResponse, filters: Query[SearchQuery]) -> Any:
    """The search page's own search."""
    check_names(request, SearchQuery)
    # No date: a search server hears of a change later than its date says.
    language = _language(request, response)
    with translation.override(language), asked_once():
        found = Search(request, language)
        check_period(found.period)
        results = found.results if found.kind else [*found.best, *(one for tab in found.groups for one in tab.results)]
        pages = max((min(found.total, DEEPEST) + RESULTS_PER_PAGE - 1) // RESULTS_PER_PAGE, 1)
        if filters.page > pages:
            raise Http404(f"There is no page {filters.page}: the last one is page {pages}.")
        return {
            "query": found.typed,
            "corrected": found.corrected,
            "loose": found.loose,
            "types": [
                {"type": {"code": code, "label": str(kind.label)}, "count": found.answer.kinds[code]}
                for code, kind in result_kinds().items()
                if code in found.answer.kinds
            ],
            "count": found.total if found.kind else found.everything.count + found.answer.french,
            "links": links_of(request, found.page.number, pages, response) if found.kind else None,
            "results": [
                {
                    "type": {"code": one.kind.code, "label": str(one.kind.label)},
                    "title": one.title,
                    "url": absolute(one.url),
                    "facts": [str(fact) for fact in one.facts],
                    "excerpt": "".join(text for text, _marked in one.excerpt),
                    "state": str(one.standing),
                    "in_french": one.french_title,
                }
                for one in results
            ],
        }

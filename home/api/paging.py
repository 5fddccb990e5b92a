"""Pages of results, with links to their neighbours in the answer and in its `Link` header (RFC 8288)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from .schemas import Links

PER_PAGE = 20
MOST_PER_PAGE = 100


def page_of_results(
    request: HttpRequest,
    response: HttpResponse,
    found: QuerySet[Any],
    asked: Any,
    build: Callable[[list[Any]], list[dict[str, Any]]],
) -> dict[str, Any]:
    """Return the page of a list that `asked` names (`page`, `per_page`), its entries as `build` makes records of them.

    Raises `Http404` beyond the last page.
    """
    count = found.count()
    pages = max((count + asked.per_page - 1) // asked.per_page, 1)
    if asked.page > pages:
        raise Http404(f"There is no page {asked.page}: the last one is page {pages}.")
    first = (asked.page - 1) * asked.per_page
    return {
        "count": count,
        "page": asked.page,
        "per_page": asked.per_page,
        "pages": pages,
        "links": links_of(request, asked.page, pages, response),
        "results": build(list(found[first : first + asked.per_page])),
    }


def links_of(request: HttpRequest, number: int, pages: int, response: HttpResponse) -> Links:
    """Return the neighbouring pages, and name them in the `Link` header too."""

    def address(page: int) -> str:
        kept = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
        query = urlencode([*kept, *([("page", page)] if page > 1 else [])])
        return f"{settings.SITE_URL}{request.path}{'?' if query else ''}{query}"

    links = Links(
        first=address(1),
        previous=address(number - 1) if number > 1 else None,
        next=address(number + 1) if number < pages else None,
        last=address(pages),
    )
    named = {"first": links.first, "prev": links.previous, "next": links.next, "last": links.last}
    response["Link"] = ", ".join(f'<{url}>; rel="{name}"' for name, url in named.items() if url)
    return links

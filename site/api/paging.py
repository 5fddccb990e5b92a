"""Pages of results, with links to their neighbours in the answer and in its `Link` header (RFC 8288)."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from .schemas import Links

PER_PAGE = 20
MOST_PER_PAGE = 100


def page_of_results(found: QuerySet[Any], number: int, per_page: int) -> tuple[list[Any], int, int]:
    """Return the entries of a page, the count of all, and the number of pages. Raises `Http404` beyond the last one."""
    count = found.count()
    pages = max((count + per_page - 1) // per_page, 1)
    if number > pages:
        raise Http404(f"There is no page {number}: the last one is page {pages}.")
    first = (number - 1) * per_page
    return list(found[first : first + per_page]), count, pages


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

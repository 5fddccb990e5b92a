"""What the API adds to the table of kinds: for each page type that it tells of, a `Resource` (see `records/`)."""

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from ninja import Schema

from core.kinds.table import add_record, kind_of, page_kinds, record_of
from core.models import BasePage
from core.pages.address import absolute
from core.pages.fetching import fetch_for

from .resources import Around, Data

EXAMPLES = Path(__file__).parent / "examples"


@cache
def example_of(name: str) -> Any:
    """Return an answer of a list, or of the search, as the description shows it; None where nobody wrote one."""
    path = EXAMPLES / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


@dataclass(frozen=True)
class Resource:
    """A list of pages that the API tells of.

    `children` are rows that a record prints, fetched together; `related` are pages that it names. `entries` are what
    the list holds, where that is more than the page of the site shows; `more` are further parameters, which `narrow`
    reads; `changed` is when the list last changed by itself.
    """

    name: str
    label: str
    page: type[BasePage]
    record: type[Schema]
    build: Callable[[Any, Around], Data]
    about: str
    children: tuple[str, ...] = ()
    related: Callable[[Any], Any] = lambda page: None
    entries: Callable[[Any], QuerySet[Any]] | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]] = lambda found, filters: found
    changed: Callable[[], dt.datetime | None] = lambda: None

    @property
    def index(self) -> Any:
        """The type of the list, whose filters the API has too."""
        kind = kind_of(self.page)
        return kind.index if kind else None

    @property
    def example(self) -> Any:
        """An answer of the list with one record."""
        return example_of(self.name)

    @property
    def address(self) -> str:
        """The whole address of the list."""
        return absolute(reverse(f"api:{self.name}-list"))

    @property
    def service(self) -> str:
        """The whole address of the API."""
        return absolute(reverse("api:api-root"))

    @property
    def description(self) -> str:
        """The whole address of the API's description."""
        return absolute(reverse("api:openapi-json"))

    def records(self, pages: list[Any], request: HttpRequest) -> list[Data]:
        """Return the records of pages; the number of queries does not grow with them."""
        prefetch_related_objects(pages, *self.children)
        fetch_for({"pages": pages})
        around = Around(pages, request, map(self.related, pages))
        return [self.build(page, around) for page in pages]


def tell(resource: Resource) -> None:
    """Let the API tell of a page type."""
    add_record(resource.page, resource)


def resources() -> list[Any]:
    """Return what the API tells of, in the order of kinds."""
    return [record for kind in page_kinds() if (record := record_of(kind.page))]

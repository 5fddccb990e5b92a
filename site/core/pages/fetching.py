"""Fetches in one go what the pages of a context print: rows of child relations, and files of pictures.

Lists, strips of cards and sections each bring pages; fetched one strip at a time they would cost a query each.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from wagtail.models import Page

from .sections import Section


def pages_in(value: Any) -> Iterator[Page]:
    """Yield the pages in a value of a template's context: a page, or a list, query or section of pages."""
    if isinstance(value, Page):
        yield value
    elif isinstance(value, list | tuple | QuerySet):
        for item in value:
            yield from pages_in(item)
    elif isinstance(value, Section):
        for item in value.context.values():
            yield from pages_in(item)


def fetch_for(context: dict[str, Any]) -> None:
    """Fetch what the context's pages print: `shown_children` by type, and the files of all pictures."""
    by_type: dict[type[Page], list[Page]] = defaultdict(list)
    for value in list(context.values()):
        for page in pages_in(value):
            by_type[type(page)].append(page)
    pictures = []
    for model, pages in by_type.items():
        prefetch_related_objects(pages, *getattr(model, "shown_children", ()))
        pictures += [page.picture for page in pages if getattr(page, "picture_id", None)]
    if pictures:
        prefetch_related_objects(pictures, "renditions")

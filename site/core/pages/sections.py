"""Sections that an upper app shows on a lower app's page: testimonials on an offer, for instance.

The lower app's template prints `sections`; it never names the upper app. Upper apps register in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from wagtail.models import Page

Provider = Callable[["Page", HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True)
class Section:
    """A template with its context, ready to be included."""

    template: str
    context: dict[str, Any]


_providers: dict[str, list[tuple[int, str, Provider]]] = {}


def register_section(page_label: str, template: str, provider: Provider, order: int = 100) -> None:
    """Show `template` on pages of type `page_label` ("territoire.InternshipOfferPage").

    `provider(page, request)` returns the template's context, or None to show nothing. Lower `order` stands higher.
    """
    entries = _providers.setdefault(page_label, [])
    if (template, provider) not in [(entry[1], entry[2]) for entry in entries]:
        entries.append((order, template, provider))
        entries.sort(key=lambda entry: entry[0])


def sections_of(page: "Page", request: HttpRequest) -> list[Section]:
    """Return the sections to show on `page`, in order."""
    found = ((template, provider(page, request)) for _order, template, provider in _providers.get(page._meta.label, []))
    return [Section(template, context) for template, context in found if context]

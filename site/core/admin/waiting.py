"""The editors' home in the admin: what is waiting for somebody. Apps register lines; upper apps add theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Notice:
    """Something to look at: what, why, and where to mend it ("" where the admin cannot)."""

    title: str
    reason: str
    edit_url: str


Provider = Callable[[HttpRequest], list[Notice]]
_providers: list[Provider] = []


def register_notices(provider: Provider) -> Provider:
    """Decorator: show what `provider(request)` returns on the editors' home."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def all_notices(request: HttpRequest) -> list[Notice]:
    """Return what waits, in the order of registration."""
    return [notice for provider in _providers for notice in provider(request)]


def edit_page_url(page: Any) -> str:
    """Return the admin's address of a page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])

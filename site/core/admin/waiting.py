"""The editors' home in the admin: what is waiting for somebody. Apps register lines; upper apps add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.admin.admin_url_finder import AdminURLFinder


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


def notices_of(request: HttpRequest, items: Iterable[tuple[Any, Any]]) -> list[Notice]:
    """Return a line for each page or record, given with the reason, that whoever asks may change; no other."""
    finder = AdminURLFinder(request.user)
    return [Notice(str(item), reason, address) for item, reason in items if (address := finder.get_edit_url(item))]

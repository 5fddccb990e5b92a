"""What others take of a page: feeds, calendars, frames. The page's type does not know them; upper modules register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import Page


@dataclass(frozen=True)
class Outlet:
    """Something that others take of a page.

    `icon` names a line drawing beside the link that readers see; "" is for machines. `code` is HTML to copy instead.
    """

    type: str
    url: str
    title: str
    icon: str = ""
    code: str = ""


Provider = Callable[[Any, str], list[Outlet]]
_providers: dict[str, Provider] = {}


def register_outlets(page_label: str, provider: Provider) -> None:
    """Let pages of a type ("territoire.EventIndexPage") be taken as `provider(page, query)` says.

    `query` are the filters of the list that is shown, as in its address, or "".
    """
    _providers[page_label] = provider


def outlets_of(page: "Page", query: str) -> list[Outlet]:
    """Return what others may take of a page, with the filters of its list."""
    provider = _providers.get(page._meta.label)
    return provider(page, query) if provider else []

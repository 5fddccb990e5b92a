"""What others take of a page: feeds, calendars, frames. The table of kinds names them for each page type."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..kinds.table import kind_of

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


def outlets_of(page: "Page", query: str) -> list[Outlet]:
    """Return what others may take of a page. `query` are the filters of its list, as in its address, or ""."""
    kind = kind_of(type(page))
    if kind is None:
        return []
    return (kind.outlets if type(page) is kind.page else kind.index_outlets)(page, query)

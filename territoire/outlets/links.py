"""What others take of lists and pages: feeds, calendars, frames, oEmbed, each with the list's filters."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.languages.localization import reader_language
from core.models import BasePage
from core.pages.address import absolute
from core.pages.outlets import Outlet

# Of an embedded list, in CSS pixels: what stands around the entries, and one entry on a narrow column.
FRAME_HEIGHT, ENTRY_HEIGHT = 100, 215
# Offers in an embedded list that says no number.
ENTRIES = 3


def frame_height(entries: int) -> int:
    """Return how high a frame with so many entries is, in CSS pixels."""
    return FRAME_HEIGHT + ENTRY_HEIGHT * entries


def frame(query: str, title: str, height: int) -> SafeString:
    """Return the HTML by which another site shows the offers of a list's filters, in the reader's language."""
    address = absolute(reverse("offers-embed"))
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" style="border:0" loading="lazy"></iframe>',
        f"{address}?{query}" if query else address,
        title,
        height,
    )


def oembed_link(page: BasePage, query: str) -> Outlet:
    """Return the discovery link by which a page's address becomes a frame (https://oembed.com, section 4)."""
    address = f"{page.full_url}?{query}" if query else page.full_url
    asked = urlencode({"url": address, "format": "json"})
    return Outlet("application/json+oembed", absolute(f"{reverse('oembed')}?{asked}"), page.title)


def _feed(name: str, query: str) -> str:
    address = absolute(reverse(name, kwargs={"language": reader_language()}))
    return f"{address}?{query}" if query else address


def of_offers(page: BasePage, query: str) -> list[Outlet]:
    """Return the feed and the calendar of the offers that a list shows, and its frame."""
    code = frame(query, page.title, frame_height(ENTRIES))
    return [
        Outlet("application/atom+xml", _feed("offers-atom", query), _("New placements of this list (Atom)"), "feed"),
        Outlet(
            "text/calendar",
            _feed("deadlines-calendar", query),
            _("Deadlines of this list (calendar)"),
            "calendar",
        ),
        Outlet("text/html", "", _("Show this list on your own site"), code=code),
        oembed_link(page, query),
    ]


def of_events(page: BasePage, query: str) -> list[Outlet]:
    """Return the calendar of the events that a list shows."""
    return [Outlet("text/calendar", _feed("events-calendar", query), _("These events (calendar)"), "calendar")]


def only_frame(page: BasePage, query: str) -> list[Outlet]:
    """Return the frame of a page that is no list."""
    return [oembed_link(page, "")]

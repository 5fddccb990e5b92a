"""Events, and the days on which requests for placements close, as calendars to subscribe to (RFC 5545)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, Timezone, vDuration

from core.cache.until_changed import asked_once
from core.languages.localization import locales
from core.languages.typography import printable
from core.models import BasePage
from core.web.last_modified import last_change, say_last_change

from ..choices import EventMode
from ..models import EventIndexPage, EventPage, InternshipOfferPage, OfferIndexPage
from ..models.event import last_ended
from ..offer_facts.room import room_text
from ..offer_facts.wording import (
    by_framework_text,
    dates_text,
    fictional_text,
    framework_name,
    in_a_line,
    languages_text,
    specialty_text,
    title_text,
    town_text,
    weeks_text,
)
from .share_kit import followed, title_of

# How often a calendar looks for news.
REFRESH = dt.timedelta(hours=12)
CHUNK = 500
PARIS = ZoneInfo("Europe/Paris")
# The time of Paris since 1996 (directive 2000/84/EC): the hours are those on the clock before it changes.
PARIS_TIME = Timezone.from_ical(
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n"
    "BEGIN:DAYLIGHT\r\nTZNAME:CEST\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nTZNAME:CET\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
)


@require_safe
def events_calendar(request: HttpRequest, language: str) -> StreamingHttpResponse:
    """Coming events, with the filters of their list."""
    return _answer(request, language, EventIndexPage, _event, last_change(last_ended()))


@require_safe
def deadlines_calendar(request: HttpRequest, language: str) -> StreamingHttpResponse:
    """The days on which frameworks of open placements close, with the filters of the list."""
    return _answer(request, language, OfferIndexPage, _deadlines, last_change(), places_left__gt=0)


def _answer(
    request: HttpRequest, language: str, model: type[BasePage], entry: Any, changed: dt.datetime, **only: Any
) -> StreamingHttpResponse:
    if language not in locales():
        raise Http404
    with translation.override(language):
        index, listing = followed(model, request)
        title = title_of(index, listing)
    lines = _lines(title, listing.found.filter(**only), entry, request, language)
    response = StreamingHttpResponse(lines, content_type="text/calendar; charset=utf-8")
    response["Content-Language"] = language
    say_last_change(response, changed)
    return response


def _lines(title: str, pages: Any, entry: Any, request: HttpRequest, language: str) -> Iterator[bytes]:
    """Yield a calendar piece by piece: one with thousands of entries is never whole in memory."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", PARIS.key)
    # The same twice: of RFC 7986, and the one that Outlook reads.
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    # Hours are those of Paris, and a calendar without an entry needs a component all the same (RFC 5545, 3.4).
    calendar.add_component(PARIS_TIME)
    head, tail = calendar.to_ical().split(b"END:VCALENDAR")
    yield head
    # Each piece is asked for on its own, outside of whatever was active before.
    together = pages.defer_streamfields().prefetch_related(*pages.model.shown_children)
    for chunk in _chunks(together.iterator(chunk_size=CHUNK)):
        with translation.override(language), asked_once():
            text = b"".join(event.to_ical() for page in chunk for event in entry(page, request))
        yield text
    yield b"END:VCALENDAR" + tail


def _chunks(pages: Iterable[Any]) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for page in pages:
        chunk.append(page)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _entry(page: BasePage, request: HttpRequest, what: str) -> Event:
    """Return what events and deadlines share; `what` tells two entries of one page apart."""
    event = Event()
    event.add("uid", f"{what}-{page.translation_key}@{urlsplit(settings.SITE_URL).hostname}")
    changed = max(filter(None, (page.last_published_at, getattr(page, "computed_at", None))), default=timezone.now())
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("url", page.get_full_url(request))
    if page.has_coordinates:
        event.add("geo", (page.latitude, page.longitude))
    return event


def _noted(page: BasePage, *lines: str) -> str:
    return printable("\n".join(line for line in (fictional_text(page), *lines, page.description) if line))


def _event(page: EventPage, request: HttpRequest) -> Iterator[Event]:
    event = _entry(page, request, "event")
    event.add("summary", printable(title_text(page)))
    event.add("description", _noted(page))
    event.add("dtstart", page.start.astimezone(PARIS))
    event.add("dtend", page.end.astimezone(PARIS))
    if where := page.venue or (str(EventMode.ONLINE.label) if page.mode == EventMode.ONLINE else ""):
        event.add("location", printable(where))
    event.add("categories", [str(page.get_kind_display())])
    yield event


def _deadlines(offer: InternshipOfferPage, request: HttpRequest) -> Iterator[Event]:
    """Yield a day for each framework that is open still, of those that are asked for: each keeps its name for ever."""
    asked = set(request.GET.getlist("framework"))
    facts = in_a_line(offer, specialty_text, town_text, dates_text, weeks_text, languages_text, room_text)
    for framework, day in offer.open_deadlines:
        if asked and framework not in asked:
            continue
        event = _entry(offer, request, f"deadline-{framework}")
        summary = _("Last day for requests: %(offer)s") % {"offer": printable(title_text(offer))}
        if len(offer.framework_codes) > 1:
            summary += f" ({framework_name(framework)})"
        event.add("summary", summary)
        unsure = _("Not yet confirmed by the university: ask it.") if framework in offer.unconfirmed else ""
        event.add("description", _noted(offer, unsure, facts, by_framework_text(offer)))
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("location", offer.town)
        event.add("transp", "TRANSPARENT")
        yield event

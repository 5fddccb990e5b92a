"""What the API tells of events."""

import datetime as dt
from typing import Literal

from pydantic import Field

from territoire.models import EventPage
from territoire.models.event import last_ended

from ..kinds import Resource, tell
from ..resources import Around, Data, all_chosen, chosen, page_data, plain
from ..schemas import Choice, LocatedRecord


class Event(LocatedRecord):
    """A day or an hour to meet."""

    kind: Choice
    mode: Choice
    start: dt.datetime
    end: dt.datetime
    venue: str
    audience: list[Choice]
    languages: list[Choice]
    registration_required: bool
    capacity: int | None


def event_data(page: EventPage, around: Around) -> Data:
    """What the API tells of an event."""
    return {
        **page_data("events", page, around),
        **{name: chosen(page, name) for name in ("kind", "mode")},
        **{name: all_chosen(page, name) for name in ("audience", "languages")},
        **plain(page, "start", "end", "venue", "registration_required", "capacity"),
    }


tell(
    Resource(
        "events",
        "event",
        EventPage,
        Event,
        event_data,
        "Coming events, or past ones with `when=past`.",
        changed=last_ended,
        more={"when": (Literal["past", ""] | None, Field(None, description="Past events, the last one first."))},
    )
)

"""The part `evenements` of a territory file."""

import datetime as dt
from typing import Any

from django.utils import timezone
from pydantic import Field

from core.fields.choices import SpokenLanguage
from core.loading.body import paragraphs
from core.loading.schema import Latitude, Longitude, Record, Reference, Texts, code_of
from core.loading.sections import Context

from .. import choices
from ..models import (
    EventPage,
)
from .common import Found, TerritoryPages


class EventRecord(Record):
    """One entry of `evenements` in a territory file."""

    id: Reference
    fictif: bool
    titre: Texts
    resume: Texts
    description: Texts
    type: code_of(choices.EventType)
    mode: code_of(choices.EventMode)
    lieu: str | None
    latitude: Latitude | None
    longitude: Longitude | None
    debut: str
    fin: str
    public: list[code_of(choices.Audience)] = Field(min_length=1)
    langues: list[code_of(SpokenLanguage)] = Field(min_length=1)
    inscription_obligatoire: bool
    places: int | None


class Events(TerritoryPages):
    """Loads the events of a territory file."""

    key, schema, model, parent_id = "evenements", EventRecord, EventPage, "evenements"

    def check(self, record: EventRecord, context: Context) -> Found:
        """Times are ISO 8601 with an offset, and in order."""
        moments = []
        for name in ("debut", "fin"):
            try:
                moment = dt.datetime.fromisoformat(getattr(record, name))
            except ValueError:
                yield name, f"{getattr(record, name)!r} is not a time such as 2027-01-14T18:00:00+01:00"
                continue
            if moment.tzinfo is None:
                yield name, "has no time zone, such as +01:00"
                continue
            moments.append(moment)
        if len(moments) == 2 and moments[1] <= moments[0]:
            yield "fin", "comes before the beginning"

    def values(self, record: EventRecord, context: Context) -> dict[str, Any]:
        """Map the record to the model."""
        return self.common(record, context) | {
            "kind": record.type,
            "mode": record.mode,
            "start": self._moment(record.debut, context),
            "end": self._moment(record.fin, context),
            "venue": record.lieu or "",
            "latitude": record.latitude,
            "longitude": record.longitude,
            "audience": record.public,
            "languages": record.langues,
            "registration_required": record.inscription_obligatoire,
            "capacity": record.places,
            "body": paragraphs(record.description),
        }

    @staticmethod
    def _moment(text: str, context: Context) -> dt.datetime:
        """Shift by days on the wall clock: an evening stays an evening when summer time has begun earlier or later."""
        local = timezone.localtime(dt.datetime.fromisoformat(text))
        return timezone.make_aware(local.replace(tzinfo=None) + context.shift)

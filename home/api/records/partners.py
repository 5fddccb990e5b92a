"""What the API tells of partner universities."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from territoire.models import PartnerUniversityPage, RecognitionSheet

from ..kinds import Resource, tell
from ..resources import Around, Data, all_chosen, choice, chosen, page_data, plain
from ..schemas import Choice, PageRecord


class RecognitionLine(Schema):
    """For one purpose, the kinds of host that qualify and those to ask about; all others do not qualify."""

    purpose: str
    qualify: list[Choice]
    to_ask: list[Choice]
    condition: str


class Recognition(Schema):
    """What this faculty, or its country, asks of the host before it recognises a placement. Empty: not known."""

    students: str = Field(description="For whom it is, in words.")
    country: str = Field(description="ISO 3166-1 alpha-2.")
    fields: list[Choice]
    answers: list[RecognitionLine]
    hosts: str
    forms: str
    signature: str
    duration: str
    language: str
    source: str
    source_url: str
    checked_on: dt.date


class Partner(PageRecord):
    """A university whose students may come."""

    country: Choice
    city: str
    website: str
    erasmus_code: str
    schac: str
    pic: str
    ror: str
    link: Choice
    fields: list[Choice]
    recognition: Recognition | None = Field(description="Null where nobody has checked what is asked.")


def recognition_data(sheet: RecognitionSheet | None) -> Data | None:
    """What the API tells of a sheet."""
    if sheet is None:
        return None
    kinds = [
        {
            "purpose": row.purpose,
            "qualify": [choice(kind, kind.label) for kind in row.qualify],
            "to_ask": [choice(kind, kind.label) for kind in row.to_ask],
            "condition": row.condition,
        }
        for row in sheet.rows
    ]
    texts = ("students", "country", "hosts", "forms", "signature", "duration", "language")
    return {
        **plain(sheet, *texts, "source", "source_url", "checked_on"),
        "fields": all_chosen(sheet, "fields"),
        "answers": kinds,
    }


def partner_data(page: PartnerUniversityPage, around: Around) -> Data:
    """What the API tells of a partner university."""
    return {
        **page_data("partners", page, around),
        "country": choice(page.country, page.country_name),
        **plain(page, "city", "website", "erasmus_code", "schac", "pic", "ror"),
        "link": chosen(page, "link"),
        "fields": all_chosen(page, "fields"),
        "recognition": recognition_data(page.recognition_sheet),
    }


tell(
    Resource(
        "partners",
        "partner university",
        PartnerUniversityPage,
        Partner,
        partner_data,
        "Universities whose students may come.",
    )
)

"""What the API tells of partner universities."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from core.fields.choices import SpokenLanguage
from territoire.choices import CareAsked, Confirmation, HostType, StudyLevel
from territoire.models import PartnerUniversityPage, RecognitionSheet
from territoire.models.recognition import Row

from ..kinds import Resource, tell
from ..resources import Around, Data, all_chosen, choice, chosen, page_data, plain
from ..schemas import Choice, PageRecord


class RecognitionLine(Schema):
    """For one purpose, what is asked; kinds of host in neither list do not qualify. Empty: nothing is asked there."""

    purpose: str
    qualify: list[Choice]
    to_ask: list[Choice]
    levels: list[Choice]
    weeks: int | None = Field(description="Fewest weeks in one place.")
    care: Choice | None
    french: str = Field(description="CEFR level.")
    languages: list[Choice] = Field(description="Supervision in one of them is enough (ISO 639-1).")
    confirmation: Choice | None = Field(description="Who in France has to confirm it.")
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
    texts = ("students", "country", "hosts", "forms", "signature", "duration", "language")
    return {
        **plain(sheet, *texts, "source", "source_url", "checked_on"),
        "fields": all_chosen(sheet, "fields"),
        "answers": [row_data(row) for row in sheet.rows],
    }


def row_data(row: Row) -> Data:
    """What the API tells of one purpose of a sheet."""
    asked = row.asked
    return {
        "purpose": row.purpose,
        "qualify": [choice(code, HostType(code).label) for code in asked.qualify],
        "to_ask": [choice(code, HostType(code).label) for code in asked.to_ask],
        "levels": [choice(code, StudyLevel(code).label) for code in asked.levels],
        "weeks": asked.weeks,
        "care": choice(asked.care, CareAsked(asked.care).label) if asked.care else None,
        "french": asked.french,
        "languages": [choice(code, SpokenLanguage(code).label) for code in asked.languages],
        "confirmation": choice(asked.confirmation, Confirmation(asked.confirmation).label)
        if asked.confirmation
        else None,
        "condition": row.condition,
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

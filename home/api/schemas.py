"""What the API answers. Names are those of the filters and of the fields of a Learning Agreement."""

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from territoire.offer_facts import types
from territoire.offer_facts.table import FACTS, OfferFact
from territoire.rules.windows import Requests


class Choice(Schema):
    """A stable code with its label in the language of the answer."""

    code: str
    label: str


class Coordinates(Schema):
    """A place, in degrees (WGS 84)."""

    latitude: float
    longitude: float


class Picture(Schema):
    """A picture with all that its use asks for."""

    url: str
    width: int
    height: int
    alt: str
    credit: str
    licence: Choice


class Related(Schema):
    """Another record of the API."""

    id: str
    title: str
    api_url: str


class Level(Schema):
    """A level of a language (CEFR), and what it means."""

    level: str
    sentence: str


class Record(Schema):
    """What all records have. `fictional` ones are invented for the demo: `notice` says so and belongs beside them."""

    id: str = Field(description="Permanent; it names the record in every language and for ever.")
    title: str
    api_url: str
    fictional: bool
    notice: str | None = None


class PageRecord(Record):
    """A page of the site."""

    language: str = Field(description="The language in which the texts are written (ISO 639-1).")
    translation: str = Field(
        description="`complete`, `partial` (some texts are still French) or `none` (all of it is French)."
    )
    url: str
    permanent_url: str | None = Field(description="Leads to the page for ever, in each reader’s language.")
    summary: str
    text: list[str] = Field(description="The page’s text in paragraphs, without marks.")
    picture: Picture | None = None
    published: dt.datetime | None
    modified: dt.datetime | None


class LocatedRecord(PageRecord):
    """A page with a place."""

    coordinates: Coordinates | None = None


class FrameworkDay(Schema):
    """From when and until when one may ask under a framework. Whether a place is left says the offer’s own `state`."""

    framework: Choice
    deadline: dt.date | None = Field(description="Last day for requests under this framework.")
    opens: dt.date | None = Field(
        description="First day of the nominations of the university that signs; null where it takes none, or the day "
        "is not known."
    )
    confirmed: bool = Field(
        description="False: `opens` and `deadline` rest on the university’s days of an earlier year, or on none. Ask "
        "it."
    )
    state: Requests = Field(
        description="Today: `not_yet_open` (`opens` is to come: nominate no earlier), `open`, or `closed` (`deadline` "
        "has passed)."
    )
    open: bool = Field(description="Not closed: `deadline` has not passed. True too of `not_yet_open`; see `state`.")


class FrameworkLine(FrameworkDay):
    """Under which agreement a student may come, who signs it, and what the student may then do."""

    signing_university: str | None
    participation: Choice
    french_citizens: bool | None = Field(
        description="Whether French citizens enrolled abroad may come under it; null: they have to ask."
    )
    legal_basis: str | None = Field(description="What lets the student take part in care, where it is said.")


class SupportLine(Schema):
    """Money, or what replaces it."""

    kind: Choice
    aid: str | None = Field(description="The aid that it is, whose record says more.")
    amount: float | None = Field(description="Euros.")
    period: Choice | None = Field(description="What the amount is counted for.")
    conditions: str | None = Field(description="Who gets it and when; what to say with it: not everybody gets it.")
    basis: str | None = Field(description="The text or decision on which it rests, in French.")


class PaperLine(Schema):
    """A paper to prepare. What is null is not known."""

    id: str
    name: str
    issuer: str | None
    to_do: str | None = Field(description="What to do, and who gets the proof.")
    days_needed: int | None = Field(
        description="How many days before the offer’s `start_date` to begin. Where a rule says months or weeks, they "
        "are counted back from that day on the calendar, as `/dates` does from the student’s own first day."
    )
    time_text: str = Field(description="How long it takes, or how long before the first day, in words.")
    expires: bool | None
    months_valid: int | None
    citizens: Choice | None = Field(description="Whose citizens alone need it; null for everybody.")
    long_stay_only: bool
    source: str | None
    source_url: str | None
    checked_on: dt.date | None


class Room(Schema):
    """The room of an offer: whether one is reserved, and what it costs."""

    reserved: bool
    free: bool = Field(description="The student pays no rent.")
    monthly_rent: int | None = Field(description="Euros; null where no room is reserved, or its rent is not known.")
    charges_included: bool | None
    text: str = Field(description="The same in words, in the language of the answer.")


# What an offer's record says in an object of its own, by the fact's name.
OWN: dict[str, Any] = {
    "specialty": Choice,
    "eqf": list[int],
    "frameworks": list[FrameworkLine],
    "host": Related,
    "housing": Related | None,
    "room": Room,
    "papers": list[PaperLine],
    "pay_conditions": str | None,
    "supports": list[SupportLine],
    "objectives": list[str],
    "learning_agreements": dict[str, str],
    "traineeship_certificates": dict[str, str],
    "learning_agreement_fields": dict[str, str],
}


def told_as(fact: OfferFact) -> Any:
    """Return the type under which the API tells a fact of an offer."""
    if fact.name in OWN:
        return OWN[fact.name]
    kind: Any
    match fact.type:
        case types.Codes():
            return list[Choice]
        case types.Code():
            kind = Choice
        case types.Level():
            kind = Level
        case types.Day():
            kind = dt.date
        case types.Whole() | types.Weeks():
            kind = int
        case types.Amount():
            kind = float
        case types.YesNo():
            kind = bool
        case types.Text():
            kind = str
        case _:
            raise TypeError(f"{fact.name}: {fact.type} has no form in the API")
    return kind | None if fact.type.optional else kind


OFFER_FACTS = [fact for fact in FACTS if fact.api]
_offer_fields: dict[str, Any] = {
    fact.name: (told_as(fact), Field(description=fact.about or None)) for fact in OFFER_FACTS
}
Offer = create_model(
    "Offer",
    __base__=LocatedRecord,
    __doc__="An internship offer. `id` is its permanent reference.",
    __module__=__name__,
    **_offer_fields,
)


class Host(Record):
    """A hospital, practice or service that receives students: the receiving organisation of a Learning Agreement."""

    kind: Choice
    size: Choice
    address: str
    postcode: str
    town: str
    website: str
    access: str
    presentation: str
    coordinates: Coordinates | None = None


class Links(Schema):
    """The neighbouring pages of results; null where there is none."""

    first: str
    previous: str | None
    next: str | None
    last: str


class PageOfResults(Schema):
    """One page of a list."""

    count: int = Field(description="How many results there are in all.")
    page: int
    per_page: int
    pages: int
    links: Links


def page_of(record: type[Schema]) -> type[PageOfResults]:
    """Return the schema of a page of records."""
    namespace: dict[str, Any] = {
        "__annotations__": {"results": list[record]},
        "__doc__": f"A page of records of type {record.__name__}.",
        "__module__": __name__,
    }
    return type(f"{record.__name__}List", (PageOfResults,), namespace)


class SearchResult(Schema):
    """A page that was found."""

    type: Choice
    title: str
    url: str
    facts: list[str]
    excerpt: str
    state: str = Field(description="Empty, or what is to be known first: full, closed, over.")
    in_french: bool


class SearchCount(Schema):
    """How many results there are of a type."""

    type: Choice
    count: int


class SearchAnswer(Schema):
    """What was found. Without `type` the best results of all types, with it one page of that type."""

    query: str
    corrected: str = Field(description="What was searched instead, where nothing answers the words as typed.")
    loose: bool = Field(description="Results answer some of the words only.")
    types: list[SearchCount]
    count: int = Field(description="How many results there are in all, or of the type that was asked for.")
    links: Links | None = Field(description="Pages of results; null without `type`.")
    results: list[SearchResult]

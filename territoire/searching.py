"""By what words the territory's pages are found, and what stands under their titles in the results."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from core.languages.dates import interval, month_and_year, months_between
from core.languages.localization import localized, localized_all, source_locale

from .models import (
    AidPage,
    EventPage,
    FactsheetPage,
    HousingPage,
    InternshipOfferPage,
    PartnerUniversityPage,
    Rule,
    RulesPage,
)
from .offer_facts.room import rent_text, room_text
from .offer_facts.wording import (
    asking_text,
    by_framework_text,
    closed_text,
    dates_text,
    languages_text,
    said,
    town_text,
)


def words_of_offer(offer: InternshipOfferPage) -> Iterator[Any]:
    """Specialty, place, host, supervisor if agreed, fields, months, languages, and the names of what is offered."""
    yield offer.reference
    yield localized(offer.specialty).name
    yield offer.town
    yield from offer.get_open_fields_labels()
    yield offer.get_kind_display()
    host = localized(offer.host)
    yield host.name
    yield host.get_kind_display()
    if offer.named_supervisor:
        yield offer.named_supervisor.name
    yield languages_text(offer)
    yield from offer.get_supervision_languages_labels()
    yield from map(month_and_year, months_between(offer.start_date, offer.end_date))
    yield from offer.get_framework_codes_labels()
    yield from offer.get_participation_codes_labels()


def facts_of_offer(offer: InternshipOfferPage) -> Iterator[Any]:
    """Where, when, the languages needed, the room with its rent, and until when one may ask, if one may."""
    yield from said(offer, town_text, dates_text, languages_text, room_text)
    if not closed_text(offer):
        yield asking_text(offer)
        yield by_framework_text(offer)


def words_of_room(room: HousingPage) -> Iterator[Any]:
    """What kind of room, and where."""
    yield room.get_kind_display()
    yield room.town


def facts_of_room(room: HousingPage) -> Iterator[Any]:
    """Where, and for how much."""
    yield room.town
    yield rent_text(room)


def words_of_aid(aid: AidPage) -> Iterator[Any]:
    """For whom it is, and the law that it rests on."""
    yield aid.get_kind_display()
    yield from aid.open_to
    yield aid.basis


def facts_of_aid(aid: AidPage) -> Iterator[Any]:
    """Who gives it, and how much."""
    yield aid.giver
    yield aid.amount_text or aid.amount_note


def words_of_university(university: PartnerUniversityPage) -> Iterator[Any]:
    """Where it is, what is taught, how it is linked."""
    yield university.city
    yield university.country_name
    yield from university.get_fields_labels()
    yield university.get_link_display()
    yield university.erasmus_code


def words_of_factsheet(page: FactsheetPage) -> Iterator[Any]:
    """The headings, and the university with its code."""
    if page.university:
        yield page.university.name
        yield page.university.erasmus_code
        yield page.university.town
    for row in page.rows:
        yield row.get_heading_display()


def words_of_event(event: EventPage) -> Iterator[Any]:
    """What kind of event, and where."""
    yield event.get_kind_display()
    yield event.venue


def facts_of_event(event: EventPage) -> Iterator[Any]:
    """Return when and where an event is, as a line under its title."""
    yield interval(timezone.localdate(event.start), timezone.localdate(event.end))
    yield event.venue


def words_of_rules(page: RulesPage) -> Iterator[Any]:
    """The titles of all rules, and their sentences with the numbers that hold today."""
    for rule in localized_all(Rule.objects.filter(locale=source_locale())):
        yield rule.title
        yield rule.statement_text

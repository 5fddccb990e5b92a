"""How the territory's pages are found: the names and labels of their facts, and the filters of their lists."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.kinds.searchable import Kind, Standing, register_searchable
from core.languages.dates import interval, month_and_year, months_between
from core.languages.localization import localized
from core.lists.filters import Period

from .models import EventPage, HousingPage, InternshipOfferPage, PartnerUniversityPage, StrengthPage
from .models.event import between, event_facets
from .models.housing import free_during, housing_facets
from .models.offer_index import fits_between, offer_facets
from .models.strength import strength_facets
from .models.university import partner_facets
from .offer_facts.room import rent_text, room_text
from .offer_facts.wording import asking_text, dates_text, languages_text, said, town_text
from .rules.states import OfferState


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
    """Where, when, the languages needed, the room with its rent, and until when one may ask."""
    yield from said(offer, town_text, dates_text, languages_text, room_text, asking_text)


def words_of_room(room: HousingPage) -> Iterator[Any]:
    """What kind of room, and where."""
    yield room.get_kind_display()
    yield room.town


def words_of_university(university: PartnerUniversityPage) -> Iterator[Any]:
    """Where it is, what is taught, how it is linked."""
    yield university.city
    yield university.country_name
    yield from university.get_fields_labels()
    yield university.get_link_display()
    yield university.erasmus_code


def words_of_event(event: EventPage) -> Iterator[Any]:
    """What kind of event, and where."""
    yield event.get_kind_display()
    yield event.venue


def facts_of_event(event: EventPage) -> Iterator[Any]:
    """Return when and where an event is, as a line under its title."""
    yield interval(timezone.localdate(event.start), timezone.localdate(event.end))
    yield event.venue


OFFERS = Kind(
    "offers",
    _("Placements"),
    order=10,
    facets=offer_facets,
    period=lambda: Period(fits_between, _("I am free")),
    columns={
        "starts": "start_date",
        "closes": "deadline",
        "gone_after": "end_date",
        "latest_start": "latest_start",
        "earliest_end": "earliest_end",
        "min_weeks": "min_weeks",
    },
    filled=Q(places_left=0),
    sorts={"start": (_("First day"), "starts"), "deadline": (_("Requests until"), "closes")},
    standings={Standing.FILLED: OfferState.FILLED.label, Standing.CLOSED: OfferState.CLOSED.label},
    weight=1.2,  # what most visitors look for
)
HOUSING = Kind(
    "housing",
    _("Rooms and houses"),
    order=20,
    facets=housing_facets,
    period=lambda: Period(free_during),
    columns={"starts": "available_from", "ends": "available_until"},
)
UNIVERSITIES = Kind("universities", _("Partner universities"), order=50, facets=partner_facets)
STRENGTHS = Kind("strengths", _("The area"), order=30, facets=strength_facets)
EVENTS = Kind(
    "events",
    _("Events"),
    order=60,
    facets=event_facets,
    period=lambda: Period(between),
    columns={"starts": "start__date", "ends": "end__date", "closes": "end__date"},
    sorts={"start": (_("Date"), "starts")},
    standings={Standing.CLOSED: _("Over")},
)

register_searchable(OFFERS, InternshipOfferPage, words_of_offer, facts_of_offer)
register_searchable(HOUSING, HousingPage, words_of_room, lambda room: [room.town, rent_text(room)])
register_searchable(STRENGTHS, StrengthPage, lambda page: [page.get_theme_display()])
register_searchable(
    UNIVERSITIES, PartnerUniversityPage, words_of_university, lambda page: [page.city, page.country_name]
)
register_searchable(EVENTS, EventPage, words_of_event, facts_of_event)

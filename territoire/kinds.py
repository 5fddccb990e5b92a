"""The territory's entries in the table of kinds, one a page type."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.kinds.searchable import PAGES, ResultKind, Standing
from core.kinds.table import PageKind, register
from core.web.structured_data import article

from . import searching, structured
from .loading import aids, events, factsheets, housing, offers, strengths, universities
from .models import (
    AidIndexPage,
    AidPage,
    EventIndexPage,
    EventPage,
    FactsheetPage,
    HousingIndexPage,
    HousingPage,
    InternshipOfferPage,
    OfferIndexPage,
    PartnerIndexPage,
    PartnerUniversityPage,
    RulesPage,
    StrengthIndexPage,
    StrengthPage,
)
from .outlets import links
from .rules.states import OfferState

register(
    PageKind(
        page=InternshipOfferPage,
        index=OfferIndexPage,
        order=10,
        search=ResultKind(
            "offers",
            _("Placements"),
            OfferIndexPage,
            columns={
                "starts": "start_date",
                "closes": "last_deadline",
                "due": "next_deadline",
                "gone_after": "end_date",
                "latest_start": "latest_start",
                "earliest_end": "earliest_end",
                "min_weeks": "min_weeks",
            },
            filled=Q(places_left=0),
            standings={Standing.FILLED: OfferState.FILLED.label, Standing.CLOSED: OfferState.CLOSED.label},
            weight=1.2,  # what most visitors look for
        ),
        words=searching.words_of_offer,
        facts=searching.facts_of_offer,
        structured=structured.offer_data,
        outlets=links.only_frame,
        index_outlets=links.of_offers,
        section=offers.Offers,
        reference="offres",
        shortcut=True,
    ),
    PageKind(
        page=HousingPage,
        index=HousingIndexPage,
        order=20,
        search=ResultKind(
            "housing",
            _("Rooms and houses"),
            HousingIndexPage,
            columns={"starts": "available_from", "ends": "available_until"},
        ),
        words=searching.words_of_room,
        facts=searching.facts_of_room,
        structured=structured.housing_data,
        section=housing.Housing,
        reference="logements",
        shortcut=True,
    ),
    PageKind(
        page=StrengthPage,
        index=StrengthIndexPage,
        order=30,
        search=ResultKind("strengths", _("The area"), StrengthIndexPage),
        words=lambda page: [page.get_theme_display()],
        structured=structured.strength_data,
        section=strengths.Strengths,
        reference="territoire",
        shortcut=True,
    ),
    PageKind(
        page=PartnerUniversityPage,
        index=PartnerIndexPage,
        order=50,
        search=ResultKind("universities", _("Partner universities"), PartnerIndexPage),
        words=searching.words_of_university,
        facts=lambda page: [page.city, page.country_name],
        structured=structured.university_data,
        outlets=links.only_frame,
        section=universities.Universities,
        reference="universites",
    ),
    PageKind(
        page=FactsheetPage,
        order=55,
        parents=(PartnerIndexPage,),
        search=PAGES,
        words=searching.words_of_factsheet,
        structured=article,
        section=factsheets.Factsheets,
    ),
    PageKind(
        page=AidPage,
        index=AidIndexPage,
        order=25,
        search=ResultKind("aids", _("Money and guarantees"), AidIndexPage, weight_of_answers=1.2),
        words=searching.words_of_aid,
        facts=searching.facts_of_aid,
        structured=structured.aid_data,
        section=aids.Aids,
        reference="aides",
        shortcut=True,
    ),
    PageKind(
        page=EventPage,
        index=EventIndexPage,
        order=60,
        search=ResultKind(
            "events",
            _("Events"),
            EventIndexPage,
            columns={"starts": "start__date", "ends": "end__date", "closes": "end__date"},
            standings={Standing.CLOSED: _("Over")},
        ),
        words=searching.words_of_event,
        facts=searching.facts_of_event,
        structured=structured.event_data,
        index_outlets=links.of_events,
        section=events.Events,
        reference="evenements",
        shortcut=True,
    ),
    PageKind(
        page=RulesPage,
        order=130,
        search=PAGES,
        words=searching.words_of_rules,
        structured=article,
        reference="regles",
    ),
)

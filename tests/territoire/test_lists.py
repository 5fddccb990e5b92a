"""Lists as a student uses them: filters, counts, period, order, pages and map."""

import datetime as dt
import re

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from core.kinds.table import page_kinds
from factories import (
    BLOIS,
    EventFactory,
    HousingFactory,
    OfferFactory,
    SpecialtyFactory,
    UniversityFactory,
    days,
)
from territoire.models import (
    HousingPage,
    OfferIndexPage,
)

INDEXES = [kind.index for kind in page_kinds() if kind.index]


def listing_of(client, index, **query):
    """The list that an address gives."""
    answer = client.get(index.url, query)
    assert answer.status_code == 200
    return answer.context["listing"]


def quick_listing(index, query):
    """The same, without printing the page: for tests that ask hundreds of times."""
    return index.make_listing(RequestFactory().get(index.url, query))


def titles(client, index, **query):
    """What the list shows, over all its pages."""
    return {entry.title for entry in listing_of(client, index, **query).found}


# --- Each filter of offers --------------------------------------------------------------------------------------
FILTERS = {
    ("field", "pharmacie"): {"field": "pharmacie"},
    ("french", "B1"): {"french_level": "A2"},
    ("place", "Vendôme"): {"town": "Vendôme"},
    ("specialty", "cardiologie"): {"specialty": "cardiologie"},
    ("level", "master"): {"levels": ["master"]},
    ("kind", "hospitalier"): {"kind": "hospitalier"},
    ("framework", "ifmsa_scope"): {"frameworks": [("ifmsa_scope", "", "observation")]},
    ("supervision", "en"): {"supervision_languages": ["fr", "en"]},
    ("housing", "1"): {"housing_included": True},
    ("bike", "1"): {"bike_enough": True},
}


@pytest.mark.parametrize("chosen", FILTERS, ids=lambda chosen: chosen[0])
def test_each_filter_finds_what_it_names_and_nothing_else(client, home, chosen):
    made = dict(FILTERS[chosen])
    if "specialty" in made:
        made["specialty"] = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    wanted = OfferFactory(title="Voulu", **made)
    OfferFactory(title="Autre", french_level="C1")
    index = wanted.get_parent()
    assert titles(client, index) == {"Voulu", "Autre"}
    assert titles(client, index, **dict([chosen])) == {"Voulu"}


def test_filters_are_combined(client, home):
    """One choice of each kind narrows; a second of the same kind widens."""
    first = OfferFactory(title="Blois, pharmacie", town="Blois", field="pharmacie")
    OfferFactory(title="Vendôme, pharmacie", town="Vendôme", field="pharmacie")
    OfferFactory(title="Vendôme, médecine", town="Vendôme")
    index = first.get_parent()
    assert titles(client, index, place="Vendôme", field="pharmacie") == {"Vendôme, pharmacie"}
    assert titles(client, index, place=["Vendôme", "Blois"], field="pharmacie") == {
        "Blois, pharmacie",
        "Vendôme, pharmacie",
    }
    assert titles(client, index, field=["pharmacie", "medecine"], place="Vendôme") == {
        "Vendôme, pharmacie",
        "Vendôme, médecine",
    }


def test_a_level_of_french_opens_all_offers_that_ask_for_less(client, home):
    for level in ("A2", "B1", "B2"):
        index = OfferFactory(title=level, french_level=level).get_parent()
    assert titles(client, index, french="A1") == set()
    assert titles(client, index, french="B1") == {"A2", "B1"}
    assert titles(client, index, french="C2") == {"A2", "B1", "B2"}


def test_an_offer_open_to_other_fields_is_found_under_them(client, home):
    offer = OfferFactory(title="Équipe", field="medecine", open_fields=["soins_infirmiers"])
    assert titles(client, offer.get_parent(), field="soins_infirmiers") == {"Équipe"}


def test_unknown_values_are_ignored(client, home):
    offer = OfferFactory(title="Voulu")
    index = offer.get_parent()
    for query in (
        {"field": "sorcellerie"},
        {"french": "Z9"},
        {"housing": "perhaps"},
        {"sort": "price"},
        {"nothing": "at all"},
        {"field": ["sorcellerie", "medecine"]},
    ):
        listing = listing_of(client, index, **query)
        assert [page.title for page in listing.found] == ["Voulu"]
        assert "sorcellerie" not in listing.query
        assert "price" not in listing.query


def test_a_name_that_no_entry_has_finds_nothing(client, home):
    index = OfferFactory(town="Blois").get_parent()
    for town in ("Vendôme", "Paris' OR 1=1"):
        listing = listing_of(client, index, place=town)
        assert list(listing.found) == []
        assert [chip["text"] for chip in listing.chips] == [conditional_escape(town)]
    # What nobody can be called is no name.
    assert listing_of(client, index, place=["\x00", "x" * 81]).found.count() == 1


def test_what_is_chosen_can_be_taken_back_one_by_one(client, home):
    offer = OfferFactory(town="Blois")
    listing = listing_of(client, offer.get_parent(), place="Blois", field="medecine", sort="deadline")
    addresses = {chip["text"]: chip["url"] for chip in listing.chips}
    assert set(addresses) == {"Blois", _("Medicine")}
    assert addresses["Blois"] == "?field=medecine&sort=deadline"


def test_nothing_found_leads_to_the_desk(client, home, text_of):
    from factories import the_desk

    desk = the_desk()
    offer = OfferFactory(french_level="C1")
    answer = client.get(offer.get_parent().url, {"french": "A1"})
    assert answer.status_code == 200
    assert 'class="nothing"' in answer.content.decode()
    assert f'href="{desk.url}"' in re.search(r'(?s)class="nothing".*?</div>', answer.content.decode()).group()


# --- Period -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        (None, None, True),
        (0, 400, True),
        (100, 162, True),
        # Four weeks, from a Monday to the Friday of the fourth week, somewhere within the nine are enough, to the day.
        (100, 125, True),
        (100, 124, False),
        (137, 162, True),
        (137, None, True),
        (138, None, False),
        (138, 400, False),
        (None, 125, True),
        (None, 124, False),
        (110, 134, False),
        (110, 135, True),
        (200, 300, False),
    ],
)
def test_the_shortest_stay_must_fit_between_the_students_dates(client, home, start, end, fits):
    """An offer from day 100 to 162 that asks for four weeks at least."""
    offer = OfferFactory(title="Stage", min_weeks=4)
    query = {name: days(day).isoformat() for name, day in (("from", start), ("to", end)) if day is not None}
    assert (titles(client, offer.get_parent(), **query) == {"Stage"}) is fits


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2027-02-30"}, "from"),
        ({"from": "soon"}, "from"),
        ({"to": "31/12/2027"}, "to"),
        ({"from": "2027-05-01", "to": "2027-04-01"}, "to"),
    ],
)
def test_a_wrong_date_is_kept_with_a_message_and_filters_nothing(client, home, query, field):
    offer = OfferFactory(title="Stage")
    answer = client.get(offer.get_parent().url, query)
    listing, html = answer.context["listing"], answer.content.decode()
    assert list(listing.period.errors) == [field]
    assert listing.total == 1
    for typed in query.values():
        assert f'value="{typed}"' in html
    assert re.search(rf'id="period-{field}"[^>]*aria-describedby="error-{field}"', html)
    assert f'id="error-{field}"' in html
    # The results, to which the form leads, say it too; what one takes along leaves the dates out.
    said = re.search(r'(?s)id="results-title".*?<a\s+href="#period-(\w+)">([^<]+)</a>', html)
    assert said.groups() == (field, listing.period.errors[field])
    assert re.search(r"/embed/offres(&quot;|\") title=", html)
    assert client.get(offer.get_parent().url, query | {"total": "1"}).json() == {"total": None}


def test_a_room_is_free_during_the_whole_stay(client, home):
    room = HousingFactory(title="Chambre", available_from=days(10), available_until=days(100))
    index = room.get_parent()
    for start, end, free in [(10, 100, True), (9, 50, False), (50, 101, False), (100, None, False), (None, 10, False)]:
        query = {name: days(day).isoformat() for name, day in (("from", start), ("to", end)) if day is not None}
        assert (titles(client, index, **query) == {"Chambre"}) is free, (start, end)


# --- Pages and order --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("asked", "given"), [("1", 1), ("2", 2), ("-1", 1), ("0", 1), ("999", 3), ("abc", 1), ("", 1)])
def test_an_impossible_page_leads_to_the_nearest(client, home, asked, given):
    index = HousingFactory.create_batch(25)[0].get_parent()
    listing = listing_of(client, index, page=asked)
    assert listing.page.number == given
    assert len(listing.page.object_list) == (1 if given == 3 else 12)


def test_each_offer_stands_on_one_page_whatever_the_order(client, home):
    """Equal dates must not let an offer appear twice or never."""
    offers = OfferFactory.create_batch(25)
    for sort in ("start", "deadline", "newest"):
        seen = []
        for number in (1, 2, 3):
            listing = listing_of(client, offers[0].get_parent(), sort=sort, page=number)
            seen += [page.pk for page in listing.page.object_list]
        assert sorted(seen) == sorted(offer.pk for offer in offers)


def test_pages_keep_the_filters(client, home):
    offers = OfferFactory.create_batch(13, town="Blois")
    listing = listing_of(client, offers[0].get_parent(), place="Blois", sort="deadline")
    assert listing.next_url == "?place=Blois&sort=deadline&page=2"
    assert listing.previous_url == ""
    answer = client.get(offers[0].get_parent().url + listing.next_url)
    assert answer.context["listing"].previous_url == "?place=Blois&sort=deadline"


def test_events_that_are_over_are_shown_only_when_asked_for(client, home):
    now = dt.datetime.combine(days(0), dt.time(10), tzinfo=dt.UTC)
    hour = dt.timedelta(hours=1)
    EventFactory(title="Passé", start=now - 9 * hour, end=now - 8 * hour)
    coming = EventFactory(title="À venir")
    index = coming.get_parent()
    assert titles(client, index) == {"À venir"}
    assert titles(client, index, when="past") == {"Passé"}


def test_universities_to_be_contacted_are_never_listed(client, home):
    shown = UniversityFactory(title="Universitatea din Cluj")
    # By code, around the rules of publication: even then the list does not show it.
    UniversityFactory(title="Universität X", link="cible")
    assert titles(client, shown.get_parent()) == {"Universitatea din Cluj"}
    assert "cible" not in client.get(shown.get_parent().url).content.decode()


# --- Map --------------------------------------------------------------------------------------------------------
def test_the_map_shows_the_places_of_the_same_results(client, home):
    inside = OfferFactory(title="Ici", town="Blois", **BLOIS)
    OfferFactory(title="Ailleurs", town="Vendôme", **BLOIS)
    OfferFactory(title="Sans lieu", town="Blois")
    index = inside.get_parent()
    answer = client.get(index.url, {"place": "Blois", "points": "1"})
    assert answer.json() == {
        "points": [
            {
                "title": "Ici",
                "url": inside.url,
                "lat": BLOIS["latitude"],
                "lon": BLOIS["longitude"],
                "note": inside.place_note,
                "french_title": False,
                "stands_in": False,
            }
        ]
    }
    html = client.get(index.url, {"place": "Blois"}).content.decode()
    assert 'data-points-url="?place=Blois&amp;points=1"' in html


# --- Counts: over everything in the demo ------------------------------------------------------------------------
@pytest.fixture(params=["fr", "en", "es", "de"])
def language(request):
    """Each language of the demo, which is also the reader's."""
    with translation.override(request.param):
        yield request.param


@pytest.mark.parametrize("model", INDEXES, ids=lambda model: model.__name__)
def test_each_count_equals_what_a_click_shows(demo, client, language, model):
    """Also with something chosen already: the count foretells the list."""
    index = model.objects.get(locale__language_code=language)
    plain = listing_of(client, index)
    assert plain.total == plain.found.count() > 0
    first = plain.facets[0]
    chosen = max(first.options, key=lambda option: option.count)
    for query in ({}, {first.name: chosen.value}):
        listing = listing_of(client, index, **query)
        for facet in listing.facets:
            for option in facet.options:
                click = quick_listing(index, query | {facet.name: option.value})
                assert click.total == option.count == click.found.count(), (query, facet.name, option.value)
                if option.more is not None:
                    both = quick_listing(index, query | {facet.name: [*facet.values, option.value]})
                    assert both.total == listing.total + option.more, (query, facet.name, option.value)


def test_every_offer_of_the_demo_is_found_by_each_of_its_facts(demo, language):
    """The other way round: an offer is among the results of every value that it has."""
    index = OfferIndexPage.objects.get(locale__language_code=language)
    found = {}
    offers = quick_listing(index, {}).found
    assert len(offers) == 24
    for offer in offers:
        for name, values in {
            "field": offer.open_fields,
            "place": [offer.town],
            "specialty": [offer.specialty.reference],
            "level": offer.levels,
            "kind": [offer.kind],
            "framework": offer.open_framework_codes,
            "french": [offer.french_level, "C2"],
        }.items():
            for value in values:
                if (name, value) not in found:
                    found[name, value] = {page.title for page in quick_listing(index, {name: value}).found}
                assert offer.title in found[name, value], (name, value)


def test_a_student_finds_a_room_near_the_hospital(demo, client, language):
    """From the list of offers to the room that comes with the placement."""
    index = OfferIndexPage.objects.get(locale__language_code=language)
    listing = listing_of(client, index, place="Blois", kind="hospitalier", housing="1")
    assert listing.total > 0
    offer = next(iter(listing.found))
    answer = client.get(offer.url)
    housing = HousingPage.objects.get(translation_key=offer.housing.translation_key, locale=index.locale)
    assert f'href="{housing.url}"' in answer.content.decode()
    room = client.get(housing.url)
    assert room.status_code == 200
    assert f'href="{offer.url}"' in room.content.decode()

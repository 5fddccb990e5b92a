"""What search engines read of a page: the right type, its required properties, words of schema.org only."""

import datetime as dt
import enum
import json

import extruct
import pytest
import schema_org
import schema_org.enums
from django.utils.dateparse import parse_datetime

from core.kinds.table import page_types
from core.pages.visibility import shown
from factories import EventFactory, HostFactory, HousingFactory, OfferFactory, StrengthFactory, days, prose, publish
from home.models import HomePage
from search.models import SearchPage

pytestmark = pytest.mark.once

# What each type must say (Google's documentation where it reads the type, else what a reader would miss).
REQUIRED = {
    "JobPosting": {
        *("title", "description", "datePosted", "validThrough", "employmentType", "hiringOrganization", "jobLocation"),
        *("identifier", "jobStartDate", "url"),
    },
    "WorkBasedProgram": {"name", "description", "provider", "startDate", "endDate", "applicationDeadline", "url"},
    "Accommodation": {"name", "address", "numberOfBedrooms", "url"},
    "Place": {"name", "geo", "url"},
    "Article": {"headline", "author", "publisher", "datePublished", "dateModified", "inLanguage", "url"},
    "Service": {"name", "description", "provider", "availableChannel", "url"},
    "CollegeOrUniversity": {"name", "url", "address"},
    "Event": {"name", "startDate", "endDate", "eventAttendanceMode", "eventStatus", "location", "organizer", "url"},
    "FAQPage": {"mainEntity", "name"},
    "CollectionPage": {"name", "url"},
    "WebSite": {"name", "url", "publisher"},
    "WebPage": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
}
TYPE_OF_PAGE = {
    "InternshipOfferPage": {"JobPosting", "WorkBasedProgram"},
    "HousingPage": {"Accommodation"},
    "StrengthPage": {"Place", "Article"},
    "PartnerUniversityPage": {"CollegeOrUniversity"},
    "AidPage": {"Service"},
    "EventPage": {"Event"},
    "TestimonialPage": {"Article"},
    "FaqEntryPage": {"FAQPage"},
    "FaqIndexPage": {"FAQPage", "CollectionPage"},
    "HomePage": {"WebSite"},
}

# Values that schema.org lists, by their address; where two lists have one, the shorter list is the more exact.
LISTS = [found for found in vars(schema_org.enums).values() if isinstance(found, enum.EnumType)]
ENUMERATED = {str(member.value): member for found in sorted(LISTS, key=len, reverse=True) for member in found}


def said_in(html):
    """The JSON-LD of a page, by its type."""
    found = extruct.extract(html, syntaxes=["json-ld"])["json-ld"]
    return {entry["@type"]: entry for entry in found}


def said_of(client, page):
    """The JSON-LD of the page that a visitor gets, by its type."""
    answer = client.get(page.url)
    assert answer.status_code == 200, page.url
    return said_in(answer.content.decode())


def understood(value):
    """A value as schema.org's models take it; they raise on words and values that the vocabulary has not."""
    if isinstance(value, list):
        return [understood(entry) for entry in value]
    if isinstance(value, dict):
        model = getattr(schema_org, value["@type"])
        return model(**{name: understood(entry) for name, entry in value.items() if not name.startswith("@")})
    if value in ENUMERATED:
        return ENUMERATED[value]
    if isinstance(value, str) and value[:4].isdigit() and value[4:5] == "-":
        return parse_datetime(value) if "T" in value else dt.date.fromisoformat(value)
    return value


def test_every_page_of_the_demo_says_what_its_type_must_in_words_of_the_vocabulary(crawl):
    seen = set()
    for model in [model for model in page_types() if model is not SearchPage]:
        for page in shown(model.objects.filter(alias_of=None)):
            said = said_in(crawl(page.url).html)
            kinds = said.keys() - {"BreadcrumbList"}
            over = getattr(page, "state", "open") != "open"
            assert len(kinds) == (0 if over else 1), (page, kinds)
            assert kinds <= TYPE_OF_PAGE.get(model.__name__, kinds), page
            assert ("BreadcrumbList" in said) is (model is not HomePage)
            for kind, data in said.items():
                assert REQUIRED[kind] <= data.keys(), (page, kind, REQUIRED[kind] - data.keys())
                understood(data)
            seen |= kinds
    assert seen >= {"JobPosting", "WorkBasedProgram", "Accommodation", "Event", "Place", "CollegeOrUniversity"}


def test_a_placement_in_which_one_takes_part_is_a_job_and_one_in_which_one_observes_is_not(home, client):
    lines = {"participation_encadree": "JobPosting", "observation": "WorkBasedProgram"}
    for participation, kind in lines.items():
        offer = publish(OfferFactory(frameworks=[("erasmus_stage", "Université de Tours", participation)]))
        said = said_of(client, offer)
        assert kind in said
        assert set(lines.values()) & said.keys() == {kind}
    posting = said_of(
        client, publish(OfferFactory(frameworks=[("erasmus_stage", "Université de Tours", "participation_encadree")]))
    )["JobPosting"]
    assert posting["employmentType"] == "INTERN"
    last = dt.datetime.fromisoformat(posting["validThrough"])
    assert last.date() == days(60)
    assert last.utcoffset() in (dt.timedelta(hours=1), dt.timedelta(hours=2))
    assert (last + dt.timedelta(seconds=1)).date() == days(61)


def test_a_job_says_the_street_and_all_that_the_page_says(home, client):
    host = HostFactory(address="12 rue du Bourg", postcode="41400", town="Montrichard")
    job = {"host": host, "frameworks": [("erasmus_stage", "Université de Tours", "participation_encadree")]}
    body = prose("Le matin, la consultation : âge &lt; 30.")
    posting = said_of(client, publish(OfferFactory(town="Montrichard", summary="En bref.", body=body, **job)))[
        "JobPosting"
    ]
    place = posting["jobLocation"]["address"]
    assert (place["streetAddress"], place["postalCode"]) == ("12 rue du Bourg", "41400")
    assert place["addressLocality"] == "Montrichard"
    text = posting["description"]
    assert text.startswith("<p>En bref.</p><p>")
    assert "Le matin, la consultation : âge &lt; 30." in text
    elsewhere = said_of(client, publish(OfferFactory(town="Blois", **job)))["JobPosting"]["jobLocation"]["address"]
    assert "streetAddress" not in elsewhere


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        ("Place du Château, Blois", ("Place du Château", None, "Blois")),
        ("Mairie, 12 rue X, 41400 Montrichard", ("Mairie, 12 rue X", "41400", "Montrichard")),
        ("Gare de Blois-Chambord", (None, None, "Blois")),
        ("Maison de quartier", (None, None, None)),
        ("Hôpital de Blois, salle 3", (None, None, "Blois")),
        ("Place du Château, 41250 Chambord, France", ("Place du Château", "41250", "Chambord")),
        ("Place du Château, Vineuil, France", ("Place du Château", None, "Vineuil")),
        ("IFSI, amphithéâtre", (None, None, None)),
        ("41000 Blois", (None, "41000", "Blois")),
    ],
)
def test_an_event_is_at_a_place_in_a_town_at_an_hour_of_paris(home, client, venue, expected):
    HostFactory(town="Blois")
    HousingFactory(town="Vineuil")
    start = dt.datetime(2027, 7, 15, 16, tzinfo=dt.UTC)
    said = said_of(client, EventFactory(venue=venue, start=start, end=start + dt.timedelta(hours=1)))["Event"]
    assert said["location"]["name"] == venue
    place = said["location"]["address"]
    assert tuple(place.get(name) for name in ("streetAddress", "postalCode", "addressLocality")) == expected
    assert said["startDate"] == "2027-07-15T18:00:00+02:00"


@pytest.mark.parametrize("state", ["filled", "closed"])
def test_an_offer_that_cannot_be_asked_for_is_described_to_nobody(home, client, state):
    offer = OfferFactory(**{state: True})
    assert said_of(client, offer).keys() <= {"BreadcrumbList"}


def test_a_fictional_record_is_described_on_a_demo_only(home, client, settings):
    room = HousingFactory(fictional=True)
    assert said_of(client, room) == {}
    settings.DEMO = True
    assert "Accommodation" in said_of(client, room)


def test_no_text_ends_the_script(home, client):
    page = StrengthFactory(title="</script><script>alert(1)</script>", summary="a & b <!-- c")
    body = client.get(page.url).content.decode()
    assert "<script>alert(1)" not in body
    assert said_of(client, page)["Article"]["headline"] == "</script><script>alert(1)</script>"
    assert json.dumps("a & b <!-- c")[1:-1] == said_of(client, page)["Article"]["description"]


def test_an_event_says_where_one_takes_part(home, client):
    for mode, place in (("presentiel", "Place"), ("en_ligne", "VirtualLocation")):
        said = said_of(client, EventFactory(mode=mode))["Event"]
        assert said["location"]["@type"] == place

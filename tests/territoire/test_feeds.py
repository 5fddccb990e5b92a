"""Feeds, calendars and the data file are read by the programs that universities use."""

import codecs
import csv
import datetime as dt
import io
import json
from xml.etree import ElementTree

import feedparser
import frictionless
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from icalendar import Calendar

from factories import PARIS, TODAY, EventFactory, OfferFactory, open_site, publish, the_index, translate
from scenarios import scenario
from territoire.models import EventIndexPage, InternshipOfferPage, OfferIndexPage

pytestmark = pytest.mark.once


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@scenario
def site():
    return open_site("en")


@scenario
def offer():
    open_site("en")
    offer = publish(OfferFactory(title="Médecine à Blois", reference="LC41-1999-001", summary="Neuf semaines."))
    translate(offer, "en", {"title": "Medicine in Blois"})
    return offer


# --- Atom -------------------------------------------------------------------------------------------------------------
def test_a_feed_tells_new_offers_of_a_filter(offer, client):
    publish(OfferFactory(title="Officine", field="pharmacie"))
    answer = client.get("/feeds/en/offers.atom?field=medecine", headers={"accept-language": "de"})
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["Content-Language"] == "en"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.language == "en"
    assert "Medicine" in feed.feed.title
    (entry,) = feed.entries
    assert entry.title == "Medicine in Blois"
    assert entry.id.endswith("/o/LC41-1999-001")
    assert "/en/" in entry.link
    assert "Requests until 21 January 2027" in entry.summary
    assert entry.published_parsed
    assert entry.updated_parsed


def test_an_entry_that_stands_in_says_so_and_in_which_language_it_is(offer, client):
    publish(OfferFactory(title="Soins à Blois", reference="LC41-1999-002"))
    publish(EventFactory(title="Journée d’accueil"))
    feed = ElementTree.fromstring(client.get("/feeds/en/offers.atom").content)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    atom = {"a": "http://www.w3.org/2005/Atom"}
    found = feed.findall("a:entry", atom)
    entries = {entry.findtext("a:title", namespaces=atom): entry.get(language) for entry in found}
    assert entries == {"Medicine in Blois": None, "Soins à Blois (in French)": "fr"}
    titles = {str(entry["summary"]) for entry in events_of(client.get("/feeds/en/deadlines.ics"))}
    assert titles == {f"Last day for requests: {title}" for title in entries}
    assert [str(entry["summary"]) for entry in events_of(client.get("/feeds/en/events.ics"))] == [
        "Journée d’accueil (in French)"
    ]


def test_the_list_links_its_feed_with_its_filters(offer, client):
    page = client.get(f"{offer.get_parent().url}?field=medecine&sort=deadline").content.decode()
    assert page.count("/feeds/fr/offers.atom?field=medecine") == 2  # for machines, and for readers
    assert page.count("/feeds/fr/deadlines.ics?field=medecine") == 2


def test_a_title_is_plain_text_and_an_address_is_the_site_s(site, client):
    publish(OfferFactory(town="L’Île & <Bois>"))
    answer = client.get("/feeds/fr/offers.atom", {"place": "L’Île & <Bois>"}, headers={"host": "127.0.0.1:9"})
    feed = feedparser.parse(answer.content)
    assert feed.feed.title.endswith("(L’Île & <Bois>)")
    assert feed.feed.id.startswith(f"{settings.SITE_URL}/feeds/")


def test_a_pasted_control_character_costs_no_feed(site, client):
    offer = publish(OfferFactory(title="Stage"))
    type(offer).objects.filter(pk=offer.pk).update(title="Stage\x0bd’été")
    assert feedparser.parse(client.get("/feeds/fr/offers.atom").content).entries[0].title == "Staged’été"
    assert str(events_of(client.get("/feeds/fr/deadlines.ics"))[0]["summary"]).endswith("Staged’été")
    publish(offer, title="Autre\x0bstage")
    assert type(offer).objects.get(pk=offer.pk).title == "Autrestage"


def test_a_summary_is_the_html_that_it_says_it_is(site, client):
    publish(OfferFactory(summary="Si âge < 30 & <b>deux</b> ans", fictional=True))
    entry = ElementTree.fromstring(client.get("/feeds/fr/offers.atom").content).find("{*}entry")
    for part in entry.iter():
        if part.get("type") == "html":
            read = BeautifulSoup(part.text, "html.parser")
            assert not read.find("b")
            assert "Si âge < 30 & <b>deux</b> ans" in read.get_text()
            assert len(read.find_all("p")) == 3  # the notice, the facts, the summary
    assert entry.find("{*}summary").get("type") == "html"
    assert entry.find("{*}title").get("type") in (None, "text")


def test_a_long_feed_comes_in_pages(site, client, monkeypatch):
    monkeypatch.setattr("territoire.outlets.feeds.PER_PAGE", 2)
    for number in range(5):
        publish(OfferFactory(title=f"Stage {number}"))
    address, seen = "/feeds/fr/offers.atom", []
    while address:
        feed = feedparser.parse(client.get(address).content)
        seen += [entry.title for entry in feed.entries]
        address = next((link.href for link in feed.feed.links if link.rel == "next"), "")
    assert sorted(seen) == [f"Stage {number}" for number in range(5)]


def test_no_feed_in_a_language_that_the_site_has_not(offer, client):
    for address in ("/feeds/it/offers.atom", "/feeds/it/events.ics", "/feeds/it/deadlines.ics"):
        assert client.get(address).status_code == 404


def test_who_asks_again_hears_that_nothing_has_changed(offer, client):
    for address in ("/feeds/fr/offers.atom", "/feeds/fr/deadlines.ics", "/data/offers.csv", "/data/offers.json"):
        first = client.get(address)
        again = client.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert (first.status_code, again.status_code) == (200, 304), address


# --- Calendars --------------------------------------------------------------------------------------------------------
def events_of(answer):
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(body(answer)).walk("VEVENT")


def test_a_calendar_of_deadlines_has_a_day_for_each_open_offer(offer, client):
    OfferFactory(filled=True)
    OfferFactory(closed=True)
    (entry,) = events_of(client.get("/feeds/en/deadlines.ics"))
    assert str(entry["summary"]) == "Last day for requests: Medicine in Blois"
    assert entry.decoded("dtstart") == offer.deadline
    assert entry.decoded("dtend") == offer.deadline + dt.timedelta(days=1)
    assert "/en/" in str(entry["url"])


def test_an_entry_keeps_its_name_in_every_language(offer, client):
    names = {str(events_of(client.get(f"/feeds/{code}/deadlines.ics"))[0]["uid"]) for code in ("fr", "en")}
    assert len(names) == 1


def test_events_stand_in_the_calendar_at_their_hour(site, client):
    event = publish(EventFactory(title="Accueil", venue="Halle aux grains, Blois"))
    EventFactory(title="Passé", start=event.start - dt.timedelta(days=900), end=event.end - dt.timedelta(days=900))
    assert "Accueil" in client.get(event.get_parent().url).content.decode()
    (entry,) = events_of(client.get("/feeds/fr/events.ics"))
    assert str(entry["summary"]) == "Accueil"
    assert entry.decoded("dtstart") == event.start
    assert entry.decoded("dtend") == event.end
    assert str(entry["location"]) == "Halle aux grains, Blois"


@pytest.mark.parametrize("name", ["events", "deadlines"])
def test_a_calendar_without_an_entry_is_one_all_the_same(site, client, name):
    """RFC 5545 asks for a component, programs for how often to ask, Outlook for a method and a time zone."""
    the_index(EventIndexPage, "Agenda")
    the_index(OfferIndexPage, "Stages")
    text = body(client.get(f"/feeds/fr/{name}.ics"))
    (calendar,) = Calendar.from_ical(text, multiple=True)
    assert not calendar.walk("VEVENT")
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Paris"
    assert {entry.name for entry in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    assert (calendar["method"], calendar["calscale"], calendar["version"]) == ("PUBLISH", "GREGORIAN", "2.0")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in text
    assert b"\r\nX-PUBLISHED-TTL:PT12H\r\n" in text
    assert text.endswith(b"END:VCALENDAR\r\n")


def test_hours_are_those_of_paris_before_and_after_the_clocks_change(site, client):
    for month, hour in ((1, 17), (7, 16)):
        start = dt.datetime(TODAY.year + 1, month, 15, hour, tzinfo=dt.UTC)
        publish(EventFactory(title=f"Mois {month}", start=start, end=start + dt.timedelta(hours=2)))
    text = body(client.get("/feeds/fr/events.ics"))
    for entry in Calendar.from_ical(text).walk("VEVENT"):
        assert entry["dtstart"].params["TZID"] == "Europe/Paris"
        assert entry.decoded("dtstart").hour == 18
        assert {"UID", "DTSTAMP", "SUMMARY", "DTEND"} <= entry.keys()


def test_summer_time_begins_and_ends_at_the_hour_at_which_the_clocks_change(site, client):
    """Written as the clock shows it before the change (RFC 5545, 3.6.5)."""
    the_index(EventIndexPage, "Agenda")
    (zone,) = Calendar.from_ical(body(client.get("/feeds/fr/events.ics"))).walk("VTIMEZONE")
    begins, ends = zone.walk("DAYLIGHT")[0], zone.walk("STANDARD")[0]
    assert (begins.decoded("dtstart").hour, ends.decoded("dtstart").hour) == (2, 3)
    paris = zone.to_tz(lookup_tzid=False)
    for moment in (dt.datetime(2027, 3, 28, 0, 59), dt.datetime(2027, 3, 28, 1), dt.datetime(2031, 10, 26, 1)):
        at = moment.replace(tzinfo=dt.UTC)
        assert at.astimezone(paris).utcoffset() == at.astimezone(PARIS).utcoffset(), moment


def test_a_fictional_record_says_so_in_feeds_and_calendars(site, client):
    publish(OfferFactory(fictional=True))
    assert "fictive" in feedparser.parse(client.get("/feeds/fr/offers.atom").content).entries[0].summary
    assert "fictive" in str(events_of(client.get("/feeds/fr/deadlines.ics"))[0]["description"])
    assert json.loads(body(client.get("/data/offers.json")))["data"][0]["fictif"] is True


# --- Open data --------------------------------------------------------------------------------------------------------
def report_of(client, schema):
    """What frictionless says of the file under a schema."""
    described = frictionless.Schema.from_descriptor(schema)
    return frictionless.Resource(body(client.get("/data/offers.csv")), format="csv", schema=described).validate()


def test_the_data_file_fits_its_schema(demo, client):
    report = report_of(client, client.get("/data/offers.schema.json").json())
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])
    assert report.tasks[0].stats["rows"] == 24


def test_a_file_that_does_not_fit_would_be_noticed(offer, client):
    schema = client.get("/data/offers.schema.json").json()
    schema["fields"][0]["constraints"]["pattern"] = "nothing"
    assert not report_of(client, schema).valid


def test_a_french_spreadsheet_opens_the_second_file_and_runs_nothing(site, client):
    """The first file keeps each text as it was written, for programs."""
    titles = ["=1+1", "+33 2 54", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "Été ; hiver", 'dit "oui"']
    for number, title in enumerate(titles):
        offer = OfferFactory(reference=f"LC41-1999-{number:03}", latitude=47.5, longitude=-1.25)
        InternshipOfferPage.objects.filter(pk=offer.pk).update(title=title)
    answer = client.get("/data/offers-tableur.csv")
    content = body(answer)
    assert content.startswith(codecs.BOM_UTF8)
    assert "tableur.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["titre"] for row in rows] == [*(f"'{title}" for title in titles[:7]), *titles[7:]]
    assert {(row["latitude"], row["longitude"], row["logement_compris"]) for row in rows} == {("47,5", "-1,25", "non")}
    plain = list(csv.DictReader(io.StringIO(body(client.get("/data/offers.csv")).decode(), newline="")))
    assert [row["titre"] for row in plain] == titles
    assert list(plain[0]) == list(rows[0])
    assert "/data/offers-tableur.csv" in client.get("/api/v1/docs").content.decode()


def test_the_file_has_open_full_and_closed_offers_and_their_state(site, client):
    OfferFactory(reference="LC41-1999-001")
    OfferFactory(reference="LC41-1999-002", filled=True)
    OfferFactory(reference="LC41-1999-003", closed=True)
    OfferFactory(reference="LC41-1999-004", archived=True)
    OfferFactory(reference="LC41-1999-005", withdrawn=True)
    OfferFactory(reference="LC41-1999-006", draft=True)
    data = json.loads(body(client.get("/data/offers.json")))
    states = {record["reference"]: record["etat"] for record in data["data"]}
    assert states == {"LC41-1999-001": "open", "LC41-1999-002": "filled", "LC41-1999-003": "closed"}


def test_the_file_says_its_licence_its_date_and_its_schema(offer, client):
    csv = client.get("/data/offers.csv")
    assert 'rel="describedby"' in csv["Link"]
    sheet = client.get("/data/offers-tableur.csv")["Link"]
    assert "describedby" not in sheet, "its commas, days and words are not those of the schema"
    assert 'rel="license"' in sheet
    assert 'rel="license"' in csv["Link"]
    data = json.loads(body(client.get("/data/offers.json")))
    assert data["licence"]["name"] == "etalab-2.0"
    assert dt.datetime.fromisoformat(data["updated"]).date() == TODAY
    package = client.get("/data/datapackage.json").json()
    assert package["licenses"][0]["name"] == "etalab-2.0"
    assert package["created"]
    assert frictionless.Package.from_descriptor(package).resources[0].schema.field_names[0] == "reference"

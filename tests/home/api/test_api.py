"""Programs read what the pages show: the same records, filters and words, and errors that they understand."""

import datetime as dt
import json

import pytest
import time_machine
from django.conf import settings
from django.db import models
from django.utils import translation
from wagtail.models import PageViewRestriction, Site

from factories import (
    NOW,
    AidFactory,
    EventFactory,
    HostFactory,
    HousingFactory,
    ImageFactory,
    OfferFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    days,
    open_site,
    publish,
    the_index,
    translate,
    version,
)
from home.api import api as api_module
from home.api import limits
from home.api.kinds import EXAMPLES, resources
from scenarios import scenario
from territoire.models import LearningAgreementTexts

BASE = "/api/v1"


@scenario
def site():
    return open_site("en", "de")


@scenario
def offer():
    open_site("en", "de")
    offer = publish(OfferFactory(title="Médecine à Blois", reference="LC41-1999-001"))
    translate(offer, "en", {"title": "Medicine in Blois"})
    return version(offer, "fr")


@pytest.fixture
def ask(client):
    """An answer as a program reads it."""

    def get(path, status=200, **headers):
        answer = client.get(f"{BASE}{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})
        assert answer.status_code == status, answer.content
        return answer.json()

    return get


def ids(answer):
    return [record["id"] for record in answer["results"]]


# --- Records ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("resource", resources(), ids=lambda resource: resource.name)
def test_the_address_that_a_list_s_own_form_makes_works_here(home, ask, resource):
    """A form sends each filter, also those that nobody has chosen."""
    publish(home)
    names = [facet.name for facet in resource.index.facets()]
    names += ["from", "to"] if resource.index.period() else []
    names += ["sort"] if len(resource.index.sorts) > 1 else []
    names += list(resource.more)
    the_index(resource.index, "Liste")
    nothing_chosen = "&".join(f"{name}=" for name in names)
    assert ask(f"/{resource.name}?lang=fr&{nothing_chosen}")["results"] == ask(f"/{resource.name}?lang=fr")["results"]
    described = ask("/openapi.json")["paths"][f"/api/v1/{resource.name}"]["get"]["parameters"]
    schemas = {entry["name"]: json.dumps(entry["schema"]) for entry in described}
    for name in names:
        assert '""' in schemas[name] or "minLength" not in schemas[name], name


def test_the_search_takes_the_address_of_its_own_form(offer, ask):
    ask("/search?q=&type=&french=&from=&to=&sort=&field=&lang=fr")
    filtered = ask("/search?q=medecine&type=offers&french=&from=&to=&sort=&place=&lang=fr")
    plain = ask("/search?q=medecine&type=offers&lang=fr")
    assert (filtered["count"], filtered["results"]) == (plain["count"], plain["results"])


def test_all_towns_of_a_list_can_be_ticked_at_once(site, ask):
    towns = [f"Ville {number}" for number in range(8)]
    for town in towns:
        OfferFactory(town=town)
    asked = "&".join(f"place={town}" for town in towns)
    assert ask(f"/offers?lang=fr&{asked}")["count"] == len(towns)


def test_a_program_finds_an_offer_with_all_its_facts(offer, ask):
    (record,) = ask("/offers")["results"]
    assert record == ask("/offers/lc41-1999-001")
    assert (record["id"], record["title"], record["state"]["code"]) == ("LC41-1999-001", "Médecine à Blois", "open")
    assert record["permanent_url"] == f"{settings.SITE_URL}/o/LC41-1999-001"
    assert record["url"] == offer.full_url
    assert record["frameworks"][0]["framework"]["code"] == "erasmus_stage"
    assert ask(record["host"]["api_url"].split(BASE)[1])["title"] == offer.host.name


def test_every_type_has_a_list_and_records(site, ask):
    made = {
        "offers": OfferFactory(),
        "housing": HousingFactory(),
        "strengths": StrengthFactory(),
        "testimonials": TestimonialFactory(),
        "partners": UniversityFactory(),
        "events": EventFactory(),
        "aids": AidFactory(),
    }
    assert set(made) == {resource.name for resource in resources()}
    for name, page in made.items():
        publish(page)
        (record,) = ask(f"/{name}")["results"]
        assert record["title"] == page.title
        assert ask(f"/{name}/{record['id']}") == record
        assert ask(record["api_url"].split(BASE)[1]) == record
    (host,) = ask("/hosts")["results"]
    assert ask(f"/hosts/{host['id']}") == host


def test_hosts_without_a_placement_are_not_told(site, ask):
    HostFactory(reference="str-seule")
    assert ask("/hosts")["count"] == 0
    ask("/hosts/str-seule", 404)


def test_a_host_whose_reference_no_address_can_carry_is_told_all_the_same(site, ask):
    host = HostFactory(reference="CHB/Été 2027")
    publish(OfferFactory(host=host))
    assert ask("/offers")["results"][0]["host"]["id"] == str(host.translation_key)
    assert ask(f"/hosts/{host.translation_key}")["title"] == host.name


def test_a_reference_that_begins_oddly_breaks_no_page(site, ask, client):
    offer = publish(OfferFactory(reference="Été 2027"))
    assert client.get(offer.url).status_code == 200
    assert ask("/offers")["results"][0]["permanent_url"].endswith(f"/o/{offer.lasting_link.code}")


def test_a_fictional_record_carries_its_notice(site, ask):
    publish(OfferFactory(fictional=True))
    publish(StrengthFactory())
    record = ask("/offers?lang=en")["results"][0]
    assert (record["fictional"], record["notice"]) == (True, "Demo content: this record is fictional.")
    assert ask("/strengths")["results"][0]["notice"] is None


# --- The table of states ----------------------------------------------------------------------------------------------
def test_the_list_tells_open_full_and_closed_offers_in_this_order(site, ask):
    for name in ("closed", "filled", "archived", "withdrawn", "draft"):
        OfferFactory(reference=f"LC41-1999-{name}", **{name: True})
    OfferFactory(reference="LC41-1999-open")
    assert ids(ask("/offers")) == ["LC41-1999-open", "LC41-1999-filled", "LC41-1999-closed"]
    assert ids(ask("/offers?state=closed")) == ["LC41-1999-closed"]
    assert ids(ask("/offers?state=open&state=filled")) == ["LC41-1999-open", "LC41-1999-filled"]


def test_an_offer_that_has_ended_is_told_by_its_reference_only(offer, ask):
    publish(offer, start_date=days(-90), end_date=days(-20), deadline=days(-120))
    assert ids(ask("/offers")) == []
    assert ask("/offers/LC41-1999-001")["state"]["code"] == "archived"


def test_a_withdrawn_offer_is_gone_and_comes_back(offer, ask):
    offer.unpublish()
    assert ask("/offers/LC41-1999-001", 410)["title"] == "Gone"
    publish(version(offer, "fr"))
    ask("/offers/LC41-1999-001")


def test_nothing_that_stands_under_a_restriction_is_told(offer, ask):
    PageViewRestriction.objects.create(page=offer, restriction_type=PageViewRestriction.LOGIN)
    assert ids(ask("/offers")) == []
    ask("/offers/LC41-1999-001", 404)


# --- Languages --------------------------------------------------------------------------------------------------------
def test_the_answer_speaks_the_language_that_is_asked_for(offer, client, ask):
    assert ask("/offers", accept_language="en-GB,fr;q=0.5")["results"][0]["title"] == "Medicine in Blois"
    assert ask("/offers?lang=en", accept_language="fr")["results"][0]["field"]["label"] == "Medicine"
    assert ask("/offers", accept_language="it")["results"][0]["title"] == "Medicine in Blois"  # who reads neither
    answer = client.get(f"{BASE}/offers", headers={"accept-language": "en"})
    assert answer["Content-Language"] == "en"
    assert "Accept-Language" in answer["Vary"]
    assert client.get(f"{BASE}/offers?lang=de", headers={"accept-language": "en"})["Content-Language"] == "de"
    assert client.get(f"{BASE}/hosts?lang=de")["Content-Language"] == "de"


def test_what_is_not_translated_says_so(offer, ask):
    found = {code: ask(f"/offers?lang={code}")["results"][0] for code in ("fr", "en", "de")}
    assert [found[code]["translation"] for code in found] == ["complete", "partial", "none"]
    assert (found["de"]["language"], found["de"]["title"]) == ("fr", "Médecine à Blois")
    assert found["de"]["field"]["label"] == "Medizin"


# --- Filters and pages ------------------------------------------------------------------------------------------------
def test_the_filters_are_those_of_the_page(site, ask, client):
    index = OfferFactory(reference="LC41-1999-001", field="medecine", town="Blois", french_level="A2").get_parent()
    OfferFactory(reference="LC41-1999-002", field="pharmacie", town="Vendôme", french_level="B2")
    OfferFactory(reference="LC41-1999-003", field="medecine", town="Vendôme", french_level="C1")
    for query in (
        "field=medecine",
        "place=Vend%C3%B4me&french=B2",
        "kind=ambulatoire&sort=deadline",
        "from=2027-03-15",
    ):
        page = [entry.reference for entry in client.get(f"{index.url}?{query}").context["entries"]]
        assert ids(ask(f"/offers?{query}")) == page, query
    assert ids(ask("/offers?place=Romorantin")) == []


def test_every_filter_of_a_page_is_a_parameter(client, db):
    paths = client.get(f"{BASE}/openapi.json").json()["paths"]
    with translation.override("en"):
        for resource in resources():
            told = {entry["name"] for entry in paths[f"{BASE}/{resource.name}"]["get"]["parameters"]}
            assert {facet.name for facet in resource.index.facets()} <= told
            assert ({"from", "to"} <= told) == (resource.index.period() is not None)


def test_a_list_comes_in_pages_with_links(site, ask, client):
    for number in range(5):
        OfferFactory(reference=f"LC41-1999-{number:03}", start_date=days(100 + number), max_weeks=8)
    first = ask("/offers?per_page=2&field=medecine")
    assert (first["count"], first["pages"], first["page"]) == (5, 3, 1)
    assert first["links"]["previous"] is None
    header = client.get(f"{BASE}/offers?per_page=2&field=medecine")["Link"]
    assert f'<{first["links"]["next"]}>; rel="next"' in header
    seen, address = [], first["links"]["first"]
    while address:
        assert "field=medecine" in address
        answer = ask(address.split(BASE)[1])
        seen += ids(answer)
        address = answer["links"]["next"]
    assert seen == [f"LC41-1999-{number:03}" for number in range(5)]
    assert "page 9" in ask("/offers?page=9", 404)["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("french=Z9", "french"),
        ("feild=medecine", "feild"),
        ("field=astrologie", "field"),
        ("page=0", "page"),
        ("page=deux", "page"),
        ("per_page=1000", "per_page"),
        ("lang=xx", "lang"),
        ("from=0", "from"),
        ("place=%00", "place"),
        ("housing=yes", "housing"),
    ],
)
def test_a_wrong_parameter_is_named(site, client, query, parameter):
    answer = client.get(f"{BASE}/offers?{query}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert [error["parameter"] for error in problem["errors"]] == [parameter]


def test_dates_that_are_the_wrong_way_round_find_nothing_and_say_why(offer, ask):
    for language in ("en", "de"):
        problem = ask(f"/offers?from=2027-05-01&to=2027-03-01&lang={language}", 404)
        assert problem["errors"] == [{"parameter": "to", "detail": "The end comes before the beginning."}]


def test_an_address_that_cannot_be_read_is_a_problem_too(site, client):
    for address in ("/api/v1/offers/%00", "/api/v1/%00", "/api/v1/offers%00/LC41-2027-001"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), address
        assert answer.json()["status"] == 400


def test_what_is_not_there_is_a_problem_too(site, client):
    for path in ("/offers/LC41-0000-000", "/nothing", "/offers/../x"):
        answer = client.get(f"{BASE}{path}")
        assert answer.status_code == 404, path
        assert answer["Content-Type"] == "application/problem+json", path


def test_it_can_only_be_read(offer, client):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(f"{BASE}/offers")
        assert answer.status_code == 405
        assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert client.head(f"{BASE}/offers").status_code == 200


# --- Search -----------------------------------------------------------------------------------------------------------
def test_the_search_finds_what_the_search_page_finds(demo, ask):
    found = ask("/search?q=medecine+generale&lang=fr")
    assert {entry["type"]["code"] for entry in found["types"]} >= {"offers"}
    assert any("Médecine générale" in result["title"] for result in found["results"])
    offers = ask("/search?q=medecine&type=offers&french=B1&lang=fr")
    assert {result["type"]["code"] for result in offers["results"]} == {"offers"}
    assert 0 < offers["count"] < ask("/search?q=medecine&type=offers&lang=fr")["count"]
    assert ask("/search?q=logemnt&lang=fr")["corrected"] == "logement"


# --- What protects the reader and the server --------------------------------------------------------------------------
def test_who_asks_again_hears_that_nothing_has_changed(offer, client, django_capture_on_commit_callbacks):
    first = client.get(f"{BASE}/offers")
    for name, header in (("ETag", "if-none-match"), ("Last-Modified", "if-modified-since")):
        assert client.get(f"{BASE}/offers", headers={header: first[name]}).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        publish(offer, capacity=5)
    assert client.get(f"{BASE}/offers", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(f"{BASE}/offers", headers={"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_an_event_that_ends_changes_the_date_of_events(site, client):
    publish(EventFactory(start=NOW - dt.timedelta(hours=1), end=NOW + dt.timedelta(hours=1)))
    for address in (f"{BASE}/events", "/feeds/fr/events.ics"):
        first = client.get(address)
        asked = {"if-modified-since": first["Last-Modified"]}
        assert client.get(address, headers=asked).status_code == 304
        with time_machine.travel(NOW + dt.timedelta(hours=2)):
            assert client.get(address, headers=asked).status_code == 200


def test_pictures_and_settings_change_the_date_too(offer, client, django_capture_on_commit_callbacks):
    document = "/o/LC41-1999-001/learning-agreement-fr.pdf"
    changes = [(offer.picture or ImageFactory(), f"{BASE}/offers"), (LearningAgreementTexts(), document)]
    for minute, (change, address) in enumerate(changes, start=1):
        first = client.get(address)
        if isinstance(change, LearningAgreementTexts):
            change.site = Site.objects.get()
        later = NOW + dt.timedelta(minutes=minute)
        with time_machine.travel(later), django_capture_on_commit_callbacks(execute=True):
            change.save()
        assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_what_was_taken_back_changes_the_date_too(offer, client, django_capture_on_commit_callbacks):
    """A list without the page that went has no page that is newer: one date of the whole site says it."""
    publish(OfferFactory(reference="LC41-1999-002"))
    first = client.get(f"{BASE}/offers")
    with django_capture_on_commit_callbacks(execute=True):
        offer.unpublish()
    again = client.get(f"{BASE}/offers", headers={"if-modified-since": first["Last-Modified"]})
    assert ids(again.json()) == ["LC41-1999-002"]


def test_a_page_of_another_site_may_read_it(offer, client):
    answer = client.get(f"{BASE}/offers", headers={"origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "ratelimit" in answer["Access-Control-Expose-Headers"].lower()
    asked = {"origin": "https://example.org", "access-control-request-method": "GET"}
    allowed = client.options(f"{BASE}/offers", headers=asked | {"access-control-request-headers": "if-none-match"})
    assert "if-none-match" in allowed["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.get("/fr/", headers={"origin": "https://example.org"})


def test_no_cookie_comes_with_an_answer(offer, client):
    assert not client.get(f"{BASE}/offers").cookies


def test_who_asks_too_often_is_told_when_to_come_back(offer, client, monkeypatch):
    monkeypatch.setattr(limits.READING, "most", 3)
    left = []
    for _time in range(3):
        answer = client.get(f"{BASE}/offers")
        assert answer["RateLimit-Policy"] == '"read";q=3;w=60'
        left.append(answer["RateLimit"].split(";")[1])
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get(f"{BASE}/offers")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert int(refused["Retry-After"]) == int(refused["RateLimit"].split("t=")[1])
    # Others are not held up.
    assert client.get(f"{BASE}/offers", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_addresses_are_counted_apart_and_those_of_one_subscriber_together(offer, client, monkeypatch):
    monkeypatch.setattr(limits.READING, "most", 2)

    def asked_from(address):
        return client.get(f"{BASE}/offers", REMOTE_ADDR=address).status_code

    assert [asked_from(f"2001:db8:0:1::{host}") for host in (1, 2, 3)] == [200, 200, 429]
    assert [asked_from(address) for address in ("198.51.100.7", "::ffff:198.51.100.7", "198.51.100.7")] == [
        200,
        200,
        429,
    ]
    assert asked_from("2001:db8:0:2::1") == 200


def test_an_error_of_ours_is_a_problem_too(offer, client, monkeypatch, caplog):
    monkeypatch.setattr("home.api.resources.place", lambda item: 1 / 0)
    answer = client.get(f"{BASE}/offers")
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert "ZeroDivisionError" in caplog.text


# --- The description --------------------------------------------------------------------------------------------------
def test_each_operation_has_an_example_that_fits_its_own_schema(client, db):
    schema = client.get(f"{BASE}/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    told = {operation["get"]["operationId"]: operation["get"] for operation in schema["paths"].values()}
    responses = {
        operation.operation_id: operation.response_models[200]
        for view in api_module.api.default_router.path_operations.values()
        for operation in view.operations
    }
    for name, operation in told.items():
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        responses[name].model_validate({"response": example})
        assert "example.org" in json.dumps(example)


def coded(value):
    """All codes with their labels in an answer, those in nested objects too."""
    if isinstance(value, dict):
        if set(value) == {"code", "label"}:
            yield value["code"], value["label"]
        value = list(value.values())
    for entry in value if isinstance(value, list) else ():
        yield from coded(entry)


def all_choices():
    """All codes of the site's choices with their English labels."""
    with translation.override("en"):
        for choices in models.TextChoices.__subclasses__():
            yield from ((str(code), str(label)) for code, label in choices.choices)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_examples_use_the_words_of_today(path):
    """A label that was worded anew is worded anew in the examples: who programs compares them."""
    known = set(all_choices())
    codes = {code for code, _label in known}
    told = {pair for pair in coded(json.loads(path.read_text(encoding="utf-8"))) if pair[0] in codes}
    assert told <= known


def test_the_description_says_what_state_and_open_mean(client, db):
    lines = client.get(f"{BASE}/openapi.json").json()["components"]["schemas"]
    assert lines["Requests"]["enum"] == ["not_yet_open", "open", "closed"]
    for name in ("FrameworkLine", "FrameworkDay"):
        assert "not_yet_open" in lines[name]["properties"]["open"]["description"]


def test_the_readable_page_asks_nothing_of_others(site, client):
    page = client.get(f"{BASE}/docs")
    assert page.status_code == 200
    assert client.get(f"{BASE}/").url == f"{BASE}/docs"
    text = page.content.decode()
    assert "<script" not in text
    for name in ("list_offers", "read_hosts", "search"):
        assert f'id="{name}"' in text

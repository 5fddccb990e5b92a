"""Each framework of an offer has its own last day: lists, pages, feeds, calendars, data and API say the next one."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from factories import (
    FactsheetFactory,
    HousingFactory,
    OfferFactory,
    RecognitionSheetFactory,
    SigningUniversityFactory,
    UniversityFactory,
    give_windows,
    open_site,
    publish,
    version,
)
from scenarios import scenario
from territoire.models import InternshipOfferPage, PageFactsheetRow, SigningUniversity
from territoire.rules.states import listed, open_now

pytestmark = pytest.mark.once

day = dt.date.fromisoformat
TOURS = "Université de Tours"
PUBLISHED = [
    (2024, 1, day("2024-03-25"), day("2024-05-31")),
    (2024, 2, day("2024-10-07"), day("2024-11-15")),
]
# A period of the second semester of 2026-27, whose nominations closed on 15 November 2026, a week before today.
SPRING = {"start_date": day("2027-03-01"), "end_date": day("2027-05-02"), "deadline": day("2027-01-04")}
LINES = [
    ("erasmus_etudes", TOURS, "observation"),
    ("erasmus_stage", "", "observation"),
    ("observation", "", "observation", day("2026-12-15")),
]


def body(answer):
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def tours():
    return SigningUniversity.objects.get(name=TOURS, locale__language_code="fr")


@scenario
def offer():
    """A public offer in four languages: studies are closed, an observership closes in December, the rest in January."""
    open_site()
    SigningUniversityFactory(name=TOURS, windows=PUBLISHED)
    return publish(OfferFactory(title="Au bord du Cher", frameworks=LINES, **SPRING))


# --- What is computed -------------------------------------------------------------------------------------------------
def test_the_columns_that_lists_ask_are_those_of_the_lines(offer):
    assert offer.deadlines == [
        ("erasmus_etudes", day("2026-11-15")),
        ("erasmus_stage", day("2027-01-04")),
        ("observation", day("2026-12-15")),
    ]
    assert offer.last_deadline == day("2027-01-04")
    assert offer.next_deadline == offer.shown_deadline == day("2026-12-15")
    assert offer.open_framework_codes == ["erasmus_stage", "observation"]


def test_an_offer_is_closed_when_all_its_frameworks_are(offer, client):
    alone = publish(OfferFactory(frameworks=LINES[:1], **SPRING))
    assert alone.state == "closed"
    assert offer.state == "open"
    public = InternshipOfferPage.objects.filter(locale__language_code="fr")
    assert [page.pk for page in public.filter(listed())] == [offer.pk]
    assert [page.pk for page in public.filter(open_now())] == [offer.pk]
    with time_machine.travel("2027-01-04T12:00:00+01:00"):
        assert offer.state == "open"
    with time_machine.travel("2027-01-05T12:00:00+01:00"):
        assert offer.state == "closed"


def test_a_line_that_closes_later_than_the_offer_keeps_it_open(home):
    late = ("observation", "", "observation", day("2027-02-01"))
    offer = OfferFactory(frameworks=[("erasmus_stage", "", "observation"), late], **SPRING)
    assert offer.last_deadline == day("2027-02-01")
    with time_machine.travel("2027-01-20T12:00:00+01:00"):
        assert offer.state == "open"
        assert [code for code, _day in offer.open_deadlines] == ["observation"]


def test_changing_a_window_changes_offers_in_all_languages_at_once(offer, client):
    give_windows(tours(), *PUBLISHED, (2026, 2, day("2026-10-05"), day("2026-12-01")))
    for language in ("fr", "en", "es", "de"):
        page = version(offer, language)
        assert dict(page.deadlines)["erasmus_etudes"] == day("2026-12-01"), language
        assert page.next_deadline == day("2026-12-01")
        assert "erasmus_etudes" in page.open_framework_codes
        assert 'datetime="2026-12-01"' in client.get(page.url).content.decode()


def test_an_editor_changes_a_window_in_the_admin_and_offers_follow(offer, admin):
    university = tours()
    rows = [
        {
            "id": str(row.pk),
            "year": str(row.year),
            "semester": str(row.semester),
            "opens": str(row.opens),
            "closes": "2024-12-20" if row.semester == 2 else str(row.closes),
            "source": "Tours",
            "source_url": "",
        }
        for row in university.windows.all()
    ]
    sent = nested_form_data(
        {
            **{"name": TOURS, "erasmus_code": "F TOURS01", "town": "Tours", "website": ""},
            "windows": inline_formset(rows, initial=len(rows)),
            "semesters": inline_formset([]),
            "factsheet": inline_formset([]),
        }
    )
    address = reverse(SigningUniversity.snippet_viewset.get_url_name("edit"), args=[university.pk])
    answer = admin.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert version(offer, "de").next_deadline == day("2026-12-15")
    assert dict(version(offer, "de").deadlines)["erasmus_etudes"] == day("2026-12-20")
    sent["windows-1-semester"] = "1"
    answer = admin.post(address, sent)
    assert answer.status_code == 200
    assert answer.context["form"].formsets["windows"].forms[1].errors["semester"]


def test_what_has_closed_since_is_taken_off_at_night(offer, client):
    index = offer.get_parent()
    with time_machine.travel("2026-12-16T00:10:00+01:00"):
        assert InternshipOfferPage.renew_of_today() == 4
        assert InternshipOfferPage.renew_of_today() == 0
        again = InternshipOfferPage.objects.get(pk=offer.pk)
        assert again.next_deadline == day("2027-01-04")
        assert again.open_framework_codes == ["erasmus_stage"]
        assert client.get(index.url, {"framework": "observation"}).context["listing"].total == 0


def test_a_university_that_signs_offers_is_not_deleted(offer):
    with pytest.raises(ProtectedError):
        tours().delete()


# --- What visitors read -----------------------------------------------------------------------------------------------
def test_card_and_page_say_the_next_day_and_name_what_is_closed(offer, client, text_of):
    index = offer.get_parent()
    for address in (index.url, offer.url):
        text = text_of(client.get(address))
        assert "15 décembre 2026" in text
        assert "15 novembre 2026" in text
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    rows = page.select(".frameworks details")
    assert [row.summary.find("time")["datetime"] for row in rows] == ["2026-11-15", "2027-01-04", "2026-12-15"]
    assert [bool(row.select("summary strong")) for row in rows] == [True, False, False]
    assert "2024-25" in rows[0].text


def test_frameworks_that_close_together_are_not_told_apart(home, client):
    offer = OfferFactory(frameworks=[("erasmus_stage", "", "observation"), ("observation", "", "observation")])
    assert "by-framework" not in body(client.get(offer.url))


@pytest.mark.parametrize(
    ("framework", "found"), [("erasmus_etudes", False), ("erasmus_stage", True), ("observation", True)]
)
def test_the_filter_finds_only_what_is_open_under_that_framework(offer, client, framework, found):
    listing = client.get(offer.get_parent().url, {"framework": framework}).context["listing"]
    assert (listing.total == 1) is found
    api = client.get("/api/v1/offers", {"framework": framework, "lang": "fr"}).json()
    assert (api["count"] == 1) is found


def test_lists_are_sorted_by_the_day_that_cards_show(offer, client):
    sooner = publish(OfferFactory(title="Plus tôt", **{**SPRING, "deadline": day("2026-12-10")}))
    later = publish(OfferFactory(title="Plus tard", **{**SPRING, "deadline": day("2026-12-20")}))
    html = BeautifulSoup(client.get(offer.get_parent().url, {"sort": "deadline"}).content, "html.parser")
    titles = [heading.a.text for heading in html.select(".offer-card h3")]
    assert titles == [sooner.title, offer.title, later.title]


# --- What machines read -----------------------------------------------------------------------------------------------
def test_the_calendar_has_a_day_for_each_framework_that_is_open(offer, client):
    entries = Calendar.from_ical(body(client.get("/feeds/fr/deadlines.ics"))).walk("VEVENT")
    assert {entry.decoded("dtstart") for entry in entries} == {day("2026-12-15"), day("2027-01-04")}
    assert len({str(entry["uid"]) for entry in entries}) == 2
    assert "2026-11-15" not in body(client.get("/feeds/fr/deadlines.ics"))
    assert all(str(entry["summary"]).endswith(")") for entry in entries)


def test_feed_and_text_to_paste_say_what_is_closed(offer, client):
    assert "15 novembre 2026" in body(client.get("/feeds/fr/offers.atom"))
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    assert "15 novembre 2026" in page.select_one("#share-text-fr").text


def test_open_data_say_the_day_of_each_framework(offer, client):
    (row,) = csv.DictReader(io.StringIO(body(client.get("/data/offers.csv"))))
    (record,) = json.loads(body(client.get("/data/offers.json")))["data"]
    for said in (row, record):
        assert said["date_limite"] == "2026-12-15"
        assert said["derniere_date_limite"] == "2027-01-04"
        assert said["cadres_ouverts"] == "erasmus_stage observation"
        assert said["dates_limites_par_cadre"] == (
            "erasmus_etudes=2026-11-15 erasmus_stage=2027-01-04 observation=2026-12-15"
        )
    assert row["etat"] == "open"


def test_the_api_says_the_day_of_each_framework(offer, client):
    (record,) = client.get("/api/v1/offers?lang=en").json()["results"]
    assert (record["deadline"], record["last_deadline"]) == ("2026-12-15", "2027-01-04")
    lines = [(line["deadline"], line["open"], line["signing_university"]) for line in record["frameworks"]]
    assert lines == [("2026-11-15", False, TOURS), ("2027-01-04", True, None), ("2026-12-15", True, None)]


# An autumn whose nominations run, by the days of 2024-25, from 25 March to 31 May 2027.
AUTUMN = {"start_date": day("2027-09-06"), "end_date": day("2027-11-14"), "max_weeks": 10}


def autumn(deadline):
    open_site("en")
    SigningUniversityFactory(name=TOURS, windows=PUBLISHED)
    return publish(OfferFactory(frameworks=LINES[:2], deadline=day(deadline), **AUTUMN))


@pytest.mark.parametrize("deadline", ["2027-05-15", "2027-05-31", "2027-07-01"])
def test_the_first_day_and_the_doubt_of_a_window_stay_whatever_closes_it(db, client, deadline):
    offer = autumn(deadline)
    last = min(deadline, "2027-05-31")
    page = BeautifulSoup(client.get(version(offer, "en").url).content, "html.parser")
    studies, traineeship = (" ".join(row.dd.find_next("dd").text.split()) for row in page.select(".frameworks details"))
    for text in ("nominations begin on 25 March 2027", "by its dates of 2024-25", "not yet confirmed"):
        assert text in studies
        assert text not in traineeship
    assert ("until 31 May 2027, by its dates" in studies) is (deadline < "2027-05-31")
    (record,) = client.get("/api/v1/offers?lang=en").json()["results"]
    days = client.get(f"/api/v1/dates?first=2027-09-06&last=2027-11-14&citizen=eu&offer={offer.reference}").json()
    for told in (record["frameworks"], days["deadlines"]):
        keys = ("deadline", "opens", "confirmed", "state", "open")
        assert [told[0][key] for key in keys] == [last, "2027-03-25", False, "not_yet_open", True]
        assert [told[1][key] for key in keys] == [deadline, None, True, "open", True]
    (row,) = csv.DictReader(io.StringIO(body(client.get("/data/offers.csv"))))
    (entry,) = json.loads(body(client.get("/data/offers.json")))["data"]
    for said in (row, entry):
        assert said["cadres_ouverts"] == "erasmus_etudes erasmus_stage"
        assert said["cadres_pas_encore_ouverts"] == said["cadres_a_confirmer"] == "erasmus_etudes"
        assert said["debuts_des_nominations"] == "erasmus_etudes=2027-03-25"


def test_nominations_open_on_their_day_and_close_with_the_offer(db, client):
    autumn("2027-05-15")

    def states(moment):
        with time_machine.travel(f"{moment}T12:00:00+01:00"):
            (record,) = client.get("/api/v1/offers?lang=en").json()["results"]
        return [line["state"] for line in record["frameworks"]]

    assert states("2027-03-24") == ["not_yet_open", "open"]
    assert states("2027-03-25") == ["open", "open"]
    assert states("2027-05-16") == ["closed", "closed"]


def test_search_says_the_next_day_and_what_is_closed(offer):
    from territoire.searching import facts_of_offer

    with translation.override("fr"):
        facts = " ".join(map(str, facts_of_offer(offer)))
    assert "15 décembre 2026" in facts
    assert "15 novembre 2026" in facts


# --- What editors are told --------------------------------------------------------------------------------------------
def warnings_of(**changes):
    with translation.override("en"):
        return " ".join(OfferFactory(**{**SPRING, **changes}).warnings)


def test_an_editor_is_told_of_a_line_that_is_closed_already(home):
    SigningUniversityFactory(name=TOURS, windows=PUBLISHED)
    assert "is closed since 15 November 2026" in warnings_of(frameworks=LINES[:2])
    assert "is closed since" not in warnings_of(frameworks=LINES[1:])


def test_an_editor_is_told_to_ask_the_university_whose_window_is_unknown(home):
    assert f"Ask the university: {TOURS}" in warnings_of(frameworks=LINES[:1])
    give_windows(tours(), *PUBLISHED)
    assert "Ask the university" not in warnings_of(frameworks=LINES[:1])


def test_an_editor_is_told_of_a_deadline_after_the_beginning(home):
    typed = [("observation", "", "observation", day("2027-03-01"))]
    assert "requests end after the placement begins" in warnings_of(frameworks=typed)
    assert "requests end after" not in warnings_of(frameworks=[("observation", "", "observation")])


def test_an_editor_is_told_of_requests_that_end_before_nominations_begin(home):
    SigningUniversityFactory(name=TOURS, windows=PUBLISHED)
    said = "before the university takes nominations, from 25 March 2027 on"
    assert said in warnings_of(frameworks=LINES[:1], **{**AUTUMN, "deadline": day("2027-03-01")})
    assert said not in warnings_of(frameworks=LINES[:1], **{**AUTUMN, "deadline": day("2027-03-25")})


def test_the_page_says_to_ask_where_no_window_is_known(home, client, text_of):
    offer = OfferFactory(frameworks=LINES[:1], **SPRING)
    with translation.override("fr"):
        assert offer.state == "open"
    row = BeautifulSoup(client.get(offer.url).content, "html.parser").select_one(".frameworks details")
    assert row.summary.find("time")["datetime"] == str(SPRING["deadline"])
    assert row.select_one("dd .help")


def test_an_offers_page_asks_the_database_twenty_times_at_most(offer, client, django_assert_max_num_queries):
    UniversityFactory(country="DE", recognition=RecognitionSheetFactory())
    for _number in range(3):
        publish(OfferFactory(frameworks=LINES, housing=HousingFactory(), **SPRING))
    client.get(offer.url)
    with django_assert_max_num_queries(20):
        assert "2024-25" in body(client.get(offer.url))


def test_a_page_follows_the_windows_of_its_university_at_once(offer, client):
    assert "2024-25" in body(client.get(offer.url))
    give_windows(tours(), (2023, 2, day("2023-10-02"), day("2023-11-10")))
    assert "2023-24" in body(client.get(offer.url))


# --- The record -------------------------------------------------------------------------------------------------------
def test_a_university_has_a_french_erasmus_code_as_other_software_writes_it(home):
    university = SigningUniversityFactory(erasmus_code="F TOURS01")
    assert university.erasmus_code == "F  TOURS01"
    assert university.reference == "universite_de_tours"
    university.erasmus_code = "E JAEN01"
    assert "erasmus_code" in university.faults()


# --- Factsheets -------------------------------------------------------------------------------------------------------
@scenario
def sheets():
    """The factsheets of the territory and of a university, under the list of universities."""
    open_site()
    tours = SigningUniversityFactory(name=TOURS, website="https://exemple.org/partenaires", windows=PUBLISHED)
    own = FactsheetFactory(title="Fiche du territoire", slug="fiche-du-territoire")
    own.own_rows.set(
        [
            PageFactsheetRow(heading="visa", text={"fr": "Le visa.", "en": "The visa."}),
            PageFactsheetRow(heading="nominations", text={"fr": "Les nominations."}, email="bureau@exemple.org"),
        ]
    )
    own.save()
    return publish(own), publish(FactsheetFactory(title="Fiche : Tours", university=tours))


def test_a_factsheet_says_its_headings_in_the_order_of_ewp(sheets, client):
    own, _tours = sheets
    page = BeautifulSoup(client.get(own.url).content, "html.parser")
    assert [heading.text for heading in page.select(".story-layout section h2")] == ["Nominations", "Visa"]
    assert "mailto:bureau@exemple.org" in str(page)
    english = body(client.get(version(own, "en").url))
    assert "The visa." in english
    assert '<span lang="fr">Les nominations.</span>' in english


def test_the_factsheet_of_a_university_says_its_windows_and_leads_to_its_site(sheets, client, text_of):
    _own, tours = sheets
    page = BeautifulSoup(client.get(tours.url).content, "html.parser")
    rows = [row.th.text for row in page.select("tbody tr")]
    assert [text[:7] for text in rows] == ["2027-28", "2027-28", "2024-25", "2024-25"]
    assert page.select_one(".erasmus-code").text == "F  TOURS01"
    assert page.select('a[href="https://exemple.org/partenaires"]')


def test_the_factsheet_has_each_year_on_which_an_offer_rests_and_the_next(sheets, client):
    """A stay from June to September 2027 belongs to the second semester of 2026-27."""
    _own, tours = sheets
    summer = {"start_date": day("2027-06-07"), "end_date": day("2027-09-05"), "max_weeks": 13}
    publish(OfferFactory(frameworks=LINES, deadline=day("2027-03-01"), **summer))
    for language in ("fr", "en"):
        page = BeautifulSoup(client.get(version(tours, language).url).content, "html.parser")
        rows = [" ".join(row.text.split()) for row in page.select("tbody tr")]
        years = [row[:7] for row in rows]
        assert years == ["2026-27", "2026-27", "2027-28", "2027-28", "2024-25", "2024-25"], language
    assert "second semester middle of the placement: 1 Feb – 31 Aug 2027" in rows[1]
    assert "7 Oct – 15 Nov 2026 not yet confirmed" in rows[1]


def test_other_offers_add_no_year_to_a_factsheet(sheets, client):
    _own, tours = sheets
    publish(OfferFactory(frameworks=LINES[1:], **SPRING))
    over = {"start_date": day("2026-03-02"), "end_date": day("2026-05-03"), "deadline": day("2026-01-05")}
    publish(OfferFactory(frameworks=LINES, **over))
    OfferFactory(draft=True, frameworks=LINES, **SPRING)
    page = BeautifulSoup(client.get(tours.url).content, "html.parser")
    assert [row.th.text[:7] for row in page.select("tbody tr")] == ["2027-28", "2027-28", "2024-25", "2024-25"]


def test_the_list_of_universities_leads_to_the_factsheets_in_each_language(sheets, client):
    for language in ("fr", "en", "es", "de"):
        index = version(sheets[0].get_parent().specific, language)
        html = body(client.get(index.url))
        for sheet in sheets:
            assert f'href="{version(sheet, language).url}"' in html, language


def test_a_factsheet_is_found_lasts_and_is_gone_when_it_is_taken_back(sheets, client):
    own, _tours = sheets
    assert client.get(own.lasting_link.path, follow=True).status_code == 200
    assert own.slug in body(client.get("/sitemap-fr.xml"))
    own.unpublish()
    assert client.get(own.url).status_code == 404
    assert client.get(f"{own.get_parent().url}fiche-de-nulle-part/").status_code == 404


def test_what_offers_say_costs_the_same_for_many_lines(offer, client, django_assert_max_num_queries):
    index = offer.get_parent()
    client.get(index.url)
    for _number in range(6):
        OfferFactory(frameworks=LINES, **SPRING)
    client.get(index.url)
    with django_assert_max_num_queries(40):
        assert body(client.get(index.url)).count("by-framework") == 7

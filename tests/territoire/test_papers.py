"""Papers to prepare: of whom they are asked, and by when to begin each."""

import csv
import datetime as dt
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse

from factories import (
    TODAY,
    FigureFactory,
    HostFactory,
    OfferFactory,
    PaperFactory,
    open_site,
    publish,
    translate,
    version,
)
from home.api.kinds import resources
from territoire.models import OfferPaper, Paper
from territoire.rules.papers import Step, concerns, timetable
from territoire.rules.stay import Citizenship, Stay

pytestmark = [pytest.mark.once, pytest.mark.django_db]

MARCH = dt.date(2027, 3, 1)


@dataclass(frozen=True)
class Asked:
    """What the rules read of a paper."""

    days_needed: int | None = None
    citizens: str = ""
    figure: str = ""
    long_stay_only: bool = False


def names(offer):
    return [paper.name for paper in type(offer).objects.get(pk=offer.pk).asked_papers]


# --- Dates --------------------------------------------------------------------------------------------------------
def test_each_paper_has_its_day_and_the_longest_comes_first():
    photo, vaccination, form, unknown = Asked(1), Asked(180), Asked(62), Asked()
    assert timetable([unknown, photo, vaccination, form], MARCH, TODAY) == [
        Step(vaccination, dt.date(2026, 9, 2), late=True),
        Step(form, dt.date(2026, 12, 29)),
        Step(photo, dt.date(2027, 2, 28)),
        Step(unknown),
    ]


def test_the_last_day_to_begin_is_not_too_late():
    begin = dt.date(2026, 12, 29)
    assert [timetable([Asked(62)], MARCH, today)[0].late for today in (begin, begin + dt.timedelta(1))] == [False, True]


@pytest.mark.parametrize(
    ("first", "begin"),
    [(dt.date(2027, 3, 1), dt.date(2027, 1, 1)), (dt.date(2027, 4, 30), dt.date(2027, 2, 28))],
)
def test_a_paper_that_a_rule_times_begins_with_the_rule(db, first, begin):
    assert timetable([Asked(figure="mois_avant_visa")], first, TODAY)[0].begin == begin
    assert Stay(first, first + dt.timedelta(days=99)).agreement_signed_by == begin


def test_a_changed_number_of_the_register_moves_the_paper_and_its_words(client, home):
    PaperFactory(name="Dépôt", figure="mois_avant_visa")
    offer = OfferFactory()
    assert "Au moins 2 mois avant" in " ".join(said(page_of(client, offer), ".pieces li"))
    FigureFactory(code="mois_avant_visa", value=3)
    assert "Au moins 3 mois avant" in " ".join(said(page_of(client, offer), ".pieces li"))


def test_a_paper_says_its_time_once(home):
    paper = PaperFactory(days_needed=62, figure="mois_avant_visa")
    with pytest.raises(ValidationError) as refusal:
        paper.full_clean()
    assert list(refusal.value.message_dict) == ["figure"]


def test_weeks_before_the_first_day_are_weeks(db):
    assert timetable([Asked(figure="semaines_ifmsa")], MARCH, TODAY)[0].begin == MARCH - dt.timedelta(weeks=8)


def test_papers_of_one_length_stay_in_their_order():
    papers = [Asked(citizens="eu"), Asked(7), Asked(), Asked(7, "other")]
    assert [step.paper for step in timetable(papers, None, TODAY)] == [papers[1], papers[3], papers[0], papers[2]]


@pytest.mark.parametrize(
    ("paper", "citizenship", "days", "needed"),
    [
        (Asked(), Citizenship.OTHER, 30, True),
        (Asked(citizens="eu"), Citizenship.EUROPEAN, 30, True),
        (Asked(citizens="eu"), Citizenship.OTHER, 30, False),
        (Asked(citizens="other"), Citizenship.EUROPEAN, 120, False),
        (Asked(citizens="other", long_stay_only=True), Citizenship.OTHER, 90, False),
        (Asked(citizens="other", long_stay_only=True), Citizenship.OTHER, 91, True),
    ],
)
def test_some_papers_concern_some_students(paper, citizenship, days, needed):
    stay = Stay(MARCH, MARCH + dt.timedelta(days=days - 1))
    assert concerns(paper, stay, citizenship) is needed


# --- Of whom ------------------------------------------------------------------------------------------------------
def test_host_kind_and_frameworks_say_which_papers_a_placement_asks_for(home):
    clinic, nursery = HostFactory(public_hospital=True), HostFactory()
    PaperFactory(name="tous")
    PaperFactory(name="hôpital", host_kinds=["centre_hospitalier"])
    PaperFactory(name="en ville", placement_kinds=["ambulatoire", "mixte"])
    PaperFactory(name="Erasmus+", frameworks=["erasmus_stage", "erasmus_etudes"])
    PaperFactory(name="IFMSA à l’hôpital", frameworks=["ifmsa_scope"], host_kinds=["centre_hospitalier"])
    PaperFactory(name="crèche", for_all=False, hosts=[nursery])
    assert names(OfferFactory(host=clinic, kind="hospitalier")) == ["Erasmus+", "hôpital", "tous"]
    observed = [("observation", "", "observation")]
    assert names(OfferFactory(host=nursery, frameworks=observed)) == ["crèche", "en ville", "tous"]


def test_a_placement_has_its_own_lines(home):
    usual, own = PaperFactory(name="usuel"), PaperFactory(name="propre", for_all=False)
    offer = OfferFactory()
    assert names(offer) == ["usuel"]
    publish(offer, papers=[OfferPaper(paper=own), OfferPaper(paper=usual, asked=False)])
    assert names(offer) == ["propre"]


def test_translations_ask_for_the_same_papers(home):
    open_site("en")
    paper, own = PaperFactory(name="Assurance"), PaperFactory(name="Propre", for_all=False)
    offer = publish(OfferFactory(), papers=[OfferPaper(paper=own)])
    translate(offer, "en", {"title": "Placement"})
    translate(paper, "en", {"name": "Insurance"})
    assert names(version(offer, "en")) == names(offer) == ["Assurance", "Propre"]
    publish(offer, papers=[OfferPaper(paper=own), OfferPaper(paper=paper, asked=False)])
    assert names(version(offer, "en")) == ["Propre"]


def test_a_host_that_asks_anew_is_read_at_once(home):
    paper, offer = PaperFactory(for_all=False), OfferFactory()
    assert names(offer) == []
    paper.hosts.add(offer.host)
    assert names(offer) == [paper.name]


def test_a_paper_with_a_length_of_validity_expires(home):
    with pytest.raises(ValidationError) as fault:
        PaperFactory.build(expires=False, months_valid=3).full_clean()
    assert "months_valid" in fault.value.message_dict


# --- Told ---------------------------------------------------------------------------------------------------------
def vaccination():
    return PaperFactory(
        name="Vaccins",
        issuer="votre médecin",
        to_do="Remettez la preuve à la structure, jamais au guichet.",
        days_needed=180,
        source="CSP, art. L. 3111-4",
        source_url="https://exemple.org/csp",
        checked_on=TODAY,
    )


def page_of(client, offer, query=""):
    return BeautifulSoup(client.get(offer.url + query).content, "html.parser")


def said(soup, where):
    return [" ".join(item.get_text(" ").split()) for item in soup.select(where)]


def test_the_page_lists_papers_with_issuer_time_and_source(client, home):
    PaperFactory(name="Visa", citizens="other")
    vaccination()
    soup = page_of(client, OfferFactory())
    vaccines, visa = said(soup, ".pieces li")
    for text in ("Vaccins", "votre médecin", "jamais au guichet", "Demande 180 jours.", "CSP, art. L. 3111-4"):
        assert text in vaccines
    assert "Citoyens d’autres pays seulement" in visa
    assert "au plus tard" not in vaccines
    assert soup.select_one('.pieces a[href="https://exemple.org/csp"]')


def test_with_dates_each_paper_has_its_day(client, home):
    """In 100 days: the vaccination would have had to begin 80 days ago, the form may begin until in 38 days."""
    vaccination()
    PaperFactory(name="Dépôt", days_needed=62)
    PaperFactory(name="Visa", citizens="other")
    offer = OfferFactory()
    query = f"?first={offer.start_date}&last={offer.end_date}&citizen=eu"
    soup = page_of(client, offer, query)
    vaccines, form = said(soup, ".stay h3 + .advice li")
    assert "Trop tard" in vaccines
    assert "30 décembre 2026" in form


def test_api_and_open_data_tell_the_papers_and_lists_cost_no_more(client, home, rf, django_assert_max_num_queries):
    vaccination()
    offers = [publish(OfferFactory()) for _number in range(3)]
    told = next(resource for resource in resources() if resource.name == "offers")
    (paper,) = told.records(offers[:1], rf.get("/"))[0]["papers"]
    assert (paper["name"], paper["days_needed"], paper["expires"]) == ("Vaccins", 180, None)
    header, *rows = csv.reader(b"".join(client.get("/data/offers.csv").streaming_content).decode().splitlines())
    assert {row[header.index("papiers")] for row in rows} == {paper["id"]}


def test_the_api_gives_a_number_of_days_where_a_rule_says_months_or_weeks(client, home):
    """Six months before 1 March 2027 is 1 September 2026, eight weeks before is 56 days."""
    PaperFactory(name="Vaccins", figure="mois_hepatite_b")
    PaperFactory(name="Carte", figure="semaines_ifmsa")
    PaperFactory(name="Visa")
    offer = publish(OfferFactory(start_date=dt.date(2027, 3, 1), end_date=dt.date(2027, 5, 2)))
    papers = client.get(f"/api/v1/offers/{offer.reference}?lang=fr").json()["papers"]
    assert {paper["name"]: paper["days_needed"] for paper in papers} == {"Vaccins": 181, "Carte": 56, "Visa": None}
    assert "6 mois" in papers[0]["time_text"]
    dates = f"/api/v1/dates?first={offer.start_date}&last={offer.end_date}&citizen=other&offer={offer.reference}"
    begin = client.get(dates).json()["papers"][0]["begin"]
    assert offer.start_date - dt.timedelta(days=papers[0]["days_needed"]) == dt.date.fromisoformat(begin)


def test_editors_write_a_paper_and_choose_its_hosts(admin, home):
    host = HostFactory()
    sent = {"name": "Attestation", "for_all": "", "hosts": [host.pk], "position": "0", "expires": "unknown"}
    answer = admin.post(reverse("wagtailsnippets_territoire_paper:add"), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    assert list(Paper.objects.get().hosts.all()) == [host]
    assert names(OfferFactory(host=host)) == ["Attestation"]

"""A student reads what the home faculty asks of the host before asking for a placement."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from factories import (
    HostFactory,
    OfferFactory,
    RecognitionSheetFactory,
    UniversityFactory,
    days,
    languages,
    publish,
    translate,
    version,
)
from territoire.choices import HostType, Recognised, StudyLevel
from territoire.models import RecognitionSheet

pytestmark = pytest.mark.once


def label(answer, language="fr"):
    """An answer as a reader finds it."""
    with translation.override(language):
        return str(answer.label)


def told(client, page):
    """What an offer's or a university's page says of recognition, or None."""
    document = BeautifulSoup(client.get(page.url).content, "html.parser")
    section = document.select_one("section.recognition")
    return section and " ".join(section.get_text(" ").split())


def answers(sheet, **facts):
    """What a sheet says of an offer: (purpose, answer) of each of its lines."""
    offer = OfferFactory(**facts)
    return [(answer.purpose, answer.recognised) for answer in sheet.answers_for(offer.offered)]


def answer(asked, *, qualify=("cabinet",), to_ask=(), fields=("medecine",), **facts):
    """The one answer of a sheet that asks this, for an offer in a practice."""
    sheet = RecognitionSheetFactory(rows=[("Famulatur", list(qualify), list(to_ask), "", asked)], fields=list(fields))
    offer = OfferFactory(**{"host": HostFactory(kind="cabinet")} | facts)
    return sheet.answers_for(offer.offered)[0]


@pytest.mark.parametrize(
    ("kind", "famulatur", "tertial"),
    [
        ("cabinet", Recognised.YES, Recognised.NO),
        ("centre_hospitalier", Recognised.YES, Recognised.ASK),
        ("ehpad", Recognised.NO, Recognised.NO),
    ],
)
def test_a_sheet_answers_for_each_kind_of_host(home, kind, famulatur, tertial):
    said = answers(RecognitionSheetFactory(), host=HostFactory(kind=kind))
    assert said == [("Famulatur", famulatur), ("Tertial", tertial)]


def test_a_kind_that_stands_in_both_lists_is_to_be_asked_about(home):
    sheet = RecognitionSheetFactory(rows=[("Famulatur", ["cabinet"], ["cabinet"], "")])
    assert answers(sheet, host=HostFactory(kind="cabinet")) == [("Famulatur", Recognised.ASK)]
    assert sheet.rows[0].asked.qualify == ()


OBSERVES, RESEARCH = ("erasmus_stage", "", "observation"), ("ifmsa_score", "", "non_clinique")
TAKES_PART = ("stage_conventionne", "", "participation_encadree")

# What is asked, the offer, the answer, and a part of the sentence that says why.
JUDGED = {
    "an offer that is too short": (
        {"weeks": "16"},
        {"min_weeks": 4, "max_weeks": 4},
        Recognised.NO,
        "4 semaines au plus, et il en faut 16",
    ),
    "one that is long enough if one stays long": (
        {"weeks": "8"},
        {"min_weeks": 4, "max_weeks": 9},
        Recognised.YES,
        "Restez 8 semaines",
    ),
    "one that is long enough anyway": ({"weeks": "9"}, {"min_weeks": 9, "max_weeks": 9}, Recognised.YES, "convient"),
    "no patients where they are asked for": (
        {"care": "patients"},
        {"frameworks": [RESEARCH]},
        Recognised.NO,
        "aucun patient",
    ),
    "observation where patients are enough": (
        {"care": "patients"},
        {"frameworks": [OBSERVES]},
        Recognised.YES,
        "convient",
    ),
    "observation where care is asked for": (
        {"care": "participation"},
        {"frameworks": [OBSERVES]},
        Recognised.NO,
        "ne participe pas aux soins",
    ),
    "care under one framework of two": (
        {"care": "participation"},
        {"frameworks": [OBSERVES, TAKES_PART]},
        Recognised.YES,
        "Seulement si vous venez avec : Stage conventionné",
    ),
    "nobody who confirms": (
        {"confirmation": "universite"},
        {"frameworks": [OBSERVES]},
        Recognised.ASK,
        "doit le confirmer",
    ),
    "students of another level": (
        {"levels": ["cycle2_fin"]},
        {"levels": ["cycle3"]},
        Recognised.NO,
        "d’autres niveaux d’études",
    ),
    "students of that level among others": (
        {"levels": ["cycle2_fin"]},
        {"levels": ["cycle2_debut", "cycle2_fin"]},
        Recognised.YES,
        "Seulement à ce niveau d’études",
    ),
    "less French than is asked for": ({"french": "B2"}, {"french_level": "B1"}, Recognised.ASK, "B2"),
    "as much French as is asked for": ({"french": "B2"}, {"french_level": "C1"}, Recognised.YES, "convient"),
    "no language that is asked for": (
        {"languages": ["de"]},
        {"supervision_languages": ["fr", "en"]},
        Recognised.NO,
        "Allemand",
    ),
    "a language that is asked for": (
        {"languages": ["de", "fr"]},
        {"supervision_languages": ["fr", "en"]},
        Recognised.YES,
        "convient",
    ),
    "a placement in another field": ({}, {"field": "imagerie", "open_fields": ["medecine"]}, Recognised.ASK, "domaine"),
}


@pytest.mark.parametrize("case", JUDGED)
def test_what_host_and_offer_are_decides_and_the_reason_is_said(home, case):
    asked, facts, recognised, reason = JUDGED[case]
    said = answer(asked, **facts)
    assert said.recognised == recognised
    assert reason in " ".join(said.reasons).replace("\u00a0", " ")


def test_a_no_goes_before_what_is_to_be_asked_and_says_each_reason(home):
    said = answer(
        {"weeks": "16", "care": "patients", "french": "C1"},
        qualify=(),
        to_ask=("cabinet",),
        max_weeks=9,
        frameworks=[RESEARCH],
    )
    assert said.recognised == Recognised.NO
    assert len(said.reasons) == 2


def test_a_draft_without_lines_is_judged_by_its_host(home):
    offer = OfferFactory(host=HostFactory(kind="cabinet"), live=False)
    offer.frameworks.all().delete()
    offer.refresh_from_db()
    sheet = RecognitionSheetFactory(rows=[("Famulatur", ["cabinet"], [], "", {"care": "patients"})])
    assert sheet.answers_for(offer.offered)[0].recognised == Recognised.YES


def test_a_partner_page_says_what_is_asked_beside_the_host(client, home):
    asked = {
        "weeks": "16",
        "care": "participation",
        "levels": ["cycle2_fin"],
        "confirmation": "universite",
        "french": "B2",
    }
    sheet = RecognitionSheetFactory(rows=[("Tertial", [], ["centre_hospitalier"], "", asked)])
    said = told(client, UniversityFactory(country="DE", recognition=sheet)).replace("\u00a0", " ")
    for words in (
        "16 semaines",
        "Participer aux soins",
        label(StudyLevel.CYCLE_2_LATE),
        "Une université française",
        "B2",
    ):
        assert words in said


def test_a_number_that_changes_changes_in_each_language(client, home):
    publish(home)
    languages("de")
    rows = [("Tertial", ["cabinet"], [], "", {"weeks": "8"})]
    sheet = RecognitionSheetFactory(rows=rows)
    translate(sheet, "de", {sheet.students: "Studierende aus Nordrhein-Westfalen"})
    offer = publish(OfferFactory(host=HostFactory(kind="cabinet"), max_weeks=9))
    assert f"Tertial {label(Recognised.YES, 'de')}" in told(client, version(offer, "de"))
    block = sheet.answers[0]
    block.value["weeks"] = "16"
    sheet.save()
    assert f"Tertial {label(Recognised.NO, 'de')}" in told(client, version(offer, "de"))


def test_an_offer_says_for_what_its_host_counts_and_leads_to_the_whole_sheet(client, home):
    university = UniversityFactory(title="Ruhr-Universität", country="DE", recognition=RecognitionSheetFactory())
    offer = OfferFactory(host=HostFactory(kind="cabinet"))
    said = told(client, offer)
    assert "Étudiants de Rhénanie-du-Nord-Westphalie" in said
    assert f"Famulatur {label(Recognised.YES)}" in said
    assert f"Tertial {label(Recognised.NO)}" in said
    assert "Seulement un hôpital d’enseignement" not in said, "a condition of what does not qualify anyway"
    section = BeautifulSoup(client.get(offer.url).content, "html.parser").select_one("section.recognition")
    assert university.url + "#recognition" in [link["href"] for link in section.select("a")]
    hospital = told(client, OfferFactory(host=HostFactory(public_hospital=True)))
    assert f"Tertial {label(Recognised.ASK)}" in hospital
    assert "Seulement un hôpital d’enseignement" in hospital


def test_a_university_shows_its_whole_sheet(client, home):
    sheet = RecognitionSheetFactory(signature="L’université, pas l’hôpital.")
    said = told(client, UniversityFactory(country="DE", recognition=sheet))
    assert "L’université, pas l’hôpital." in said
    assert label(HostType.PRACTICE) in said
    assert "22 novembre 2026" in said.replace("\u00a0", " ")
    assert "Landesprüfungsamt" in said


def test_nobody_reads_a_sheet_that_was_not_checked(client, home):
    sheet = RecognitionSheetFactory(checked_on=None)
    assert told(client, UniversityFactory(country="DE", recognition=sheet)) is None
    assert told(client, OfferFactory()) is None


def test_a_sheet_is_shown_to_its_fields_alone(client, home):
    RecognitionSheetFactory(fields=["pharmacie"])
    assert told(client, OfferFactory(field="medecine")) is None
    assert told(client, OfferFactory(field="medecine", open_fields=["pharmacie"])) is not None


def test_a_sheet_is_read_in_the_readers_language(client, home):
    publish(home)
    languages("de")
    sheet = RecognitionSheetFactory()
    translate(sheet, "de", {"Étudiants de Rhénanie-du-Nord-Westphalie": "Studierende aus Nordrhein-Westfalen"})
    offer = publish(OfferFactory(host=HostFactory(kind="cabinet")))
    said = told(client, version(offer, "de"))
    assert "Studierende aus Nordrhein-Westfalen" in said
    assert f"Famulatur {label(Recognised.YES, 'de')}" in said


def test_a_page_asks_the_database_no_more_for_many_sheets(client, home):
    offer = OfferFactory()

    def queries():
        client.get(offer.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(offer.url)
        return len(asked)

    sheets = [RecognitionSheetFactory()]
    UniversityFactory(country="DE", recognition=sheets[0])
    few = queries()
    for _number in range(4):
        UniversityFactory(country="DE", recognition=RecognitionSheetFactory())
    assert queries() == few


def test_a_university_takes_no_sheet_of_another_country(home):
    university = UniversityFactory(country="RO")
    university.recognition = RecognitionSheetFactory(country="DE")
    with pytest.raises(ValidationError) as refusal:
        university.full_clean()
    assert list(refusal.value.message_dict) == ["recognition"]


def test_a_sheet_that_goes_leaves_the_university(client, home):
    university = UniversityFactory(country="DE", recognition=RecognitionSheetFactory(checked_on=days(-1)))
    RecognitionSheet.objects.all().delete()
    assert client.get(university.url).status_code == 200


def test_the_api_tells_what_a_partner_asks_and_null_of_a_draft(client, home):
    UniversityFactory(title="A", country="DE", recognition=RecognitionSheetFactory())
    UniversityFactory(title="B", country="DE", recognition=RecognitionSheetFactory(checked_on=None))
    records = {record["title"]: record for record in client.get("/api/v1/partners").json()["results"]}
    sheet = records["A"]["recognition"]
    assert sheet["answers"][0]["purpose"] == "Famulatur"
    assert [kind["code"] for kind in sheet["answers"][0]["qualify"]] == ["centre_hospitalier", "cabinet"]
    assert [kind["code"] for kind in sheet["answers"][1]["to_ask"]] == ["centre_hospitalier"]
    assert records["B"]["recognition"] is None

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
from territoire.choices import HostType, Recognised
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


@pytest.mark.parametrize(
    ("kind", "famulatur", "tertial"),
    [
        ("cabinet", Recognised.YES, Recognised.NO),
        ("centre_hospitalier", Recognised.YES, Recognised.ASK),
        ("ehpad", Recognised.NO, Recognised.NO),
    ],
)
def test_a_sheet_answers_for_each_kind_of_host(home, kind, famulatur, tertial):
    answers = RecognitionSheetFactory().answers_for(kind)
    assert [(answer.purpose, answer.recognised) for answer in answers] == [
        ("Famulatur", famulatur),
        ("Tertial", tertial),
    ]


def test_a_kind_that_stands_in_both_lists_is_to_be_asked_about(home):
    sheet = RecognitionSheetFactory(rows=[("Famulatur", ["cabinet"], ["cabinet"], "")])
    assert sheet.answers_for("cabinet")[0].recognised == Recognised.ASK
    assert sheet.rows[0].qualify == []


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

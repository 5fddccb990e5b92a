"""What a stay costs is said wherever a room or an allowance is named: on cards, pages, in feeds, files and texts."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from factories import AidFactory, HousingFactory, OfferFactory, languages, publish, version
from territoire.models import LearningAgreementTexts, OfferSupport
from territoire.offer_facts.room import room_text
from territoire.outlets.agreement.tables import whole_agreement
from territoire.outlets.agreement.values import Known
from territoire.searching import facts_of_offer

pytestmark = pytest.mark.once

RENT = "140\u00a0€"


def written(offer):
    """What the Learning Agreement prints."""
    parts = whole_agreement(Known(offer, LearningAgreementTexts()))
    sections = [section for part in parts for section in part.sections]
    fields = [text for section in sections for field in section.fields for text in (field.hint, field.written)]
    return "\n".join([*fields, *(remark for section in sections for remark in section.remarks)])


def unfolded(calendar):
    """A calendar's text, whose long lines are folded (RFC 5545, 3.1)."""
    return b"".join(calendar.streaming_content).decode().replace("\r\n ", "")


@pytest.fixture
def places(client, home):
    """Every place that speaks of an offer's room ({place: its text}), the API's record, the data file's row."""
    publish(home)
    languages("en")

    def of(offer):
        index, code = offer.get_parent(), offer.lasting_link.code
        record = client.get(f"/api/v1/offers/{code}").json()
        table = list(csv.DictReader(io.StringIO(b"".join(client.get("/data/offers.csv").streaming_content).decode())))
        share = BeautifulSoup(client.get(offer.url).content, "html.parser").select_one("#share-text-fr").text
        agreement = written(offer)
        return (
            {
                "card": BeautifulSoup(client.get(index.url).content, "html.parser")
                .select_one(".fact.room .fact-text")
                .text,
                "page": BeautifulSoup(client.get(offer.url).content, "html.parser")
                .select_one(".ten .room .fact-text")
                .text,
                "frame": client.get(f"/fr/embed/offres?reference={code}").content.decode(),
                "feed": client.get("/feeds/fr/offers.atom").content.decode(),
                "calendar": unfolded(client.get("/feeds/fr/deadlines.ics")),
                "text to paste": share,
                "API": record["room"]["text"],
                "search": " · ".join(map(str, facts_of_offer(offer))),
                "agreement": agreement,
            },
            record,
            next(row for row in table if row["reference"] == offer.reference),
        )

    return of


def test_the_rent_is_said_wherever_a_room_is(places):
    room = HousingFactory(monthly_rent=140)
    offer = publish(OfferFactory(housing_included=True, housing=room))
    said, record, row = places(offer)
    for place, text in said.items():
        assert f"Chambre réservée\u00a0: {RENT} par mois" in text, place
    assert record["room"]["monthly_rent"] == 140
    assert record["room"]["free"] is False
    assert row["loyer_mensuel"] == "140"


@pytest.mark.parametrize(
    ("facts", "rent", "said_as", "costs"),
    [
        ({"housing_included": True, "supports": [{"kind": "logement_gratuit"}]}, 140, "Chambre gratuite", 0),
        ({"housing_included": True}, 0, "Chambre gratuite", 0),
        ({"housing_included": True}, None, "Chambre réservée\u00a0: loyer à demander au guichet", None),
        ({"housing_included": False}, None, "Pas de chambre réservée", None),
        ({"housing_included": False}, 140, "Pas de chambre réservée", None),
    ],
)
def test_free_is_only_what_is_free(places, facts, rent, said_as, costs):
    room = HousingFactory(monthly_rent=rent) if rent is not None else None
    offer = publish(OfferFactory(housing=room, **facts))
    said, record, row = places(offer)
    said.pop("agreement")
    for place, text in said.items():
        assert said_as in text, place
        assert RENT not in text, place
    assert record["room"]["monthly_rent"] == costs
    assert row["loyer_mensuel"] == ("" if costs is None else str(costs))


def test_a_room_that_was_taken_back_is_not_promised_at_its_rent(home):
    room = HousingFactory(monthly_rent=140)
    offer = OfferFactory(housing_included=True, housing=room)
    room.unpublish()
    offer.refresh_from_db()
    assert "140" not in room_text(type(offer).objects.get(pk=offer.pk))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Chambre réservée\u00a0: 240\u00a0€ par mois"),
        ("en", "Room reserved: 240\u00a0€ a month"),
        ("es", "Habitación reservada: 240\u00a0€ al mes"),
        ("de", "Zimmer reserviert: 240\u00a0€ pro Monat"),
    ],
)
def test_the_rent_is_said_in_each_language(home, language, text):
    offer = OfferFactory(housing_included=True, housing=HousingFactory(monthly_rent=240))
    with translation.override(language):
        assert room_text(offer) == text


def test_an_allowance_is_never_stated_without_its_conditions(places, client):
    allowance = {"kind": "allocation_departementale", "amount": 200, "period": "mois"}
    offer = publish(OfferFactory(supports=[allowance, {"kind": "repas"}]))
    said, record, _row = places(offer)
    card = BeautifulSoup(client.get(offer.get_parent().url).content, "html.parser").select_one(".fact.money").text
    page = BeautifulSoup(client.get(offer.url).content, "html.parser").select_one(".ten .money").text
    said = {"card": card, "page": page, "text to paste": said["text to paste"], "agreement": said["agreement"]}
    for place, text in said.items():
        assert "200\u00a0€ par mois, sous conditions" in text, place
    assert "n’est pas ouverte à tous" in page
    assert [bool(line["conditions"]) for line in record["supports"]] == [True, False]


def test_an_allowance_is_as_high_as_its_aid_says_everywhere_and_in_each_language(places, client, home):
    publish(home)
    languages("de")
    conditions = [("condition", "Être en troisième cycle.")]
    facts = {"reference": "aide-x", "amount": 250, "period": "mois", "basis": "Délibération", "conditions": conditions}
    aid = publish(AidFactory(title="Allocation", **facts))
    offer = publish(OfferFactory(supports=[{"kind": "allocation_departementale", "aid": aid}]))

    def stated(page):
        return BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".money-details")

    assert "250\u00a0€ par mois, sous conditions" in stated(offer).text
    assert aid.url in [link["href"] for link in stated(offer).select("a")]
    assert "Être en troisième cycle." in stated(offer).text
    assert "250\u00a0€" in stated(version(offer, "de")).text
    publish(aid, amount=300)
    assert "300\u00a0€" in stated(offer).text
    assert "300\u00a0€" in stated(version(offer, "de")).text
    said, record, _row = places(offer)
    assert (record["supports"][0]["aid"], record["supports"][0]["amount"]) == ("aide-x", 300)
    assert record["supports"][0]["basis"] == "Délibération"
    assert "300\u00a0€" in said["agreement"]


def test_a_line_does_not_say_again_what_its_aid_says(home):
    line = OfferSupport(kind="allocation_departementale", aid=AidFactory(), amount=200, period="mois")
    with pytest.raises(ValidationError) as refusal:
        line.full_clean(exclude=["offer"])
    assert list(refusal.value.message_dict) == ["amount", "period"]


def test_a_list_asks_no_more_for_many_allowances(client, home):
    aid = publish(AidFactory(amount=250, period="mois"))

    def offer():
        return publish(OfferFactory(supports=[{"kind": "allocation_departementale", "aid": aid}]))

    index = offer().get_parent()

    def queries():
        client.get(index.url)
        with CaptureQueriesContext(connection) as asked:
            client.get(index.url)
        return len(asked)

    few = queries()
    for _number in range(3):
        offer()
    assert queries() == few


def test_other_support_has_no_conditions(home):
    offer = OfferFactory(supports=[{"kind": "repas"}])
    assert "sous conditions" not in written(offer)


@pytest.mark.parametrize(
    ("language", "here", "there"),
    [
        ("fr", "Gratuit avec ce stage (sinon 140\u00a0€ par mois)", "Gratuit avec les stages qui le précisent."),
        ("en", "Free with this placement (otherwise 140\u00a0€ a month)", "Free with the placements that say so."),
        ("es", "Gratis con estas prácticas (si no, 140\u00a0€ al mes)", "Gratis con las prácticas que lo indican."),
        ("de", "Kostenlos mit diesem Praktikum (sonst 140\u00a0€ pro Monat)", "bei denen es steht."),
    ],
)
def test_offer_and_room_agree_on_what_is_paid(client, home, language, here, there):
    """A room has a rent, and still costs nothing with some placements: each page says both."""
    publish(home)
    languages(language) if language != "fr" else None
    room = publish(HousingFactory(monthly_rent=140))
    offer = publish(OfferFactory(housing_included=True, housing=room, supports=[{"kind": "logement_gratuit"}]))
    with translation.override(language):
        page = BeautifulSoup(client.get(version(offer, language).url).content, "html.parser")
        assert page.select_one(".room .figure-line").get_text(" ", strip=True) == here
        rent = BeautifulSoup(client.get(version(room, language).url).content, "html.parser").select_one(".fact dd")
        assert RENT in rent.text
        assert there in rent.text


def test_a_room_that_every_placement_pays_for_is_not_called_free(client, home):
    room = HousingFactory(monthly_rent=140)
    offer = OfferFactory(housing_included=True, housing=room)
    assert "140" in BeautifulSoup(client.get(offer.url).content, "html.parser").select_one("section.room").text
    assert "Gratuit" not in client.get(room.url).content.decode()


def test_a_room_that_is_not_reserved_is_not_your_room(client, home):
    offer = OfferFactory(housing_included=False, housing=HousingFactory(monthly_rent=140))
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    assert page.select_one(".ten .room .fact-text").text == "Pas de chambre réservée"
    assert page.select_one("section.room") is None

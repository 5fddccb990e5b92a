"""What an offer says of pay, of other money, and of what lets a student take part in care."""

import csv
import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from core.pages.publication import PublicationRefused
from factories import (
    FigureFactory,
    HostFactory,
    OfferFactory,
    SigningUniversityFactory,
    days,
    open_site,
    publish,
    version,
)
from home.api.kinds import resources
from territoire.models import OfferFramework
from territoire.offer_facts.wording import money_text
from territoire.rules.register import FigureCode
from territoire.rules.stay import Stay

pytestmark = [pytest.mark.once, pytest.mark.django_db]

CARE, LOOK = "participation_encadree", "observation"
STUDENT = {"legal_basis": "etudiant_hospitalier"}


def line(what=CARE, **basis):
    return OfferFramework(
        framework="erasmus_stage", signing_university=SigningUniversityFactory(), participation=what, **basis
    )


def draft(lines, *, public=True, field="medecine", levels=("cycle2_fin",)):
    offer = OfferFactory(draft=True, host=HostFactory(public_hospital=public), field=field, levels=list(levels))
    offer.frameworks.set(lines)
    return offer


def on_page(client, offer, where):
    page = BeautifulSoup(client.get(offer.url).content, "html.parser").select_one(where)
    return " ".join(page.get_text(" ").split())


# --- Legal basis --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["medecine", "odontologie"])
def test_care_in_a_public_hospital_is_refused_without_a_legal_basis(home, field):
    offer = draft([line(LOOK), line()], field=field)
    offer.frameworks.all()[1].framework = "observation"
    with pytest.raises(PublicationRefused) as refusal:
        offer.save_revision().publish()
    (message,) = refusal.value.message_dict["frameworks"]
    assert message.startswith("2")
    assert "base légale" in message


@pytest.mark.parametrize(
    "offer",
    [
        lambda: draft([line(**STUDENT)]),
        lambda: draft([line(legal_basis_text={"fr": "Décret du 1er janvier"})]),
        lambda: draft([line(LOOK)]),
        lambda: draft([line()], public=False),
        lambda: draft([line()], field="pharmacie"),
        lambda: draft([line()], levels=["cycle3"]),
    ],
    ids=["student of the hospital", "in words", "observation", "outside", "pharmacy", "residents"],
)
def test_other_placements_go_live(home, offer):
    page = offer()
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live


def test_care_outside_of_hospitals_warns_until_its_basis_is_named(home):
    offer = draft([line()], public=False)
    assert any("base légale" in text for text in offer.warnings)
    offer.frameworks.set([line(**STUDENT)])
    assert not any("base légale" in text for text in offer.warnings)


def test_readers_see_the_basis_with_its_line_in_their_language(client, home):
    open_site("en")
    offer = draft([line(legal_basis_text={"fr": "Arrêté", "en": "Order"}, **STUDENT)])
    offer.save_revision().publish()
    assert "Nommé étudiant hospitalier · Arrêté" in on_page(client, offer, ".frameworks")
    english = version(offer, "en")
    assert "Appointed as a hospital student (étudiant hospitalier) · Order" in on_page(client, english, ".frameworks")


def test_open_data_and_api_tell_the_basis(client, home, rf):
    offer = draft([line(**STUDENT)])
    offer.save_revision().publish()
    header, row = csv.reader(b"".join(client.get("/data/offers.csv").streaming_content).decode().splitlines())
    told = dict(zip(header, row, strict=True))
    assert "étudiant hospitalier" in told["bases_legales"]
    assert (told["regime_gratification"], told["gratification_mensuelle"]) == ("inconnu", "")
    offers = next(resource for resource in resources() if resource.name == "offers")
    (record,) = offers.records([offer], rf.get("/"))
    assert "étudiant hospitalier" in record["frameworks"][0]["legal_basis"]


# --- Pay ----------------------------------------------------------------------------------------------------------
def test_unknown_pay_is_told_from_none(client, home):
    offer = publish(OfferFactory())
    assert "pas encore connue" in on_page(client, offer, ".money-details")
    assert "Pas encore précisé" in on_page(client, offer, ".fact.money")


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"pay_regime": "due", "pay_amount": "669.90"}, "Payé par la structure d’accueil : 669,90 € par mois"),
        ({"pay_regime": "due"}, "Gratification légale de stage"),
        ({"pay_regime": "paramedical"}, "Pas de gratification légale : études paramédicales"),
        ({"pay_regime": "moins_308h"}, "Pas de gratification légale : trop peu d’heures"),
        ({}, ""),
    ],
)
def test_pay_is_said_as_far_as_it_is_known(home, facts, text):
    offer = OfferFactory(**facts)
    offer.refresh_from_db()
    with translation.override("fr"):
        assert " ".join(money_text(offer).split()) == text


def test_too_few_hours_is_said_no_more_when_the_limit_has_come_down(home, client):
    offer = publish(OfferFactory(pay_regime="moins_308h", hours_per_week=30, max_weeks=9))
    assert "trop peu d’heures" in on_page(client, offer, ".money-details")
    FigureFactory(code=FigureCode.PAY_HOURS, value=200, valid_from=days(-1))
    assert "pas encore connue" in on_page(client, offer, ".money-details")
    offer.refresh_from_db()
    assert any("règle de gratification" in text for text in offer.warnings)


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, True),
        ({"pay_regime": "moins_308h"}, True),
        ({"pay_regime": "paramedical"}, False),
        ({"pay_regime": "inconnu", "pay_amount": 600}, False),
        ({"max_weeks": 4}, False),
    ],
)
def test_editors_settle_the_pay_of_more_than_308_hours(home, facts, asked):
    offer = OfferFactory(**({"hours_per_week": 36} | facts))
    assert any("règle de gratification" in text for text in offer.warnings) is asked


@pytest.mark.parametrize(
    ("regime", "text"),
    [
        ("due", "ce stage indique qu’elle la verse"),
        ("paramedical", "L. 4381-1"),
        ("etudiant_hospitalier", "étudiant hospitalier"),
        ("convention_etranger", "signée à l’étranger"),
        ("inconnu", "sauf régime particulier"),
    ],
)
def test_my_dates_name_the_rule_of_the_offer(regime, text):
    nine_weeks = Stay(dt.date(2027, 9, 6), dt.date(2027, 11, 7))
    with translation.override("fr"):
        assert text in nine_weeks.presence_advice(36, regime=regime)[0].text
        assert text not in nine_weeks.presence_advice(30, regime=regime)[0].text


def test_search_engines_read_an_amount_only_where_it_is_known(client, home):
    offer = publish(OfferFactory(pay_amount=600))
    assert '"median":600.0' in client.get(offer.url).content.decode()
    publish(offer, pay_amount=None, pay_regime="due")
    assert "trainingSalary" not in client.get(offer.url).content.decode()


def test_an_allowance_says_its_own_conditions_and_who_may_have_it(client, home):
    own = {"for_whom": {"fr": "Troisième cycle"}, "conditions": {"fr": "S’engager"}, "basis": "CGCT, art. L. 1511-8"}
    offer = publish(OfferFactory(supports=[{"kind": "allocation_departementale", **own}]))
    said = on_page(client, offer, ".money-details")
    assert "Pour qui : Troisième cycle" in said
    assert "Conditions : S’engager" in said
    assert "CGCT, art. L. 1511-8" in said
    assert "demandez au guichet avant" not in said

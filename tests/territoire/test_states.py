"""The life of an offer: one table decides about page, lists, search engines and sitemap."""

import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import translation

from factories import OfferFactory, SpecialtyFactory, block, days, publish, the_desk
from territoire.models import InternshipOfferPage
from territoire.rules.states import OfferState, listed, open_now, state_of
from territoire.searching import facts_of_offer

pytestmark = pytest.mark.once

# State: how it is made, status of the page, in the list, in the sitemap, kept by search engines.
TABLE = {
    "draft": ({"draft": True}, 404, False, False, None),
    "open": ({}, 200, True, True, True),
    "filled": ({"filled": True}, 200, True, True, True),
    "closed": ({"closed": True}, 200, False, False, False),
    "archived": ({"archived": True}, 410, False, False, False),
    "withdrawn": ({"withdrawn": True}, 410, False, False, False),
}
NOINDEX = '<meta name="robots" content="noindex">'


def listed_titles(client, page):
    """Titles in the list, in order."""
    html = client.get(page.url).content.decode()
    return re.findall(r'<article\s+class="card offer-card[^"]*">.*?<h3>\s*<a [^>]*>(.*?)</a', html, re.S)


@pytest.mark.parametrize("state", TABLE)
def test_the_table_of_states(client, home, state):
    made, status, in_list, in_sitemap, indexable = TABLE[state]
    offer = OfferFactory(title="Au bord du Cher", **made)
    assert offer.state == state
    answer = client.get(offer.url or f"{offer.get_parent().url}{offer.slug}/")
    assert answer.status_code == status
    if indexable is not None:
        assert (NOINDEX not in answer.content.decode()) is indexable
    assert (listed_titles(client, offer.get_parent()) == ["Au bord du Cher"]) is in_list
    assert (offer.slug in client.get("/sitemap-fr.xml").content.decode()) is in_sitemap
    assert InternshipOfferPage.objects.filter(listed()).exists() is in_list
    assert InternshipOfferPage.objects.filter(open_now()).exists() is (state == "open")


def test_the_table_covers_every_state():
    assert set(TABLE) == set(OfferState.values)


def test_an_offer_is_open_on_its_deadline_and_closed_the_day_after(home):
    offer = OfferFactory(deadline=days(5), start_date=days(20), end_date=days(90))
    assert state_of(offer, days(5)) == OfferState.OPEN
    assert state_of(offer, days(6)) == OfferState.CLOSED
    assert state_of(offer, days(90)) == OfferState.CLOSED
    assert state_of(offer, days(91)) == OfferState.ARCHIVED


def test_the_day_is_that_of_the_place_not_of_greenwich(home):
    """An offer closes at midnight in Blois, an hour before midnight UTC in winter."""
    offer = OfferFactory(deadline=days(5))
    with time_machine.travel(f"{days(5)}T22:30:00Z"):
        assert offer.state == OfferState.OPEN
    with time_machine.travel(f"{days(5)}T23:30:00Z"):
        assert offer.state == OfferState.CLOSED


def test_full_offers_stand_below_the_open_ones_in_every_order(client, home):
    early = OfferFactory(title="Tôt, complet", filled=True, start_date=days(70), deadline=days(1))
    OfferFactory(title="Tard", start_date=days(99), deadline=days(30))
    OfferFactory(title="Tôt", start_date=days(80), deadline=days(40))
    index = early.get_parent()
    assert listed_titles(client, index) == ["Tôt", "Tard", "Tôt, complet"]
    for order, expected in {"deadline": ["Tard", "Tôt"], "start": ["Tôt", "Tard"]}.items():
        html = client.get(index.url, {"sort": order}).content.decode()
        titles = re.findall(r"<h3>\s*<a [^>]*>(.*?)</a", html)
        assert titles == [*expected, "Tôt, complet"]


def test_a_full_offer_says_so_and_leads_to_the_open_ones(client, home, text_of):
    offer = OfferFactory(title="Complet", filled=True)
    OfferFactory(title="Encore libre")
    answer = client.get(offer.url)
    assert 'class="state-notice"' in answer.content.decode()
    assert "Encore libre" in text_of(answer)
    assert f"?about={offer.reference}" not in answer.content.decode()


@pytest.mark.parametrize(("state", "words"), [("filled", "Plus de place"), ("closed", "Demandes closes")])
def test_an_offer_that_one_cannot_ask_for_names_no_day_for_requests(client, home, state, words):
    publish(home)
    offer = publish(OfferFactory(**{state: True}))
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    with translation.override("fr"):
        said = {
            "page": page.select_one(".deadline").text,
            "text to paste": page.select_one("#share-text-fr").text,
            "frame": client.get(f"/fr/embed/offres?reference={offer.lasting_link.code}").content.decode(),
        }
    for place, text in said.items():
        assert words in text, place
        assert "emandes jusqu" not in text, place
    # Beside the facts of a search result stands the offer's state.
    assert not [fact for fact in map(str, facts_of_offer(offer)) if words in fact or "emandes jusqu" in fact]


def test_an_open_offer_leads_to_the_desk_with_its_reference(client, home):
    desk = the_desk()
    offer = OfferFactory()
    assert f'href="{desk.url}?about={offer.reference}"' in client.get(offer.url).content.decode()
    assert 'class="state-notice"' not in client.get(offer.url).content.decode()
    assert offer.title in client.get(desk.url, {"about": offer.reference}).content.decode()


@pytest.mark.parametrize("gone", ["archived", "withdrawn"])
def test_a_page_that_is_gone_names_the_nearest_open_offers(client, home, gone):
    """Same specialty before same field, the nearest in date first; other fields not at all."""
    cardiology = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    offer = OfferFactory(title="Ancien", **{gone: True})
    near, far = {"start_date": days(80)}, {"start_date": days(120), "end_date": days(190)}
    OfferFactory(title="Autre spécialité", specialty=cardiology, **near)
    OfferFactory(title="Même spécialité, loin", **far)
    OfferFactory(title="Même spécialité, près", **near)
    OfferFactory(title="Complet", filled=True)
    OfferFactory(title="Pharmacie", field="pharmacie", specialty=cardiology)
    answer = client.get(f"{offer.get_parent().url}{offer.slug}/")
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "Ancien" in html
    titles = re.findall(r"<h3>\s*<a [^>]*>(.*?)</a", html)
    expected = ["Même spécialité, près", "Même spécialité, loin", "Autre spécialité"]
    assert titles == (expected if gone == "archived" else titles)
    assert set(titles) == set(expected)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"archived": True}, ["Ce stage est terminé", "« Ancien » est terminé."]),
        ({"withdrawn": True}, ["Ce stage n’est plus proposé", "« Ancien » a été retiré."]),
        ({"withdrawn": True, "archived": True}, ["Ce stage est terminé", "« Ancien » est terminé."]),
    ],
)
def test_a_page_that_is_gone_says_whether_the_placement_is_over(client, home, text_of, made, words):
    """What was taken back before it began has not ended."""
    offer = OfferFactory(title="Ancien", **made)
    text = text_of(client.get(f"{offer.get_parent().url}{offer.slug}/")).replace("\N{NO-BREAK SPACE}", " ")
    for said in words:
        assert said in text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_an_offer_that_is_brought_back_is_there_again(client, home):
    offer = OfferFactory()
    address = offer.url
    offer.unpublish()
    assert client.get(address).status_code == 410
    offer.refresh_from_db()
    offer.save_revision().publish()
    assert client.get(address).status_code == 200


def test_a_draft_can_be_previewed_by_its_editor(admin, home):
    the_desk()
    offer = OfferFactory(draft=True, title="En projet")
    offer.save_revision()
    answer = admin.get(f"/admin/pages/{offer.pk}/view_draft/")
    assert answer.status_code == 200
    # As it will look once it is public.
    html = answer.content.decode()
    assert f"?about={offer.reference}" in html
    assert 'class="state-notice"' not in html
    assert not InternshipOfferPage.objects.get(pk=offer.pk).live
    assert b"En projet" in answer.content


def test_the_draft_of_an_offer_shows_no_line_without_a_framework(admin, home):
    """The editor's bar would ask to fill a heading that has nothing to say yet."""
    offer = OfferFactory(draft=True, frameworks=[("", "", "")])
    offer.save_revision()
    assert '<th scope="row">' not in admin.get(f"/admin/pages/{offer.pk}/view_draft/").content.decode()


def test_an_archived_offer_can_still_be_previewed(admin, home):
    offer = OfferFactory(archived=True, title="Ancien", body=[block("prose", "<p>Le récit.</p>")])
    offer.save_revision()
    answer = admin.get(f"/admin/pages/{offer.pk}/view_draft/")
    assert answer.status_code == 200
    assert "Le récit." in answer.content.decode()

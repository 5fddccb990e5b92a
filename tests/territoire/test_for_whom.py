"""A placement says for whom it is, in words that one understands without knowing French studies."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import translation
from wagtail.models import Site

from core.models import SiteSettings
from factories import EditorialFactory, OfferFactory, languages, publish, the_desk, version
from territoire.choices import StudyLevel
from territoire.searching import facts_of_offer, words_of_offer

pytestmark = pytest.mark.once


def test_students_of_a_french_faculty_are_told_at_the_top_of_a_placement_and_at_the_desk(client, home):
    """French citizens who study abroad are welcome: enrolment decides, not citizenship."""
    desk = the_desk()
    page = EditorialFactory(title="Vous étudiez déjà en France", slug="deja-en-france")
    chosen = SiteSettings.for_site(Site.objects.get())
    chosen.enrolled_in_france_page = page
    chosen.save()
    offer = OfferFactory()
    for address in (offer.url, f"{desk.url}?about={offer.reference}"):
        document = BeautifulSoup(client.get(address).content, "html.parser")
        told = document.select_one(".for-whom")
        assert "inscrits dans une université à l’étranger, Français compris" in told.text
        assert told.a["href"] == page.url
        # Before anything that one could ask or send.
        action = document.select_one("aside.ask a.button, .contact-card")
        assert told.sourceline < action.sourceline


def test_without_that_page_the_words_stand_alone(client, home):
    told = BeautifulSoup(client.get(OfferFactory().url).content, "html.parser").select_one(".for-whom")
    assert told.a is None
    assert "votre faculté" in told.text


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_levels_of_study_are_counted_in_years_not_in_cycles(language):
    with translation.override(language):
        for level in StudyLevel:
            assert not any(word in str(level.label).lower() for word in ("cycle", "ciclo", "zyklus", "externe"))


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("fr", 2, "sous deux jours ouvrés"),
        ("en", 2, "within two working days"),
        ("es", 2, "en dos días laborables"),
        ("de", 2, "innerhalb von zwei Arbeitstagen"),
        ("de", 1, "innerhalb von einem Arbeitstag."),
        ("fr", 15, "sous 15 jours ouvrés"),
    ],
)
def test_the_desk_writes_its_promise_as_everything_around_it_does(client, home, language, number, words):
    publish(home)
    languages(language)
    desk = the_desk()
    SiteSettings.objects.update(answer_days=number)
    publish(desk)
    page = BeautifulSoup(client.get(version(desk, language).url).content, "html.parser")
    said = [page.select_one(place).text.replace("\u00a0", " ") for place in (".promise-big", ".site-footer")]
    assert all(words in text for text in said), "one setting, said alike on all pages"


def test_the_level_on_a_card_says_of_what_language_it_is(client, home):
    """The label beside it is for screen readers: the eye sees the words alone."""
    offer = OfferFactory(french_level="B2")
    card = BeautifulSoup(client.get(offer.get_parent().url).content, "html.parser").select_one(".compact .french")
    assert card.select_one(".fact-text").text == "Français dès B2"


def test_whoever_must_know_english_as_well_reads_it_wherever_the_level_is_said(client, home):
    offer = publish(OfferFactory(french_level="A2", english_level="B2"))
    both = "Français dès A2 · Anglais dès B2"
    page = BeautifulSoup(client.get(offer.url).content, "html.parser")
    card = BeautifulSoup(client.get(offer.get_parent().url).content, "html.parser").select_one(".compact .french")
    assert card.select_one(".fact-text").text == both
    assert page.select_one(".ten .french dt").text.strip() == "Langues"
    assert page.select_one(".ten .french .fact-text").text == both
    assert both in page.select_one("#share-text-fr").text
    assert both in client.get(f"/fr/embed/offres?reference={offer.lasting_link.code}").content.decode()
    assert both in client.get("/feeds/fr/offers.atom").content.decode()
    with translation.override("fr"):
        assert both in list(facts_of_offer(offer))
        assert both in list(words_of_offer(offer))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("erasmus_stage", "", "observation")], "signée par vous, votre université et la structure d’accueil."),
        (
            [("erasmus_etudes", "Université de Tours", "observation")],
            "par vous, votre université, la structure d’accueil et Université de Tours.",
        ),
        (
            [("erasmus_stage", "", "observation"), ("erasmus_etudes", "Université de Tours", "observation")],
            "par Université de Tours dans les cadres qui la nomment.",
        ),
    ],
)
def test_a_placement_says_who_signs(home, lines, words):
    with translation.override("fr"):
        assert OfferFactory(frameworks=lines).who_signs.endswith(words)

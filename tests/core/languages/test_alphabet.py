"""Words stand where readers of their language look for them, in Python and in the database alike."""

import random

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.languages.alphabet import Alphabetical, alphabet_key, in_alphabet
from core.languages.countries import country_choices
from factories import HousingFactory, SpecialtyFactory, TestimonialFactory, UniversityFactory
from temoignages import models as temoignages
from territoire.models import HousingPage, PartnerIndexPage
from territoire.models.specialty import Specialty

# In the order of a dictionary of each language.
WORDS = {
    "fr": ["Eau", "Écluse", "Église", "Europe", "Mer", "Œdème", "Orléans", "Zoo"],
    "en": ["Angers", "Årdal", "Elm", "Évora", "Zagreb"],
    "es": ["Ánimo", "Duero", "Mano", "Nube", "Ñame", "Ojo", "Úbeda", "Zamora"],
    "de": ["Arzt", "Ärzte", "Bochum", "Österreich", "Ostrava", "Straße", "Strasse B", "Übung", "Uhr", "Zug"],
    "ro": ["Cluj", "Iași", "Sibiu", "Suceava", "Șiret", "Timișoara", "Țara"],
}


@pytest.mark.parametrize("language", WORDS)
def test_words_stand_in_the_alphabet_of_their_language(language):
    shuffled = random.Random(1).sample(WORDS[language], len(WORDS[language]))
    with translation.override(language):
        assert in_alphabet(shuffled) == WORDS[language]


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
def test_the_database_orders_as_python_does(db, language):
    """Filters are sorted in Python, lists in the database: a reader sees one order."""
    for number, word in enumerate(random.Random(2).sample(WORDS[language], len(WORDS[language]))):
        SpecialtyFactory(name=word, reference=f"s{number}")
    with translation.override(language):
        found = Specialty.objects.order_by(Alphabetical("name")).values_list("name", flat=True)
        assert list(found) == WORDS[language]


@given(st.lists(st.text(max_size=8), max_size=6))
@settings(max_examples=60)
def test_any_words_have_one_order(words):
    """However they come, and without an error: names are typed by people."""
    assert in_alphabet(words) == in_alphabet(reversed(words))
    assert sorted(map(alphabet_key, words)) == [alphabet_key(word) for word in in_alphabet(words)]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "Égypte", "Fidji"),
        ("en", "Åland Islands", "Albania"),
        ("es", "Egipto", "El Salvador"),
        ("de", "Ägypten", "Albanien"),
    ],
)
def test_countries_stand_where_one_looks_for_them(language, first, second):
    with translation.override(language):
        names = [name for _code, name in country_choices()]
        assert names.index(first) < names.index(second)


def test_towns_and_rooms_are_in_the_same_order(client, home):
    for town in ("Vendôme", "Écoman", "Épuisay", "Blois", "Œuzé"):
        index = HousingFactory(town=town).get_parent()
    expected = ["Blois", "Écoman", "Épuisay", "Œuzé", "Vendôme"]
    listing = client.get(index.url, {"sort": "place"}).context["listing"]
    assert [page.town for page in listing.found] == expected
    assert [option.label for option in listing.facets[0].options] == expected
    assert HousingPage.objects.count() == 5


def test_universities_and_voices_are_sorted_by_the_names_of_their_countries(client, home):
    """By name, not by code: Allemagne (DE), Égypte (EG), Espagne (ES)."""
    for country, title in (("ES", "Universidad"), ("DE", "Universität"), ("EG", "Université"), ("DE", "Äskulap")):
        UniversityFactory(country=country, title=title)
        TestimonialFactory(country=country)
    index = PartnerIndexPage.objects.get()
    listing = client.get(index.url, {"sort": "country"}).context["listing"]
    assert [(page.country, page.title) for page in listing.found] == [
        ("DE", "Äskulap"),
        ("DE", "Universität"),
        ("EG", "Université"),
        ("ES", "Universidad"),
    ]
    listing = client.get(temoignages.TestimonialIndexPage.objects.get().url, {"sort": "country"}).context["listing"]
    assert [page.country for page in listing.found] == ["DE", "DE", "EG", "ES"]

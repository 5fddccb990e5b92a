"""What editors add to the search: synonyms, picks; and what visitors looked for in vain."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from factories import OfferFactory, QuestionFactory, days
from search import misses
from search.models import SearchMiss, SearchPage, SearchPick, SynonymList


@pytest.fixture
def page(home):
    """The search page."""
    return home.add_child(instance=SearchPage(title="Rechercher", locale=home.locale))


@pytest.fixture
def french(home):
    """The French list of synonyms, which every site begins with."""
    return SynonymList.objects.get(locale__language_code="fr")


def test_a_language_begins_with_the_project_s_synonyms(french):
    assert "généraliste" in french.groups
    spanish = Locale.objects.create(language_code="es")
    assert "prácticas" in SynonymList.objects.get(locale=spanish).groups


def test_a_synonym_that_an_editor_adds_counts_at_once(french, indexed, search, admin):
    OfferFactory(title="Médecine thermale")
    indexed()
    assert not search("fr", q="zigouigoui").shown
    address = reverse(french.snippet_viewset.get_url_name("edit"), args=[french.pk])
    groups = f"{french.groups}\nthermal, zigouigoui"
    answer = admin.post(address, {"locale": french.locale_id, "groups": groups})
    assert answer.status_code == 302
    assert [result.title for result in search("fr", q="zigouigoui").shown] == ["Médecine thermale"]


def test_a_group_of_one_word_is_refused_with_its_line(french):
    french.groups = "# note\nkiné, physio\nseul"
    with pytest.raises(ValidationError) as caught:
        french.full_clean()
    assert "3" in caught.value.message_dict["groups"][0]
    assert "seul" in caught.value.message_dict["groups"][0]


@pytest.mark.parametrize("typed", ["logement vendome", "VENDÔME logements", "des logements à Vendôme"])
def test_a_pick_stands_first_however_its_words_are_typed(page, home, client, indexed, typed):
    picked = OfferFactory(title="La page choisie")
    SearchPick.objects.create(locale=home.locale, queries="bourse\nlogement vendôme", page=picked)
    indexed()
    assert "La page choisie" in client.get(page.url, {"q": typed}).content.decode()
    assert "La page choisie" not in client.get(page.url, {"q": "hébergement"}).content.decode()


def test_a_pick_stands_where_nothing_else_is_found_and_goes_with_its_offer(page, home, client, indexed):
    picked = OfferFactory(title="La page choisie")
    SearchPick.objects.create(locale=home.locale, queries="ostéopathie équine", page=picked)
    indexed()
    assert "La page choisie" in client.get(page.url, {"q": "osteopathie equine"}).content.decode()
    picked.end_date, picked.start_date, picked.deadline = days(-1), days(-80), days(-120)
    picked.save()
    indexed()
    assert "La page choisie" not in client.get(page.url, {"q": "osteopathie equine"}).content.decode()


def test_a_pick_that_is_no_longer_public_is_not_shown(page, home, client, indexed):
    picked = OfferFactory(title="La page choisie")
    SearchPick.objects.create(locale=home.locale, queries="bourse", page=picked)
    picked.unpublish()
    indexed()
    assert client.get(page.url, {"q": "bourse"}).context["search"].picks == []


def test_searches_in_vain_are_counted_outside_of_the_request_and_reported(page, client, admin, text_of):
    for _turn in range(3):
        client.get(page.url, {"q": "Ostéopathie Équine"})
    assert not SearchMiss.objects.exists(), "a reader's request writes nothing"
    misses.store()
    assert SearchMiss.objects.values_list("query", "language", "count").get() == ("osteopathie equine", "fr", 3)
    client.get(page.url, {"q": "osteopathie equine"})
    misses.store()
    assert SearchMiss.objects.get().count == 4
    report = admin.get(reverse("searches_without_result"))
    assert "November 2026" in text_of(report) or "novembre 2026" in text_of(report)
    assert "osteopathie equine" in text_of(report)
    assert admin.get(reverse("searches_without_result"), {"export": "csv"}).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "ioana.popescu@exemple.ro",
        "06 12 34 56 78",
        "https://exemple.ro/cv",
        "bonjour je suis Ioana et je cherche",
        "?!",
    ],
)
def test_nothing_personal_is_kept(page, client, typed):
    client.get(page.url, {"q": typed})
    misses.store()
    assert not SearchMiss.objects.exists()


def test_what_is_found_is_no_miss(page, client, indexed):
    QuestionFactory(title="Faut-il une assurance ?")
    indexed()
    client.get(page.url, {"q": "assurance"})
    client.get(page.url)
    misses.store()
    assert not SearchMiss.objects.exists()

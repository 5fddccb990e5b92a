"""What editors add to the search: synonyms, picks; and what visitors looked for in vain."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from factories import OfferFactory, QuestionFactory, days, languages, person, publish, version
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


def test_a_list_keeps_its_history_and_a_new_one_begins_with_the_project_s(french, admin):
    address = reverse(french.snippet_viewset.get_url_name("edit"), args=[french.pk])
    for groups in ("kiné, physio", "kiné, physio, rééducation"):
        admin.post(address, {"locale": french.locale_id, "groups": groups})
    french.refresh_from_db()
    assert [revision.content["groups"] for revision in french.revisions.order_by("pk")] == [
        "kiné, physio",
        "kiné, physio, rééducation",
    ]
    french.delete()
    form = admin.get(reverse(SynonymList.snippet_viewset.get_url_name("add")))
    assert "médecine générale" in form.content.decode()


def test_lines_that_would_count_for_nothing_are_refused_with_their_numbers(french):
    french.groups = "# note\nkiné, physio\nseul\nchat, Chats\n<b>a</b>, b"
    with pytest.raises(ValidationError) as caught:
        french.full_clean()
    messages = caught.value.message_dict["groups"]
    assert [number for number in "345" if any(number in message for message in messages)] == ["3", "4", "5"]
    assert "seul" in messages[0]


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


def test_a_pick_stands_once_also_for_a_corrected_spelling(page, home, client, indexed):
    picked, other = OfferFactory(title="Balnéothérapie"), OfferFactory(title="Balnéothérapie encore")
    SearchPick.objects.create(locale=home.locale, queries="balnéothérapie", page=picked)
    indexed()
    for typed in ("balneotherapie", "balneoterapie"):
        found = client.get(page.url, {"q": typed}).context["search"]
        assert [one.title for one in found.picks] == [picked.title]
        assert found.everything.count == 2
        shown = [result.title for group in found.groups for result in group.results]
        assert [*shown, *(result.title for result in found.best)] == [other.title]


@pytest.mark.parametrize(
    "typed", ["balneoterapie", "Balnéoterapie ?", "balneotherapie", "où trouver une balnéothérapie"]
)
@pytest.mark.parametrize("written", ["balneoterapie", "balnéothérapie"])
def test_a_pick_counts_for_the_spelling_that_the_report_of_misses_shows(page, home, client, indexed, typed, written):
    """The report leads to a pick with what was typed, mistakes and all; whoever types so is corrected."""
    picked = OfferFactory(title="La page choisie")
    OfferFactory(title="Balnéothérapie")
    SearchPick.objects.create(locale=home.locale, queries=written, page=picked)
    indexed()
    found = client.get(page.url, {"q": typed}).context["search"]
    same = "terapie" in typed or written == "balnéothérapie"
    assert [one.title for one in found.picks] == (["La page choisie"] if same else [])


def test_a_pick_that_would_never_be_shown_is_refused_beside_its_field(home):
    offer, draft = OfferFactory(), OfferFactory(draft=True)

    def mistakes(**fields):
        pick = SearchPick(**{"locale": home.locale, "queries": "bourse", "page": offer} | fields)
        try:
            pick.full_clean()
        except ValidationError as error:
            return set(error.message_dict)
        pick.save()
        return set()

    assert mistakes(queries="bourse, aide") == {"queries"}
    assert mistakes(queries="le la") == {"queries"}
    assert mistakes(page=draft) == {"page"}
    assert mistakes() == set()
    assert mistakes(queries="logement\nBOURSES") == {"page"}, "it stands there already"


def test_a_pick_leads_to_the_french_page_and_thereby_to_all_languages(home):
    languages("en")
    offer = publish(OfferFactory(title="Balnéothérapie"))
    english = version(offer, "en")
    pick = SearchPick(locale=english.locale, queries="spa", page=english)
    pick.full_clean()
    assert pick.page_id == offer.pk


def test_a_pick_that_is_no_longer_public_is_not_shown(page, home, client, indexed):
    picked = OfferFactory(title="La page choisie")
    SearchPick.objects.create(locale=home.locale, queries="bourse", page=picked)
    picked.unpublish()
    indexed()
    assert client.get(page.url, {"q": "bourse"}).context["search"].picks == []


def later(monkeypatch, visitors):
    """So many visitors later: whoever comes within ten minutes may be the same."""
    moment = 1_000_000 + visitors * (misses.SAME + 1)
    monkeypatch.setattr(misses, "time", SimpleNamespace(monotonic=lambda: moment))


def test_searches_in_vain_are_counted_outside_of_the_request_and_reported(page, client, admin, text_of, monkeypatch):
    for visitor in range(3):
        later(monkeypatch, visitor)
        client.get(page.url, {"q": "Ostéopathie Équine"})
    assert not SearchMiss.objects.exists(), "a reader's request writes nothing"
    misses.store()
    assert SearchMiss.objects.values_list("query", "language", "count").get() == ("osteopathie equine", "fr", 3)
    later(monkeypatch, 3)
    client.get(page.url, {"q": "osteopathie equine"})
    misses.store()
    assert SearchMiss.objects.get().count == 4
    report = admin.get(reverse("searches_without_result"))
    assert "November 2026" in text_of(report) or "novembre 2026" in text_of(report)
    assert "osteopathie equine" in text_of(report)
    export = admin.get(reverse("searches_without_result"), {"export": "csv"})
    assert "Français" in b"".join(export.streaming_content).decode()
    remedy = re.search(
        r'href="([^"]+queries=osteopathie[^"]+|[^"]+queries=osteopathie\+equine)"', report.content.decode()
    )
    form = admin.get(unescape(remedy[1])).content.decode()
    assert "osteopathie equine" in form


def test_one_visitor_is_not_several(page, client, indexed):
    """Tabs, pages, reloads and programs are the same search."""
    for query in ({}, {"type": "offers"}, {"type": "offers", "page": "2"}, {}):
        client.get(page.url, {"q": "Ioana Popescu"} | query)
    client.get("/api/v1/search", {"q": "Ioana Popescu", "lang": "fr"})
    misses.store()
    assert SearchMiss.objects.get().count == 1


def test_what_a_pick_answers_is_no_miss(page, home, client, indexed):
    SearchPick.objects.create(locale=home.locale, queries="argent facile", page=OfferFactory())
    indexed()
    client.get(page.url, {"q": "argent facile"})
    misses.store()
    assert not SearchMiss.objects.exists()


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("Publication", {200}),
        ("Administration", {200}),
        ("Rédaction", {200, 403}),  # the report, not the words
        ("Guichet", {403}),
    ],
)
def test_who_publishes_changes_the_words(home, client, role, statuses):
    client.force_login(person(role))
    addresses = [
        reverse("searches_without_result"),
        reverse(SynonymList.snippet_viewset.get_url_name("add")),
        reverse(SearchPick.snippet_viewset.get_url_name("add")),
    ]
    assert {client.get(address).status_code for address in addresses} == statuses


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

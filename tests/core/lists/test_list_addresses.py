"""Each page of results is a page of its own: what its title, its canonical link and its other languages say."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from factories import EventFactory, HousingFactory, OfferFactory, days, languages, publish, translate
from search.models import SearchPage
from territoire.models import EventIndexPage, OfferIndexPage


@pytest.fixture
def head(client):
    """The head of a page: title, canonical link, alternates by language, robots, previous and next page."""

    def of(address, **query):
        answer = client.get(address, query)
        assert answer.status_code == 200
        soup = BeautifulSoup(answer.content, "html.parser")
        links = {
            link["rel"][0]: link["href"]
            for link in soup.select('link[rel="canonical"], link[rel="prev"], link[rel="next"]')
        }
        return {
            "title": " ".join(soup.title.text.split()),
            "og": soup.select_one('meta[property="og:title"]')["content"],
            "og_url": soup.select_one('meta[property="og:url"]')["content"],
            "robots": bool(soup.select_one('meta[name="robots"]')),
            "languages": {link["hreflang"]: link["href"] for link in soup.select('link[rel="alternate"][hreflang]')},
            **links,
        }

    return of


def own(found, index, query):
    """Say whether a page knows itself by one address, everywhere."""
    address = index.full_url + query
    return found["canonical"] == found["og_url"] == found["languages"]["fr"] == address


def test_the_second_page_of_a_list_is_named_and_links_its_neighbours(head, home):
    languages("en")
    for _number in range(30):
        index = OfferFactory().get_parent()
    first, second = head(index.url), head(index.url, page="2")
    assert first["title"].startswith("Stages —")
    assert second["title"].startswith("Stages – page 2 —")
    assert second["og"] == "Stages – page 2"
    assert own(first, index, "")
    assert own(second, index, "?page=2")
    assert "prev" not in first
    assert (first["next"], second["prev"], second["next"]) == ("?page=2", index.url, "?page=3")
    # A number that is too high is the last page, and says so.
    assert own(head(index.url, page="99"), index, "?page=3")


def test_filters_are_in_the_title_and_in_the_address_in_one_spelling(head, home):
    index = OfferFactory(town="Blois", field="pharmacie").get_parent()
    OfferFactory(town="Vendôme", field="medecine")
    for query in (
        {"place": ["Vendôme", "Blois"], "field": ["pharmacie", "medecine", "medecine"], "from": "", "x": "1"},
        {"field": ["medecine", "pharmacie"], "place": ["Blois", "Vendôme"], "french": "", "page": "1"},
    ):
        found = head(index.url, **query)
        assert found["title"].startswith("Stages (Médecine, Pharmacie, Blois, Vendôme) —")
        assert own(found, index, "?field=medecine&field=pharmacie&place=Blois&place=Vend%C3%B4me")
        assert not found["robots"]


def test_an_order_is_in_the_title_unless_it_is_the_usual_one(head, home):
    index = OfferFactory().get_parent()
    usual, ordered = head(index.url), head(index.url, sort="deadline")
    assert usual["title"].startswith("Stages —")
    assert head(index.url, sort="start")["canonical"] == usual["canonical"]
    assert ordered["title"].startswith("Stages – ")
    assert own(ordered, index, "?sort=deadline")


def test_a_filter_that_nobody_knows_is_named_beside_the_whole_list(client, home):
    index = OfferFactory(field="pharmacie").get_parent()
    page = client.get(index.url, {"field": ["pharmacie", "<alchimie>", "\x00"], "french": "a2"}).content.decode()
    assert (
        "Inconnu ici et laissé de côté\u00a0: Filière\u00a0: &lt;alchimie&gt;; Mon niveau de français\u00a0: a2</p>"
        in page
    )
    assert (
        "laissé de côté" not in client.get(index.url, {"field": "pharmacie", "french": "", "x": "1"}).content.decode()
    )


def test_the_languages_of_supervisors_are_in_the_reader_s_alphabet(home):
    for language, first in {"fr": "allemand", "en": "Arabic", "de": "Arabisch"}.items():
        with translation.override(language):
            facet = next(facet for facet in OfferIndexPage.facets() if facet.name == "supervision")
            labels = [str(label) for _value, label in facet.choices]
        assert labels[0].lower() == first.lower()
        assert len(labels) > 3


def test_a_page_on_paper_names_the_very_page_of_results(client, home):
    for _number in range(15):
        index = OfferFactory(town="Blois").get_parent()
    soup = BeautifulSoup(client.get(index.url, {"place": "Blois", "page": "2"}).content, "html.parser")
    paper = soup.select_one(".paper p")
    assert paper.text == f"{index.full_url}?place=Blois&page=2"
    assert [part.text for part in paper.select("span")][-3:] == ["stages/?", "place=Blois&", "page=2"]
    assert " ".join(soup.select_one("#results-title").text.split()) == "15 stages – page 2"


def test_a_period_is_in_the_title_as_people_write_it(head, home):
    index = OfferFactory().get_parent()
    query = {"from": days(90).isoformat(), "to": days(200).isoformat()}
    found = head(index.url, **query)
    assert "Je suis libre : " in found["title"]
    assert own(found, index, f"?from={query['from']}&to={query['to']}")


def test_a_list_without_results_is_kept_by_no_search_engine(head, home):
    """Anybody can make up an address whose filters name anything."""
    index = HousingFactory(town="Blois").get_parent()
    assert not head(index.url)["robots"]
    assert head(index.url, place="Kaufen Sie hier")["robots"]


def test_past_events_are_a_page_of_their_own(head, home):
    EventFactory()
    index = EventIndexPage.objects.get()
    coming, past = head(index.url), head(index.url, when="past")
    assert coming["title"] != past["title"]
    assert own(past, index, "?when=past")


def test_other_languages_have_the_same_filters_and_page(head, home):
    languages("en")
    for number in range(15):
        publish(OfferFactory(french_level="B1", title=f"Stage {number}"))
    index = publish(OfferIndexPage.objects.get(locale__language_code="fr"))
    translate(home, "en", {"title": "Home"})
    english = translate(index, "en", {"title": "Placements", "slug": "placements"})
    found = head(index.url, french="B2", page="2")
    assert found["languages"]["en"] == f"{english.full_url}?french=B2&page=2"
    found = head(english.url, french="B2", page="2")
    assert found["title"].startswith("Placements (My French: B2) – page 2 —")


def test_a_search_says_what_was_asked_for(head, home):
    home.add_child(instance=SearchPage(title="Recherche", slug="recherche", locale=home.locale))
    page = SearchPage.objects.get()
    OfferFactory(title="Pharmacie à Blois")
    found = head(page.url, q="pharmacie", type="offers", french="B2")
    assert found["title"].startswith("pharmacie – Stages – Recherche (Mon niveau de français : B2) —")
    assert found["canonical"] == f"{page.full_url}?q=pharmacie&type=offers&french=B2"
    assert found["robots"]


def test_the_page_about_the_api_has_a_title_and_an_address(client, home, settings):
    soup = BeautifulSoup(client.get("/api/v1/docs").content, "html.parser")
    assert soup.title.text.strip().startswith("Placements for health students in Loir-et-Cher: API —")
    assert soup.select_one('link[rel="canonical"]')["href"] == f"{settings.SITE_URL}/api/v1/docs"

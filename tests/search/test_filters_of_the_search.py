"""Filters of the search that leave nothing, and how many results a choice will show."""

from bs4 import BeautifulSoup

from factories import OfferFactory
from search.models import SearchPage


def test_the_search_says_which_filter_leaves_nothing(indexed, client, home):
    home.add_child(instance=SearchPage(title="Recherche", slug="recherche", locale=home.locale))
    page = SearchPage.objects.get()
    OfferFactory(title="Cardiologie à Blois", french_level="B2", town="Blois")
    indexed()
    query = {"q": "cardiologie", "type": "offers"}
    soup = BeautifulSoup(client.get(page.url, query | {"french": "A1", "place": "Blois"}).content, "html.parser")
    nothing = soup.select_one(".nothing")
    assert "Mon niveau de français" in nothing.p.text
    ways = {
        " ".join(link.text.split()): link["href"].removesuffix("#results-title")
        for link in nothing.select("ul.plain a")
    }
    assert ways == {"Sans « Mon niveau de français : A1 » : 1 résultat": "?q=cardiologie&type=offers&place=Blois"}
    assert [link.text for link in nothing.select(".result h3 a")] == ["Cardiologie à Blois"]
    # What the button says while one chooses.
    assert client.get(page.url, query | {"total": "1"}).json() == {"total": 1}
    assert client.get(page.url, query | {"total": "1", "french": "A1"}).json() == {"total": 0}

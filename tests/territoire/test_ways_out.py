"""A list that is empty says which filter does it, what there is without, and shows what comes nearest."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import HousingFactory, OfferFactory, UniversityFactory, days


@pytest.fixture
def answer(client):
    """What a reader sees of an empty list: the sentences, the ways out as {text: address}, and the nearest entries."""

    def of(address, **query):
        soup = BeautifulSoup(client.get(address, query).content, "html.parser")
        nothing = soup.select_one(".nothing")
        if nothing is None:
            return None
        ways = {
            " ".join(link.text.split()): link["href"].removesuffix("#results-title")
            for link in nothing.select("ul.plain a")
        }
        nearest = [link.text for link in soup.select(".results .cards h3 a, .nothing .result h3 a")]
        return " ".join(nothing.p.text.split()), ways, nearest

    return of


def test_french_is_named_as_what_leaves_nothing(answer, client, home):
    """Medicine, dates and A2 from the finder: the dates fit, the level does not."""
    for level in ("C1", "B1", "B2"):
        index = OfferFactory(title=level, french_level=level, field="medecine").get_parent()
    OfferFactory(title="Pharmacie", french_level="A2", field="pharmacie")
    query = {"field": "medecine", "french": "A2", "from": days(90).isoformat(), "to": days(200).isoformat()}
    sentence, ways, nearest = answer(index.url, **query)
    # Without the field there is one, without French three.
    assert list(ways) == [
        "Sans « Mon niveau de français : A2 » : 3 stages",
        "Sans « Filière : Médecine » : 1 stage",
    ]
    assert nearest == ["B1", "B2", "C1"], "the lowest level above one's own first"
    for text, address in ways.items():
        found = client.get(index.url + address).context["listing"]
        assert f" {found.total} stage" in text
    query.pop("field")
    query["french"] = "A1"
    sentence, ways, nearest = answer(index.url, **query)
    assert "Mon niveau de français : A1" in sentence
    assert list(ways) == ["Sans « Mon niveau de français : A1 » : 4 stages"]
    assert nearest[0] == "Pharmacie"


def test_the_period_may_be_what_leaves_nothing(answer, home):
    near = OfferFactory(title="Proche")
    OfferFactory(title="Loin", start_date=days(200), end_date=days(290))
    query = {"field": "medecine", "from": days(60).isoformat(), "to": days(90).isoformat()}
    _sentence, ways, nearest = answer(near.get_parent().url, **query)
    assert list(ways.values()) == ["?field=medecine"]
    assert nearest == ["Proche", "Loin"]


def test_two_filters_may_be_too_much_together(answer, home):
    index = OfferFactory(town="Blois", french_level="B2", field="medecine").get_parent()
    _sentence, ways, _nearest = answer(index.url, place="Vendôme", french="A1", field="medecine")
    assert list(ways.values()) == ["?field=medecine"]


def test_every_list_has_ways_out(answer, home):
    HousingFactory(title="Chambre", town="Blois", monthly_rent=160)
    _sentence, ways, nearest = answer(HousingFactory.index_page().url, rent="120", place="Blois")
    assert list(ways.values()) == ["?place=Blois"]
    assert nearest == ["Chambre"]
    UniversityFactory(country="RO", fields=["medecine"])
    _sentence, ways, _nearest = answer(UniversityFactory.index_page().url, country="RO", field="pharmacie")
    assert set(ways.values()) == {"?country=RO"}


FILTERS = {
    "field": st.sampled_from(["medecine", "pharmacie", "imagerie"]),
    "french": st.sampled_from(["A1", "A2", "B2"]),
    "place": st.sampled_from(["Blois", "Vendôme", "Paris"]),
    "housing": st.just("1"),
    "from": st.integers(0, 300).map(lambda number: days(number).isoformat()),
}


@pytest.fixture
def varied(home):
    """Offers that differ in what is filtered."""
    for number in range(6):
        town, level, field = (
            ("Blois", "Vendôme")[number % 2],
            ("B1", "B2", "C1")[number % 3],
            ("medecine", "pharmacie")[number // 3],
        )
        index = OfferFactory(town=town, french_level=level, field=field, housing_included=number == 5).get_parent()
    return index


@given(query=st.fixed_dictionaries({}, optional=FILTERS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_each_way_out_leads_to_as_many_as_it_says(varied, rf, query):
    listing = varied.make_listing(rf.get(varied.url, query))
    if listing.total:
        assert listing.ways_out == []
    for way in listing.ways_out:
        assert way.count > 0
        assert varied.make_listing(rf.get(varied.url + way.url.removeprefix(varied.url))).total == way.count
    assert (len(listing.nearest()) > 0) == bool(listing.ways_out)


# --- The period is a filter like the others ---------------------------------------------------------------------------
def test_the_period_is_a_chip_that_can_be_taken_back(client, home):
    index = OfferFactory(start_date=dt.date(2027, 3, 1), end_date=dt.date(2027, 5, 2)).get_parent()
    cases = {
        ("2027-03-01", "2027-05-02"): "Je suis libre : 1er mars – 2 mai 2027",
        ("2027-03-01", ""): "Je suis libre : à partir du 1er mars 2027",
        ("", "2027-08-01"): "Je suis libre : jusqu’au 1er août 2027",
    }
    for (start, end), text in cases.items():
        answer = client.get(index.url, {"field": "medecine", "from": start, "to": end})
        chips = answer.context["listing"].chips
        assert [" ".join(str(chip["text"]).split()) for chip in chips] == ["Médecine", text]
        assert chips[-1]["url"] == "?field=medecine"
        soup = BeautifulSoup(answer.content, "html.parser")
        assert soup.select_one(".filter-drawer > summary .count").text == "2", "counted with the others"
    # A date that is none filters nothing: it stands in its field, with a message, and is no chip.
    answer = client.get(index.url, {"from": "2027-02-30", "to": "2027-05-02"})
    assert answer.context["listing"].chips == []


def test_the_button_says_how_many_it_will_show(client, home):
    index = OfferFactory(town="Blois").get_parent()
    OfferFactory(town="Vendôme")
    soup = BeautifulSoup(client.get(index.url, {"place": "Blois"}).content, "html.parser")
    assert soup.select_one(".filters button").text.split()[-1] == "1"
    # What the script asks while one chooses.
    assert client.get(index.url, {"place": "Vendôme", "total": "1"}).json() == {"total": 1}
    assert client.get(index.url, {"total": "1"}).json() == {"total": 2}

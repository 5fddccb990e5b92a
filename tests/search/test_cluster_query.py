"""What a search server is asked, and how its answer is read: without a server."""

import datetime as dt

import pytest

from core.kinds.searchable import Range
from search.engines.base import FRENCH, PER_KIND, TYPED, Asked, Hit
from search.engines.cluster_query import answer_of, body_of
from search.text.synonyms import Group

pytestmark = pytest.mark.once

TODAY = dt.date(2026, 11, 22)
PLACEMENT = Group("placement", (("placement",), ("internship",)))
BLOIS = Group("blois", (("blois",),))


def asked(**fields):
    """A search for placements in Blois."""
    return Asked(**{"language": "en", "today": TODAY, "groups": (PLACEMENT, BLOIS)} | fields)


def test_pages_answer_all_words_in_the_language_and_are_not_gone():
    query = body_of(asked())["query"]["bool"]
    assert query["filter"] == [{"term": {"language": "en"}}]
    assert query["must_not"] == [{"range": {"gone_after": {"lt": "2026-11-22"}}}]
    placement, blois = query["must"][0]["bool"]["must"]
    names = [name["multi_match"] for name in placement["dis_max"]["queries"]]
    assert [(name["query"], name["boost"]) for name in names] == [("enplacement", TYPED), ("eninternship", 1.0)]
    assert [name["multi_match"]["query"] for name in blois["dis_max"]["queries"]] == ["enblois"]


def test_some_words_are_enough_when_loose_and_rare_ones_count_more():
    groups = (PLACEMENT._replace(weight=0.2), BLOIS)
    words = body_of(asked(groups=groups, loose=True))["query"]["bool"]["must"][0]["bool"]
    assert words["minimum_should_match"] == 1
    assert [one["dis_max"]["boost"] for one in words["should"]] == [0.2, 1.0]
    words = body_of(asked(groups=groups))["query"]["bool"]["must"][0]["bool"]
    assert [one["dis_max"]["boost"] for one in words["must"]] == [1.0, 1.0], "what must be there needs no weight"


def test_an_overview_asks_for_the_best_of_each_kind_and_a_kind_for_its_page():
    body = body_of(asked())
    assert body["size"] == 0
    assert body["aggs"]["own"]["aggs"]["kinds"]["aggs"]["best"]["top_hits"]["size"] == PER_KIND
    body = body_of(asked(kind="offers", first=24, size=12, order="starts"))
    assert (body["from"], body["size"]) == (24, 12)
    assert body["sort"] == ["_score", {"starts": "asc"}, {"page_id": "asc"}]
    assert {"term": {"kind": "offers"}} in body["post_filter"]["bool"]["filter"]
    assert {"term": {"in_french": True}} in body_of(asked(kind=FRENCH))["post_filter"]["bool"]["filter"]


def test_each_filter_is_counted_under_all_others():
    body = body_of(
        asked(
            kind="offers",
            facets=("field", "place", "bike"),
            chosen={"field": ("medecine", "pharmacie"), "place": ("Blois",)},
            ranges=(Range("starts", "gte", TODAY),),
        )
    )
    scope = [{"term": {"in_french": False}}, {"term": {"kind": "offers"}}, {"range": {"starts": {"gte": "2026-11-22"}}}]
    field = {"terms": {"tags": ["field=medecine", "field=pharmacie"]}}
    place = {"terms": {"tags": ["place=Blois"]}}
    assert body["post_filter"]["bool"]["filter"] == [*scope, field, place]
    counted = {name: one["filter"]["bool"]["filter"] for name, one in body["aggs"].items() if name.startswith("facet ")}
    assert counted == {
        "facet field": [*scope, place],
        "facet place": [*scope, field],
        "facet ": [*scope, field, place],
    }
    assert body["aggs"]["facet field"]["aggs"]["more"]["filter"] == {"bool": {"must_not": field}}


def test_an_answer_is_read():
    def values(**counts):
        return {"values": {"buckets": [{"key": key.replace("_", "="), "doc_count": n} for key, n in counts.items()]}}

    hits = [
        {"_id": "7", "_score": 20_003.5},
        {"_id": "8", "_score": 10_001.0},
        {"_id": "9", "_score": None},
    ]
    best = {"best": {"hits": {"hits": [{"_id": "3", "_score": 1.0}]}}}
    answer = answer_of(
        asked(kind="offers", facets=("field", "bike"), chosen={"field": ("medecine",)}),
        {
            "hits": {"total": {"value": 3}, "hits": hits},
            "aggregations": {
                "own": {"kinds": {"buckets": [{"key": "offers", "doc_count": 3}]}},
                "french": {"doc_count": 2} | best,
                "facet field": values(field_medecine=3, field_pharmacie=2) | {"more": values(field_pharmacie=1)},
                "facet ": values(bike_1=2, field_medecine=3),
            },
        },
    )
    assert (answer.total, answer.kinds, answer.french) == (3, {"offers": 3}, 2)
    assert answer.hits == (Hit(7, 3.5), Hit(8, 1.0), Hit(9, 0.0))
    assert answer.counts == {"field": {"medecine": 3, "pharmacie": 2}, "bike": {"1": 2}}
    assert answer.more == {"field": {"pharmacie": 1}}

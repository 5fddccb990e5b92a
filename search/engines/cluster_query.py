"""A search as Elasticsearch and OpenSearch read it: one request for results and counts, and their answer."""

from collections.abc import Iterator
from typing import Any

from core.kinds.searchable import Range

from ..tables.document import SearchDocument
from .base import FRENCH, NAMED, PER_KIND, TYPED, WEIGHTS, Answer, Asked, Hit, Terms

FIELDS = [f"{text}^{weight}" for text, weight in zip(SearchDocument.TEXTS, WEIGHTS, strict=True)]
# Pages that are open stand above those that are filled, and these above closed ones, whatever their words score.
STEP = 10_000.0
MOST_VALUES = 1000  # of all filters of a kind


def body_of(asked: Asked) -> dict[str, Any]:
    """Return the one request for a search."""
    in_scope = _scope(asked)
    chosen = {
        name: {"terms": {"tags": [f"{name}={value}" for value in values]}}
        for name, values in asked.chosen.items()
        if values
    }
    body: dict[str, Any] = {
        "query": _query(asked),
        "track_total_hits": True,
        "_source": False,
        "size": asked.size if asked.kind else 0,
        "from": asked.first if asked.kind else 0,
        "post_filter": {"bool": {"filter": [*in_scope, *chosen.values()]}},
        "aggs": {
            "own": {
                "filter": {"term": {"in_french": False}},
                "aggs": {"kinds": {"terms": {"field": "kind", "size": 100}}},
            },
            "french": {"filter": {"term": {"in_french": True}}},
        },
    }
    if len(asked.groups) > 1 and not asked.loose:
        named = [_group(ways, list(NAMED)) for ways in asked.marked_groups()]
        language = {"term": {"language": asked.language}}
        body["aggs"]["named"] = {"filter": {"bool": {"filter": [language, *named]}}}
    by_column = [{asked.order: "asc"}] if asked.order else []
    order = {"sort": ["_score", *by_column, {"page_id": "asc"}], "track_scores": True}
    if asked.kind:
        body |= order
    else:
        best = {"size": PER_KIND, "_source": False} | order
        body["aggs"]["own"]["aggs"]["kinds"]["aggs"] = {"best": {"top_hits": best}}
        body["aggs"]["french"]["aggs"] = {"best": {"top_hits": best}}
    # A filter is counted under all others; those without a choice are under the same, and counted together.
    for name in {*chosen, ""} if asked.facets else ():
        others = [condition for other, condition in chosen.items() if other != name]
        include = {"include": f"{name}=.*"} if name else {}
        values = {"values": {"terms": {"field": "tags", "size": MOST_VALUES, **include}}}
        more = {"more": {"filter": {"bool": {"must_not": chosen[name]}}, "aggs": values}} if name else {}
        body["aggs"][f"facet {name}"] = {"filter": {"bool": {"filter": [*in_scope, *others]}}, "aggs": values | more}
    return body


def _scope(asked: Asked) -> list[dict[str, Any]]:
    """The kind that is asked for, and the dates."""
    if asked.kind == FRENCH:
        found: list[dict[str, Any]] = [{"term": {"in_french": True}}]
    else:
        found = [{"term": {"in_french": False}}, *([{"term": {"kind": asked.kind}}] if asked.kind else [])]
    return found + [_range(compared) for compared in asked.ranges]


def _range(compared: Range) -> dict[str, Any]:
    value = compared.value if isinstance(compared.value, int) else compared.value.isoformat()
    return {"range": {compared.column: {compared.operator: value}}}


def _query(asked: Asked) -> dict[str, Any]:
    """The words, in pages of the language that are not gone, raised as they stand."""
    today = asked.today.isoformat()
    over = {"range": {"closes": {"lt": today}}}
    weights = [group.weight if asked.loose else 1.0 for group in asked.groups]
    groups = [_group(ways, FIELDS, weight) for ways, weight in zip(asked.marked_groups(), weights, strict=True)]
    if asked.order:  # only what stands higher counts
        groups = [{"constant_score": {"filter": group, "boost": 0}} for group in groups]
    if asked.loose:
        words: dict[str, Any] = {"should": groups, "minimum_should_match": 1}
    else:
        words = {"must": groups}
    return {
        "bool": {
            "filter": [{"term": {"language": asked.language}}],
            "must_not": [{"range": {"gone_after": {"lt": today}}}],
            "must": [{"bool": words}] if groups else [{"match_all": {"boost": 0}}],
            "should": [
                {"constant_score": {"filter": {"bool": {"must_not": [over]}}, "boost": STEP}},
                {
                    "constant_score": {
                        "filter": {"bool": {"must_not": [over], "filter": [{"term": {"filled": False}}]}},
                        "boost": STEP,
                    }
                },
            ],
        }
    }


def _group(ways: list[Terms], fields: list[str], weight: float = 1.0) -> dict[str, Any]:
    """One thing that is looked for, by each of its names; the first is what was typed."""
    said = {"type": "phrase", "fields": fields, "tie_breaker": 1.0}
    # The server takes a phrase for as rare as all its words together: what is said in three words would always win.
    names = [
        {"multi_match": said | {"query": " ".join(way), "boost": (1.0 if place else TYPED) / len(way)}}
        for place, way in enumerate(ways)
    ]
    return {"dis_max": {"queries": names, "tie_breaker": 0.2, "boost": weight}}


def answer_of(asked: Asked, found: Any) -> Answer:
    """Read the server's response."""
    aggregations = found["aggregations"]
    kinds = aggregations["own"]["kinds"]["buckets"]
    groups: dict[str, tuple[Hit, ...]] = {}
    french_hits: tuple[Hit, ...] = ()
    if not asked.kind:
        french_hits = _hits(aggregations["french"]["best"]["hits"]["hits"])
        groups = {bucket["key"]: _hits(bucket["best"]["hits"]["hits"]) for bucket in kinds}
    counts: dict[str, dict[str, int]] = {name: {} for name in asked.facets}
    more: dict[str, dict[str, int]] = {}
    for name in {*(name for name, values in asked.chosen.items() if values), ""} if asked.facets else ():
        facets = aggregations[f"facet {name}"]
        for facet, value, count in _values(facets):
            if facet == name or (not name and not asked.chosen.get(facet)):
                counts.setdefault(facet, {})[value] = count
        if name:
            more[name] = {value: count for _facet, value, count in _values(facets["more"])}
    return Answer(
        total=found["hits"]["total"]["value"],
        kinds={bucket["key"]: bucket["doc_count"] for bucket in kinds},
        french=aggregations["french"]["doc_count"],
        named=bool(aggregations.get("named", {}).get("doc_count")),
        hits=_hits(found["hits"]["hits"]),
        groups=groups,
        french_hits=french_hits,
        counts=counts,
        more=more,
    )


def _values(found: Any) -> Iterator[tuple[str, str, int]]:
    """Yield facet, value and count of what was counted."""
    for bucket in found["values"]["buckets"]:
        facet, _, value = bucket["key"].partition("=")
        yield facet, value, bucket["doc_count"]


def _hits(rows: list[dict[str, Any]]) -> tuple[Hit, ...]:
    return tuple(Hit(int(row["_id"]), (row.get("_score") or 0.0) % STEP) for row in rows)

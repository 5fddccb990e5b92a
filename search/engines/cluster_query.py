"""A search as Elasticsearch and OpenSearch read it: one request for results, counts and excerpts, and their answer."""

from collections.abc import Iterator
from typing import Any

from core.searchable import Range

from ..models.document import SearchDocument
from ..text.synonyms import Group
from .base import EACH_WORD, FRENCH, PER_KIND, TYPED, WEIGHTS, Answer, Asked, Hit, language_mark

# Marks of private use around found words; templates escape the text between them.
BEGIN, END = "\ue000", "\ue001"
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
    highlight = _highlight(asked)
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
    by_column = [{asked.order: "asc"}] if asked.order else []
    order = {"sort": ["_score", *by_column, {"page_id": "asc"}], "track_scores": True}
    if asked.kind:
        body |= order
        body["highlight"] = highlight
    else:
        best = {"size": PER_KIND, "_source": False, "highlight": highlight} | order
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
    groups = [_group(asked, group) for group in asked.groups]
    if asked.order:  # only what stands higher counts
        groups = [{"constant_score": {"filter": group, "boost": 0}} for group in groups]
    if asked.loose:
        each = [{"constant_score": {"filter": group, "boost": EACH_WORD}} for group in groups if not asked.order]
        words: dict[str, Any] = {"should": [*groups, *each], "minimum_should_match": 1}
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


def _group(asked: Asked, group: Group) -> dict[str, Any]:
    """One thing that is looked for, by each of its names; when nothing else helps, also misspelt."""
    code = language_mark(asked.language)
    fields = [f"{text}_{code}^{weight}" for text, weight in zip(SearchDocument.TEXTS, WEIGHTS, strict=True)]
    said = {"type": "phrase", "slop": 1, "fields": fields, "tie_breaker": 1.0}
    # The server takes a phrase for as rare as all its words together: what is said in three words would always win.
    names: list[dict[str, Any]] = [
        {"multi_match": said | {"query": phrase, "boost": (1.0 if place else TYPED) / len(way)}}
        for place, (phrase, way) in enumerate(zip(group.phrases, group.alternatives, strict=True))
    ]
    if asked.loose:
        near = {"query": group.typed, "fields": fields, "fuzziness": "AUTO:4,7", "prefix_length": 1, "boost": 0.2}
        names.append({"multi_match": near | {"max_expansions": 20}})
    return {"dis_max": {"queries": names, "tie_breaker": 0.2}}


def _highlight(asked: Asked) -> dict[str, Any]:
    code = language_mark(asked.language)
    return {
        "pre_tags": [BEGIN],
        "post_tags": [END],
        "fields": {
            f"summary_{code}": {"number_of_fragments": 0},
            f"body_{code}": {"number_of_fragments": 1, "fragment_size": 200},
        },
    }


def answer_of(asked: Asked, found: Any) -> Answer:
    """Read the server's response."""
    aggregations = found["aggregations"]
    kinds = aggregations["own"]["kinds"]["buckets"]
    code = language_mark(asked.language)
    groups: dict[str, tuple[Hit, ...]] = {}
    french_hits: tuple[Hit, ...] = ()
    if not asked.kind:
        french_hits = _hits(aggregations["french"]["best"]["hits"]["hits"], code)
        groups = {bucket["key"]: _hits(bucket["best"]["hits"]["hits"], code) for bucket in kinds}
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
        hits=_hits(found["hits"]["hits"], code),
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


def _hits(rows: list[dict[str, Any]], code: str) -> tuple[Hit, ...]:
    return tuple(
        Hit(int(row["_id"]), (row.get("_score") or 0.0) % STEP, _excerpt(row.get("highlight", {}), code))
        for row in rows
    )


def _excerpt(highlight: dict[str, list[str]], code: str) -> tuple[tuple[str, bool], ...] | None:
    """Return the highlighted text in pieces, or None where the words stand in title and labels only."""
    for name, cut in ((f"summary_{code}", False), (f"body_{code}", True)):
        if name in highlight:
            text = f"… {highlight[name][0]} …" if cut else highlight[name][0]
            parts = (part.partition(END) for part in text.split(BEGIN))
            pieces = [piece for marked, end, rest in parts for piece in _split(marked, end, rest)]
            return tuple(piece for piece in pieces if piece[0])
    return None


def _split(marked: str, end: str, rest: str) -> list[tuple[str, bool]]:
    return [(marked, True), (rest, False)] if end else [(marked, False)]

"""Elasticsearch 8 and 9, and OpenSearch 3: one request for results, counts and excerpts.

Clients, indexes and their aliases are those of Wagtail's search backends (django-modelsearch); queries are our own,
because these backends know neither highlighting nor phrases in synonyms nor more than one filter's counts at a time.
"""

import datetime as dt
import importlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings

from core.searchable import Range

from ..models.document import SearchDocument
from ..text.synonyms import Group
from .base import FRENCH, PER_KIND, WEIGHTS, Answer, Asked, EngineDown, Hit, language_mark
from .cluster_analysis import index_body, mapping_body

# The backend, the mapping and the errors of each family.
FAMILIES = {
    "elasticsearch": (
        "modelsearch.backends.elasticsearch8",
        "Elasticsearch8",
        ("elasticsearch.ApiError", "elastic_transport.TransportError", "elasticsearch.helpers.BulkIndexError"),
    ),
    "opensearch": ("modelsearch.backends.opensearch3", "OpenSearch3", ("opensearchpy.exceptions.OpenSearchException",)),
}
WRITING, REBUILDING = 5, 60  # seconds of patience
# Marks of private use around found words; templates escape the text between them.
BEGIN, END = "\ue000", "\ue001"
# Pages that are open stand above those that are filled, and these above closed ones, whatever their words score.
STEP = 10_000.0
MOST_VALUES = 1000  # of all filters of a kind


class ClusterEngine:
    """A search server."""

    def __init__(self, options: dict[str, Any]) -> None:
        """Take what `config.settings.environment.read_search` returns."""
        self._options = options
        module, self._prefix, errors = FAMILIES[options["FAMILY"]]
        self._module = importlib.import_module(module)
        self._errors = tuple(_named(error) for error in errors)

    # --- Reaching the server ------------------------------------------------------------------------------------
    def _backend(self, seconds: float) -> Any:
        """Return a backend of Wagtail's search with our mapping, and so much patience."""
        mapping = type("Mapping", (DocumentMapping, getattr(self._module, f"{self._prefix}Mapping")), {})
        backend = type("Backend", (self._module.SearchBackend,), {"mapping_class": mapping, "settings": index_body()})
        options = {"max_retries": 0, **self._options["OPTIONS"]}
        names = {name: self._options[name] for name in ("HOSTS", "INDEX_PREFIX")}
        return backend({**names, "OPTIONS": options, "TIMEOUT": seconds})

    @cached_property
    def _quick(self) -> Any:
        return self._backend(settings.SEARCH_PATIENCE)

    @cached_property
    def _patient(self) -> Any:
        return self._backend(WRITING)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Say in one way that the server did not answer."""
        try:
            yield
        except self._errors as error:
            status = getattr(error, "status_code", None)
            raise EngineDown(f"{type(error).__name__}: {str(error)[:300]}", refused=status == 400) from error

    @property
    def _index_name(self) -> str:
        return self._quick.get_index_for_model(SearchDocument).name

    # --- Searching ----------------------------------------------------------------------------------------------
    def search(self, asked: Asked, seconds: float) -> Answer:
        """Find pages, count and highlight in one request."""
        client, options = self._quick.es, {"index": self._index_name, "body": body_of(asked)}
        with self._asking():
            if self._options["FAMILY"] == "elasticsearch":
                found = client.options(request_timeout=seconds).search(**options)
            else:
                found = client.search(request_timeout=seconds, **options)
        return answer_of(asked, found)

    # --- Writing ------------------------------------------------------------------------------------------------
    def write(self, documents: list[SearchDocument]) -> None:
        """Add or replace documents, unless the server has newer ones."""
        if documents:
            self._bulk(self._patient, self._index_name, map(action_of, documents))

    def remove(self, page_ids: Iterable[int], moment: dt.datetime) -> None:
        """Remove documents that were gone at a moment, unless the server has newer ones."""
        version = version_at(moment)
        actions = [
            {"_op_type": "delete", "_id": str(page_id), "_version": version, "_version_type": "external_gte"}
            for page_id in page_ids
        ]
        if actions:
            self._bulk(self._patient, self._index_name, actions)

    def _bulk(self, backend: Any, index: str, actions: Iterable[dict[str, Any]], **options: Any) -> None:
        """Send actions. A newer document that is there already, or one that is gone, is no error."""
        options = {"refresh": True, "require_alias": True} | options
        with self._asking():
            _done, errors = backend.bulk(backend.es, actions, index=index, raise_on_error=False, **options)
        failed = [one for error in errors for one in error.values() if not _is_harmless(one)]
        if failed:
            raise EngineDown(f"{len(failed)} changes refused, the first: {str(failed[0].get('error'))[:300]}")

    def rebuild(self, documents: Iterator[list[SearchDocument]]) -> None:
        """Fill a new index, then let the name lead to it."""
        backend = self._backend(REBUILDING)
        alias = backend.get_index_for_model(SearchDocument)
        with self._asking():
            index = backend.rebuilder_class(alias).start()
        try:
            with self._asking():
                index.add_model(SearchDocument)
            self._fill(backend, index.name, documents)
            with self._asking():
                index.refresh()
        except BaseException:
            with self._asking():
                index.delete()
            raise
        # In one step: at no moment has the name two indexes, or none.
        with self._asking():
            old = alias.aliased_indices() if alias.is_alias() else []
            goes = [{"remove_index": {"index": one.name}} for one in old]
            add = {"add": {"index": index.name, "alias": alias.name}}
            backend.es.indices.update_aliases(body={"actions": [*goes, add]})

    def _fill(self, backend: Any, index: str, documents: Iterator[list[SearchDocument]]) -> None:
        """Send batches, each while the next one is read."""
        options = {"refresh": False, "require_alias": False}
        with ThreadPoolExecutor(max_workers=1) as sender:
            sent: Future[None] | None = None
            for batch in documents:
                actions = [action_of(document) for document in batch]
                if sent is not None:
                    sent.result()
                sent = sender.submit(self._bulk, backend, index, actions, **options)
            if sent is not None:
                sent.result()

    def drop(self) -> None:
        """Remove the index."""
        backend = self._backend(REBUILDING)
        alias = backend.get_index_for_model(SearchDocument)
        with self._asking():
            for index in alias.aliased_indices() if alias.is_alias() else []:
                index.delete()


class DocumentMapping:
    """Tells Wagtail's backends how the index looks."""

    def get_mapping(self) -> dict[str, Any]:
        """Return the fields, each text once for each language."""
        return mapping_body()


def _named(path: str) -> type[Exception]:
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _is_harmless(result: dict[str, Any]) -> bool:
    missing = result.get("status") == 404 and result.get("result") == "not_found"
    return missing or result.get("status") == 409


def version_at(moment: dt.datetime) -> int:
    """Return a moment as a version number: what was read later is newer."""
    return int(moment.timestamp() * 1_000_000)


def action_of(document: SearchDocument) -> dict[str, Any]:
    """Return what the server stores of a document."""
    code = language_mark(document.language)
    columns = {name: getattr(document, name) for name in ("language", "kind", "in_french", "filled")}
    columns |= {name: getattr(document, name) for name in SearchDocument.COLUMNS}
    texts = {f"{name}_{code}": getattr(document, name) for name in SearchDocument.TEXTS}
    return {
        "_id": str(document.pk),
        "_version": version_at(document.indexed_at),
        "_version_type": "external_gte",
        "page_id": document.pk,
        "tags": document.tag_list(),
        **columns,
        **texts,
    }


# --- A search as the server reads it ------------------------------------------------------------------------------
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
    words = {"should": groups, "minimum_should_match": 1} if asked.loose else {"must": groups}
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
    names: list[dict[str, Any]] = [
        {"multi_match": {"query": phrase, "type": "phrase", "slop": 1, "fields": fields, "tie_breaker": 1.0}}
        for phrase in group.phrases
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
    if not asked.kind:
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

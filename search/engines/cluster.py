"""Elasticsearch 8 and 9, and OpenSearch 3: one request for results and counts.

Clients, indexes and their aliases are those of Wagtail's search backends (django-modelsearch); queries are our own,
because these backends know neither phrases in synonyms nor more than one filter's counts at a time.
"""

import datetime as dt
import importlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings

from ..tables.document import SearchDocument
from .base import Answer, Asked, EngineDown
from .cluster_index import FORMAT, SETTINGS, action_of, mapping_body, version_at
from .cluster_query import answer_of, body_of

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
ORPHANED = 24 * 3600  # seconds after which no rebuild goes on
SWITCHING = {404, 503}  # what a search may hear at the moment when the name leads to another index


class ClusterEngine:
    """A search server, Elasticsearch or OpenSearch, asked over HTTP."""

    def __init__(self, options: dict[str, Any]) -> None:
        """Take what `config.settings.environment.read_search` returns."""
        self._options = options
        module, self._prefix, errors = FAMILIES[options["FAMILY"]]
        self._module = importlib.import_module(module)
        self._errors = tuple(_named(error) for error in errors)
        self._has_our_format = False

    # --- Reaching the server ------------------------------------------------------------------------------------
    def _backend(self, seconds: float) -> Any:
        """Return a backend of Wagtail's search with our mapping, and so much patience."""
        mapping = type("Mapping", (DocumentMapping, getattr(self._module, f"{self._prefix}Mapping")), {})
        backend = type("Backend", (self._module.SearchBackend,), {"mapping_class": mapping, "settings": SETTINGS})
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
            said = dict.fromkeys((str(error)[:300], str(getattr(error, "message", ""))[:300]))
            message = " ".join([type(error).__name__, *filter(None, said)])
            raise EngineDown(message, refused=status == 400, status=status) from error

    @property
    def _index_name(self) -> str:
        return self._quick.get_index_for_model(SearchDocument).name

    # --- Searching ----------------------------------------------------------------------------------------------
    def search(self, asked: Asked, seconds: float) -> Answer:
        """Find pages and count in one request."""
        if not self._has_our_format:
            self._check_format()
        try:
            return self._search(asked, seconds)
        except EngineDown as error:
            if error.status not in SWITCHING:
                raise
            return self._search(asked, seconds)

    def _search(self, asked: Asked, seconds: float) -> Answer:
        client, options = self._quick.es, {"index": self._index_name, "body": body_of(asked)}
        with self._asking():
            if self._options["FAMILY"] == "elasticsearch":
                found = client.options(request_timeout=seconds).search(**options)
            else:
                found = client.search(request_timeout=seconds, **options)
        return answer_of(asked, found)

    def _check_format(self) -> None:
        """Refuse an index that an older version of the site has filled: nothing would be found in it."""
        with self._asking():
            (index,) = self._quick.es.indices.get_mapping(index=self._index_name).values()
        self._has_our_format = index["mappings"].get("_meta", {}).get("format") == FORMAT
        if not self._has_our_format:
            raise EngineDown("its index is of an older version: manage.py search_reindex makes it anew", refused=True)

    # --- Writing ------------------------------------------------------------------------------------------------
    def write(self, documents: list[SearchDocument]) -> None:
        """Add or replace documents, unless the server has newer ones."""
        if documents:
            self._bulk(self._patient, self._index_name, map(action_of, documents))

    def remove(self, page_ids: Iterable[int], moment: dt.datetime) -> None:
        """Remove documents that were gone at a moment, unless the server has newer ones."""
        with self._asking():
            there = self._patient.get_index_for_model(SearchDocument).is_alias()
        if not there:
            # A removal would make an index of this name, which no alias could have any more.
            raise EngineDown("it has no index: manage.py search_reindex makes it")
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
        try:
            with self._asking():
                old = [one.name for one in alias.aliased_indices()] if alias.is_alias() else []
                if not old and backend.es.indices.exists(index=alias.name):
                    old = [alias.name]  # an index that somebody made by hand, in the alias's place
                goes = [{"remove_index": {"index": name}} for name in old]
                add = {"add": {"index": index.name, "alias": alias.name}}
                backend.es.indices.update_aliases(body={"actions": [*goes, add]})
        except EngineDown as error:
            if isinstance(error.status, int):  # otherwise it may have happened
                with self._asking():
                    index.delete()
            raise
        self._remove_orphans(backend, alias.name)

    def _remove_orphans(self, backend: Any, name: str) -> None:
        """Remove indexes to which no name leads, of rebuilds that were killed."""
        long_ago = (time.time() - ORPHANED) * 1000
        with self._asking():
            for index, about in backend.es.indices.get(index=f"{name}_*").items():
                if not about["aliases"] and int(about["settings"]["index"]["creation_date"]) < long_ago:
                    backend.es.indices.delete(index=index)

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


class DocumentMapping:
    """Tells Wagtail's backends how the index looks."""

    def get_mapping(self) -> dict[str, Any]:
        """Return each field with how the server stores and analyses it."""
        return mapping_body()


def _named(path: str) -> type[Exception]:
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _is_harmless(result: dict[str, Any]) -> bool:
    missing = result.get("status") == 404 and result.get("result") == "not_found"
    return missing or result.get("status") == 409

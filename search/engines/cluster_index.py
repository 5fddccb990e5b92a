"""The index of Elasticsearch and OpenSearch: the terms that our analyser made, cut at spaces, and nothing to analyse.

Both families, and their releases, stem each in a way of its own; with our terms they find what the database finds.
"""

import datetime as dt
from typing import Any

from ..tables.document import SearchDocument
from .base import marked_terms

FORMAT = 2  # of what is stored: an index of another format is not asked until it is rebuilt
SETTINGS = {"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}}


def mapping_body() -> dict[str, Any]:
    """Return the fields of an index. Terms begin with their language, so that all languages share them."""
    return {
        "dynamic": False,
        "_meta": {"format": FORMAT},
        "properties": {
            **{name: {"type": "keyword"} for name in ("language", "kind", "tags")},
            **{name: {"type": "boolean"} for name in ("in_french", "filled")},
            **{name: {"type": "date"} for name in SearchDocument.COLUMNS},
            "min_weeks": {"type": "integer"},
            "page_id": {"type": "long"},
            **{name: {"type": "text", "analyzer": "whitespace"} for name in SearchDocument.TEXTS},
        },
    }


def version_at(moment: dt.datetime) -> int:
    """Return a moment as a version number: what was read later is newer."""
    return int(moment.timestamp() * 1_000_000)


def action_of(document: SearchDocument) -> dict[str, Any]:
    """Return what the server stores of a document."""
    columns = {name: getattr(document, name) for name in ("language", "kind", "in_french", "filled")}
    columns |= {name: getattr(document, name) for name in SearchDocument.COLUMNS}
    texts = zip(SearchDocument.TEXTS, marked_terms(document), strict=True)
    return {
        "_id": str(document.pk),
        "_version": version_at(document.indexed_at),
        "_version_type": "external_gte",
        "page_id": document.pk,
        "tags": document.tag_list(),
        **columns,
        **{name: " ".join(terms) for name, terms in texts},
    }

"""`manage.py check --database default` says when the search was made from something else than this code."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from .indexing.fingerprint import is_old, server_is_old


@register(Tags.database)
def search_documents(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Compare the fingerprints; a database that has no tables yet has nothing old."""
    if not databases or "default" not in databases:
        return []
    try:
        old = is_old() or server_is_old()
    except DatabaseError:
        return []
    if not old:
        return []
    return [
        Warning(
            "The search was made by another version of filters, kinds, words, analysis or catalogues.",
            hint="manage.py work makes it anew by itself; or run manage.py search_reindex. Readers search meanwhile.",
            id="search.W001",
        )
    ]

"""The search of the admin: Wagtail's in the database, given words only, and not more than it can take."""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import MATCH_NONE

# What has a meaning of its own in SQLite's queries, where Wagtail does not take it out of what somebody types.
SIGNS = re.compile(r'["\\\0]+')
LONGEST = 300  # characters; Wagtail's queries are nested as deep as they have words


def words_of(query: Any) -> Any:
    """Return a query that each database can read: a quotation that is just begun is no error."""
    if isinstance(query, str):
        query = SIGNS.sub(" ", query).strip() or MATCH_NONE
    return query if len(query if isinstance(query, str) else repr(query)) <= LONGEST else MATCH_NONE


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the search of the database in use, all of which asks in this one method."""
    backend = database.SearchBackend(params)
    search = backend._search
    backend._search = lambda compiler, query, *args, **kwargs: search(compiler, words_of(query), *args, **kwargs)
    return backend

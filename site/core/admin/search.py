"""The search of the admin: Wagtail's in the database, given words only, and not more than it can take."""

import re
from typing import Any

from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import MATCH_NONE, And, Or, Phrase, PlainText

# What has a meaning of its own in SQLite's queries, where Wagtail does not take it out of what somebody types.
SIGNS = re.compile(r'["\\\0]+')
LONGEST = 300  # characters; Wagtail's queries are nested as deep as they have words


def words_of(query: Any) -> Any:
    """Return a query that each database can read: a quotation that is just begun is no error."""
    length = len(query if isinstance(query, str) else repr(query))
    return _with_words_only(query) or MATCH_NONE if length <= LONGEST else MATCH_NONE


def _with_words_only(query: Any) -> Any:
    """Take out what no text is found by: a sign that stands alone ("Que faire ?") would match nothing.

    What is left is empty, or None, where nothing was a word.
    """
    if isinstance(query, str):
        return " ".join(word for word in SIGNS.sub(" ", query).split() if any(map(str.isalnum, word)))
    if isinstance(query, PlainText):
        words = _with_words_only(query.query_string)
        return PlainText(words, operator=query.operator, boost=query.boost) if words else None
    if isinstance(query, Phrase):
        words = _with_words_only(query.query_string)
        return Phrase(words) if words else None
    if isinstance(query, And | Or):
        parts = [part for part in map(_with_words_only, query.subqueries) if part]
        return type(query)(parts) if parts else None
    return query


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the search of the database in use, all of which asks in this one method."""
    backend = database.SearchBackend(params)
    search = backend._search
    backend._search = lambda compiler, query, *args, **kwargs: search(compiler, words_of(query), *args, **kwargs)
    return backend

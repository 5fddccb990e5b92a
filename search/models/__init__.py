"""The search's models, for Django and for others: the page, and what the search keeps (`search.tables`)."""

from ..tables import SearchChange, SearchDocument, SearchMiss, SearchPick, SearchState, SearchWord, SynonymList
from .page import SearchPage

__all__ = [
    "SearchChange",
    "SearchDocument",
    "SearchMiss",
    "SearchPage",
    "SearchPick",
    "SearchState",
    "SearchWord",
    "SynonymList",
]

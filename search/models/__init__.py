"""What the search keeps: one document for each public page, what changed since, and the editors' words."""

from .document import SearchChange, SearchDocument, SearchState
from .page import SearchPage
from .words import SearchMiss, SearchPick, SearchWord, SynonymList

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

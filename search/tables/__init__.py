"""What the search keeps in the database: a document for each public page, what changed since, the editors' words."""

from .document import SearchChange, SearchDocument, SearchState
from .words import SearchMiss, SearchPick, SearchWord, SynonymList

__all__ = ["SearchChange", "SearchDocument", "SearchMiss", "SearchPick", "SearchState", "SearchWord", "SynonymList"]

"""The search's entry in the table of kinds."""

from core.kinds.table import SEARCH, PageKind, register

from .models import SearchPage

register(PageKind(page=SearchPage, order=210, role=SEARCH, reference="recherche"))

"""The desk's entry in the table of kinds."""

from core.kinds.searchable import PAGES
from core.kinds.table import PageKind, register

from .models import DatesPage, DeskPage

register(
    PageKind(page=DeskPage, order=200, search=PAGES, reference="guichet"),
    PageKind(page=DatesPage, order=210, search=PAGES, reference="mes-dates"),
)

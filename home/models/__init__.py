"""Home, editorial, legal and question pages, and the records that explain words."""

from .editorial import EditorialPage, SectionPage
from .faq import FaqEntryPage, FaqIndexPage
from .home_page import HomePage, HomeReason
from .legal import LegalPage
from .words import GlossaryTerm, LexiconEntry

__all__ = [
    "EditorialPage",
    "FaqEntryPage",
    "FaqIndexPage",
    "GlossaryTerm",
    "HomePage",
    "HomeReason",
    "LegalPage",
    "LexiconEntry",
    "SectionPage",
]

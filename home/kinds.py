"""The home page, questions, editorial and legal pages: their entries in the table of kinds."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core.kinds.searchable import PAGES, ResultKind
from core.kinds.table import HOME, PageKind, register
from core.web.structured_data import article, collection

from . import structured
from .loading.pages import EditorialPages, LegalPages, SectionsOfPages
from .loading.words import Questions
from .models import EditorialPage, FaqEntryPage, FaqIndexPage, HomePage, LegalPage, SectionPage

register(
    PageKind(page=HomePage, order=0, role=HOME, parents=(Page,), structured=structured.home_data),
    PageKind(
        page=FaqEntryPage,
        index=FaqIndexPage,
        order=70,
        search=ResultKind("questions", _("Questions"), FaqIndexPage, weight_of_answers=2.0),
        words=lambda page: [page.get_theme_display()],
        structured=structured.entry_data,
        index_structured=structured.questions_data,
        section=Questions,
        reference="faq",
        shortcut=True,
        without=("record",),  # an answer is advice to read on its page, with its date
    ),
    PageKind(page=SectionPage, order=100, search=PAGES, structured=collection, section=SectionsOfPages),
    PageKind(
        page=EditorialPage,
        order=110,
        parents=(HOME, SectionPage),
        search=PAGES,
        structured=article,
        section=EditorialPages,
    ),
    PageKind(page=LegalPage, order=120, search=PAGES, structured=article, section=LegalPages),
)

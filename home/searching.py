"""How questions, editorial pages and the lists themselves are found."""

from django.utils.translation import gettext_lazy as _

from core.kinds.searchable import Kind, register_searchable
from temoignages.models import TestimonialIndexPage
from territoire.desk.models import DeskPage
from territoire.models import EventIndexPage, HousingIndexPage, OfferIndexPage, PartnerIndexPage, StrengthIndexPage

from .models import EditorialPage, FaqEntryPage, FaqIndexPage, LegalPage, SectionPage
from .models.faq import question_facets

QUESTIONS = Kind("questions", _("Questions"), order=70, facets=question_facets, weight_of_answers=2.0)
PAGES = Kind("pages", _("Pages"), order=80, weight_of_answers=2.0)

register_searchable(QUESTIONS, FaqEntryPage, lambda page: [page.get_theme_display()])
for model in (
    DeskPage,
    EditorialPage,
    SectionPage,
    LegalPage,
    OfferIndexPage,
    HousingIndexPage,
    StrengthIndexPage,
    TestimonialIndexPage,
    PartnerIndexPage,
    EventIndexPage,
    FaqIndexPage,
):
    register_searchable(PAGES, model)

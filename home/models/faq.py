"""Questions and answers by theme."""

from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.cache.until_changed import asked_once
from core.fields.stream import StreamField
from core.lists.filters import Facet
from core.lists.listing import ListPageMixin
from core.models import BasePage
from core.pages.visibility import shown

from .blocks import AnswerBodyBlock
from .editorial import SourcedMixin


class FaqTheme(models.TextChoices):
    """Themes of questions, in the order in which a student asks them."""

    FRAMEWORK = "cadre", _("Framework and length")
    LANGUAGE = "langue", _("Language")
    PAPERWORK = "demarches", _("Paperwork")
    HEALTH = "sante", _("Health")
    MONEY = "argent", _("Money")
    HOUSING = "logement", _("Housing")
    MOBILITY = "mobilite", _("Getting around")
    SUPPORT = "accompagnement", pgettext_lazy("question", "Support")
    SETTLING = "installation", _("Coming back to practise")


class FaqIndexPage(ListPageMixin, BasePage):
    """All questions, by theme, each answer one click away on the same page."""

    noun = staticmethod(lambda count: ngettext("%(count)d question", "%(count)d questions", count) % {"count": count})
    per_page = 200
    card_template = ""
    max_count_per_parent = 1
    template = "home/faq_index_page.html"
    sorts = {"editors": (_("Our order"), ("path",))}

    class Meta:
        verbose_name = _("questions: index")

    def entries(self) -> QuerySet["FaqEntryPage"]:
        """Return the questions that readers may see."""
        return shown(FaqEntryPage.objects.child_of(self))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Offer one filter: the theme."""
        return [Facet("theme", _("Theme"), FaqTheme.choices, lambda value: Q(theme=value))]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Group the questions by theme."""
        context = super().get_context(request, *args, **kwargs)
        order = {theme: rank for rank, theme in enumerate(FaqTheme.values)}
        entries = sorted(context["entries"], key=lambda entry: order.get(entry.theme, 99))
        with asked_once():
            for entry in entries:
                list(entry.body)  # the rules that answers state, once for all of them
        context["themes"] = [
            (FaqTheme(theme).label, list(group)) for theme, group in groupby(entries, key=lambda entry: entry.theme)
        ]
        return context


class FaqEntryPage(SourcedMixin, BasePage):
    """One question with its answer; the title is the question."""

    theme = models.CharField(_("theme"), max_length=20, choices=FaqTheme.choices)
    body = StreamField(AnswerBodyBlock(), verbose_name=_("answer"))

    texts = ("body",)

    link_letter = "q"
    template = "home/faq_entry_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("theme"), FieldPanel("body"), SourcedMixin.source_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("theme")]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add questions of the same theme, then others."""
        context = super().get_context(request, *args, **kwargs)
        siblings = shown(FaqEntryPage.objects.sibling_of(self, inclusive=False))
        context["others"] = sorted(siblings, key=lambda entry: entry.theme != self.theme)[:4]
        return context

"""Strengths of the territory, by theme."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.stream import StreamField
from core.languages.translatable import OrderedRow
from core.lists.filters import Facet
from core.lists.listing import ListPageMixin
from core.models import BasePage, LocatedMixin, SiteImage
from core.pages.visibility import shown
from core.pictures.renditions import picture

from ..choices import StrengthTheme


class StrengthIndexPage(ListPageMixin, BasePage):
    """All strengths, filtered by theme, with a map."""

    template = "components/list_page.html"
    card_template = "territoire/components/strength_card.html"
    noun = staticmethod(lambda count: ngettext("%(count)d strength", "%(count)d strengths", count) % {"count": count})
    per_page = 24
    max_count_per_parent = 1
    sorts = {"editors": (_("Our order"), ("path",)), "title": (_("Title"), ("title",))}

    class Meta:
        verbose_name = _("strengths: index")

    def entries(self) -> QuerySet["StrengthPage"]:
        """Published strengths in the editors' order."""
        return shown(StrengthPage.objects.child_of(self))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Offer one filter: the theme."""
        return [Facet("theme", _("Theme"), StrengthTheme.choices, lambda value: Q(theme=value))]


class StrengthPage(LocatedMixin, BasePage):
    """One good reason to come, with a figure and where it comes from."""

    theme = models.CharField(_("theme"), max_length=20, choices=StrengthTheme.choices)
    figure = models.CharField(_("key figure"), max_length=20, blank=True, help_text=_("For instance “42 min”."))
    figure_label = models.CharField(_("what the figure counts"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("figure", "figure_label", "body")
    # A source is cited by the title it has.
    facts = ("source",)

    link_letter = "s"
    template = "territoire/strength_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("figure"), FieldPanel("figure_label")]),
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
            ],
            _("Key figure"),
        ),
        FieldPanel("body"),
        InlinePanel("gallery", label=_("Picture"), heading=_("Gallery")),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Place")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("theme")]

    class Meta:
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")

    @property
    def place_note(self) -> str:
        """What the map says under the title."""
        return self.get_theme_display()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the gallery and other strengths."""
        context = super().get_context(request, *args, **kwargs)
        context["gallery"] = [
            entry for entry in self.gallery.select_related("image") if entry.image and picture(entry.image, "card")
        ]
        siblings = self.get_parent().specific_deferred.entries().exclude(pk=self.pk)
        context["others"] = sorted(siblings, key=lambda page: page.theme != self.theme)[:3]
        return context


class StrengthGalleryImage(TranslatableMixin, OrderedRow):
    """A further picture of a strength."""

    page = ParentalKey(StrengthPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(SiteImage, models.CASCADE, null=True, related_name="+", verbose_name=_("picture"))
    caption = models.CharField(_("caption"), max_length=200, blank=True)

    texts = ("caption",)

    panels = [FieldPanel("image"), FieldPanel("caption")]

    class Meta(TranslatableMixin.Meta, OrderedRow.Meta):
        verbose_name = _("gallery picture")

"""Editorial pages and the sections that gather them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields.stream import StreamField
from core.models import BasePage
from core.pages.visibility import shown

from .blocks import EditorialBodyBlock


class SourcedMixin(models.Model):
    """A text that states rules: where they come from, and whether the Département has validated it."""

    source = models.CharField(_("source of the rules"), max_length=250, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("When somebody last compared the text with the source.")
    )
    to_be_validated = models.BooleanField(
        _("to be validated"),
        default=False,
        help_text=_("The page says so until the Département has checked it."),
    )

    # A source is cited by the title it has.
    facts = ("source",)

    source_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("source"), FieldPanel("source_url")]),
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("to_be_validated")]),
        ],
        _("Source"),
    )

    class Meta:
        abstract = True


class SectionPage(BasePage):
    """A section: its pages as cards."""

    template = "home/section_page.html"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the section's pages."""
        context = super().get_context(request, *args, **kwargs)
        pages = shown(EditorialPage.objects.child_of(self))
        context["entries"] = pages
        return context


class EditorialPage(SourcedMixin, BasePage):
    """A page that explains something."""

    body = StreamField(EditorialBodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)

    template = "home/editorial_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body"), SourcedMixin.source_panel]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("editorial page")
        verbose_name_plural = _("editorial pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the other pages of the section; a page that stands alone has none."""
        context = super().get_context(request, *args, **kwargs)
        siblings = shown(EditorialPage.objects.sibling_of(self, inclusive=False))
        context["siblings"] = siblings[:8]
        return context

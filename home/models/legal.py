"""Legal pages: mentions légales, personal data, accessibility statement, necessary storage."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.fields.stream import StreamField
from core.models import BasePage

from .blocks import EditorialBodyBlock
from .editorial import SourcedMixin


class LegalKind(models.TextChoices):
    """What the law asks for."""

    NOTICE = "mentions", _("Legal notice")
    DATA = "donnees", _("Personal data")
    ACCESSIBILITY = "accessibilite", _("Accessibility statement")
    STORAGE = "stockage", _("Cookies and storage")


class LegalPage(SourcedMixin, BasePage):
    """A text of the Département's, with its source."""

    kind = models.CharField(_("kind"), max_length=15, choices=LegalKind.choices)
    body = StreamField(EditorialBodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)

    template = "home/legal_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("body"),
        SourcedMixin.source_panel,
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("legal page")
        verbose_name_plural = _("legal pages")

"""Institutional partners: Region, ARS, CDOM, CROUS, State, universities. Shown by name, never by logo."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import FrenchRecord

from ..choices import InstitutionKind


class Institution(index.Indexed, FrenchRecord):
    """A public body that helps foreign students."""

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)
    role = models.TextField(_("what it does for students"), max_length=400, blank=True)
    url = models.URLField(_("website"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    texts = ("role",)
    facts = ("name",)

    panels = [
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldPanel("role"),
        FieldPanel("url"),
        FieldPanel("position"),
        FieldPanel("reference", read_only=True),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("institutional partner")
        verbose_name_plural = _("institutional partners")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

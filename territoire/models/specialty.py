"""Specialties, which editors keep."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.models import FrenchRecord


class Specialty(index.Indexed, FrenchRecord):
    """A medical or health specialty."""

    name = models.CharField(_("name"), max_length=120)

    texts = ("name",)

    panels = [FieldPanel("name"), FieldPanel("reference")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["reference", "locale"], name="one_specialty_a_reference")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new specialty the code that addresses of filtered lists name."""
        self.reference = self.reference or slugify(self.name).replace("-", "_")[:40]
        super().save(*args, **kwargs)

"""Specialties, which editors keep."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.fields.consistency import Faults
from core.fields.free_code import free_code
from core.fields.identifiers import isco_code
from core.models import FrenchRecord


class Specialty(index.Indexed, FrenchRecord):
    """A medical or health specialty."""

    name = models.CharField(_("name"), max_length=120)
    isco = models.CharField(
        _("ISCO-08 code of the occupation"),
        max_length=4,
        blank=True,
        validators=[isco_code],
        help_text=_("Four digits, such as 2211 for generalist doctors; left empty where no single occupation fits."),
    )

    texts = ("name",)
    facts = ("isco",)

    panels = [FieldPanel("name"), FieldPanel("isco"), FieldPanel("reference", read_only=True)]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("specialty")
        verbose_name_plural = _("specialties")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "locale"],
                name="one_specialty_a_reference",
                violation_error_message=_("There is a specialty of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new specialty the code that addresses of filtered lists name."""
        self.reference = self.reference or free_code(self.name, self._others().values_list("reference", flat=True))
        super().save(*args, **kwargs)

    def _others(self) -> models.QuerySet["Specialty"]:
        return type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)

    def faults(self) -> Faults:
        """One record a specialty: two of one name would be two filters."""
        found = super().faults()
        name = " ".join((self.name or "").split()).casefold()
        if name and any(other.casefold() == name for other in self._others().values_list("name", flat=True)):
            found["name"] = _("There is a specialty of this name already.")
        return found

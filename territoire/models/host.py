"""Host structures: the receiving organisations of a Learning Agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields.codes import postcode
from core.models import FrenchRecord, LocatedMixin

from ..choices import BETWEEN_UNIVERSITIES, HostSize, HostType


class HostStructure(index.Indexed, LocatedMixin, FrenchRecord):
    """A hospital, health centre, practice or service that receives students."""

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=20, choices=HostType.choices)
    size = models.CharField(_("size"), max_length=20, choices=HostSize.choices)
    address = models.CharField(_("address"), max_length=160, blank=True)
    town = models.CharField(_("town"), max_length=80)
    postcode = models.CharField(_("postcode"), max_length=10, validators=[postcode])
    website = models.URLField(_("website"), max_length=300, blank=True)
    access = models.CharField(_("how to get there"), max_length=250, blank=True)
    presentation = models.TextField(_("presentation"), max_length=600, blank=True)

    texts = ("access", "presentation")
    facts = ("name", "address", "town", "postcode")

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("size")]),
                FieldPanel("presentation"),
            ],
            _("Structure"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("access"),
                FieldPanel("website"),
            ],
            _("Place"),
        ),
        MultiFieldPanel([FieldPanel("reference", read_only=True), FieldPanel("fictional")], _("Record")),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
        index.FilterField("kind"),
    ]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("host structure")
        verbose_name_plural = _("host structures")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def postal_address(self) -> str:
        """Return the address in one line: "1 rue de l’Exemple, 41100 Vendôme"."""
        return ", ".join(filter(None, [self.address, f"{self.postcode} {self.town}"]))

    @property
    def is_public_hospital(self) -> bool:
        """Say whether care by a foreign student needs an agreement between universities here."""
        return self.kind == HostType.PUBLIC_HOSPITAL

    def has_university_sign(self, framework: str) -> bool:
        """Say whether a French university signs for a student who comes here under a framework.

        Between universities it does anywhere, in a public hospital under each (instruction DGOS 2012/427); elsewhere
        the student's own university and the host are enough.
        """
        return framework in BETWEEN_UNIVERSITIES or self.is_public_hospital

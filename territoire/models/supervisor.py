"""Supervisors: maîtres de stage (MSU) and tutors."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields.choices import SpokenLanguage
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.models import FrenchRecord

from ..choices import ApprovalLevel, ApprovalStatus
from .host import HostStructure


class Supervisor(index.Indexed, FrenchRecord):
    """Who teaches and answers for the student. Named on the site only with their agreement."""

    name = models.CharField(_("name"), max_length=120)
    publication_agreed = models.BooleanField(
        _("agrees to be named on the site"),
        default=False,
        help_text=_("Without it the page says only the role."),
    )
    host = models.ForeignKey(
        HostStructure, models.PROTECT, related_name="supervisors", verbose_name=_("host structure")
    )
    role = models.CharField(_("role"), max_length=120)
    approval_status = models.CharField(
        _("approval as maître de stage"),
        max_length=20,
        choices=ApprovalStatus.choices,
        default=ApprovalStatus.NOT_APPLICABLE,
    )
    approval_levels = CodesField(_("approved for"), choices=ApprovalLevel)
    approval_until = models.DateField(_("approval ends on"), null=True, blank=True)
    languages = CodesField(_("languages"), choices=SpokenLanguage, blank=False)
    most_students = models.PositiveSmallIntegerField(
        _("most students at a time"), default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )

    texts = ("role",)
    facts = ("name",)
    told_apart_by = ("host",)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("publication_agreed"), FieldPanel("role"), FieldPanel("host")],
            _("Person"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("approval_status"), FieldPanel("approval_until")]),
                FieldPanel("approval_levels"),
            ],
            _("Approval (MSU)"),
        ),
        FieldPanel("languages"),
        FieldPanel("most_students"),
        MultiFieldPanel([FieldPanel("reference", read_only=True), FieldPanel("fictional")], _("Record")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("supervisor")
        verbose_name_plural = _("supervisors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def faults(self) -> Faults:
        """An approval has an end."""
        found = super().faults()
        if self.approval_status == ApprovalStatus.APPROVED and self.approval_until is None:
            found["approval_until"] = _("An approval has an end date.")
        return found

    def approval_ends_before(self, day: dt.date) -> bool:
        """Say whether the approval no longer runs on `day`."""
        return self.approval_until is not None and self.approval_until < day

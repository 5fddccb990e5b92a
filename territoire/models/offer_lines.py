"""Rows of an offer: the frameworks under which one may come, and the money."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.languages.translatable import OrderedRow

from ..choices import WHATEVER_CITIZENSHIP, Framework, Participation, Support, SupportPeriod
from .offer import InternshipOfferPage
from .signing_university import SigningUniversity


class OfferFramework(OrderedRow):
    """One agreement under which a student may come, who signs it, and what the student may then do."""

    offer = ParentalKey(InternshipOfferPage, on_delete=models.CASCADE, related_name="frameworks")
    framework = models.CharField(_("framework"), max_length=30, choices=Framework.choices)
    # A French record: in the reader's language it is `localized`, though its name is the same.
    signing_university = models.ForeignKey(
        SigningUniversity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("French university that signs"),
    )
    participation = models.CharField(
        _("what the student may do"),
        max_length=30,
        choices=Participation.choices,
        default=Participation.OBSERVATION,
    )
    deadline = models.DateField(
        _("requests until"),
        null=True,
        blank=True,
        help_text=_(
            "Only if another day holds than the one that is computed: the end of the university’s nominations for "
            "“Erasmus+ studies”, eight weeks before the first day for IFMSA, else the offer’s own."
        ),
    )

    # Not a constraint of the database: two lines that change places would break it on their way.
    told_apart_by = ("framework",)

    panels = [
        FieldPanel("framework"),
        FieldPanel("signing_university"),
        FieldPanel("participation"),
        FieldPanel("deadline"),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = _("framework")

    @property
    def takes_french_citizens(self) -> bool:
        """Say whether French citizens enrolled abroad may come under it; under the others they have to ask."""
        return self.framework in WHATEVER_CITIZENSHIP


class OfferSupport(OrderedRow):
    """Money, or what replaces it."""

    offer = ParentalKey(InternshipOfferPage, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(_("kind of support"), max_length=30, choices=Support.choices)
    amount = models.DecimalField(
        _("amount (€)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    period = models.CharField(_("counted for"), max_length=10, choices=SupportPeriod.choices, blank=True)

    panels = [FieldPanel("kind"), FieldRowPanel([FieldPanel("amount"), FieldPanel("period")])]

    class Meta(OrderedRow.Meta):
        verbose_name = _("support")

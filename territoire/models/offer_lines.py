"""Rows of an offer: the frameworks under which one may come, the money, and papers of its own."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.fields.columns import TextPerLanguageField, in_language
from core.fields.consistency import ConsistencyMixin, Faults
from core.languages.translatable import OrderedRow

from ..choices import WHATEVER_CITIZENSHIP, Framework, LegalBasis, Participation, Support, SupportPeriod
from .aid import AidPage
from .offer import InternshipOfferPage
from .paper import Paper
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
            "“Erasmus+ studies”, some weeks before the first day for IFMSA, else the offer’s own."
        ),
    )
    legal_basis = models.CharField(
        _("legal basis of care"),
        max_length=30,
        choices=LegalBasis.choices,
        blank=True,
        help_text=_("What lets the student take part in care. Who only observes needs none."),
    )
    legal_basis_text = TextPerLanguageField(_("legal basis in words"), blank=True)

    # Not a constraint of the database: two lines that change places would break it on their way.
    told_apart_by = ("framework",)

    panels = [
        FieldPanel("framework"),
        FieldPanel("signing_university"),
        FieldPanel("participation"),
        FieldPanel("deadline"),
        FieldPanel("legal_basis"),
        FieldPanel("legal_basis_text"),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = _("framework")

    @property
    def takes_french_citizens(self) -> bool:
        """Say whether French citizens enrolled abroad may come under it; under the others they have to ask."""
        return self.framework in WHATEVER_CITIZENSHIP

    @property
    def takes_part(self) -> bool:
        """Say whether the student does more than observe."""
        return self.participation == Participation.SUPERVISED

    @property
    def names_legal_basis(self) -> bool:
        """Say whether it is said what lets the student take part in care."""
        return bool(self.legal_basis or in_language(self.legal_basis_text))


class OfferSupport(ConsistencyMixin, OrderedRow):
    """Money, or what replaces it."""

    offer = ParentalKey(InternshipOfferPage, on_delete=models.CASCADE, related_name="supports")
    kind = models.CharField(_("kind of support"), max_length=30, choices=Support.choices)
    # The French page: in the reader's language it is `localized`.
    aid = models.ForeignKey(
        AidPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("aid"),
        help_text=_("Its page then says the amount and the basis: leave them empty here."),
    )
    amount = models.DecimalField(
        _("amount (€)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    period = models.CharField(_("counted for"), max_length=10, choices=SupportPeriod.choices, blank=True)
    for_whom = TextPerLanguageField(_("who may have it"), blank=True)
    conditions = TextPerLanguageField(_("conditions"), blank=True)
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("The text or decision on which it rests, with its date.")
    )

    facts = ("basis",)

    panels = [
        FieldPanel("kind"),
        FieldPanel("aid"),
        FieldRowPanel([FieldPanel("amount"), FieldPanel("period")]),
        FieldPanel("for_whom"),
        FieldPanel("conditions"),
        FieldPanel("basis"),
    ]

    class Meta(OrderedRow.Meta):
        verbose_name = _("support")

    def faults(self) -> Faults:
        """What an aid's page says is not said again."""
        found = super().faults()
        again = _("The aid’s page says it.")
        return found | {name: again for name in ("amount", "period", "basis") if self.aid_id and getattr(self, name)}

    @property
    def told_by(self) -> "OfferSupport | AidPage":
        """What says amount, period and basis: the aid, where the support is one."""
        return self.aid or self


class OfferPaper(OrderedRow):
    """A paper that this placement asks for beside the usual ones, or one of those that it does not ask for."""

    offer = ParentalKey(InternshipOfferPage, on_delete=models.CASCADE, related_name="papers")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", verbose_name=_("paper"))
    asked = models.BooleanField(_("asked for here"), default=True)

    told_apart_by = ("paper",)

    panels = [FieldPanel("paper"), FieldPanel("asked")]

    class Meta(OrderedRow.Meta):
        verbose_name = _("paper")

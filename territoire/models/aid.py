"""Aids: money and guarantees that a student may ask for, with their conditions, their basis and how to ask."""

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.choices import FieldOfStudy
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.stream import StreamField
from core.languages.amounts import euros
from core.lists.filters import Facet, Found
from core.lists.listing import ListPageMixin
from core.models import BasePage
from core.pages.visibility import shown

from ..choices import AidKind, CitizenshipGroup, Enrolment, StudyLevel, SupportPeriod


def current(today: dt.date | None = None) -> Q:
    """The condition that an aid is there already and has not ended."""
    day = today or timezone.localdate()
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_until=None) | Q(valid_until__gte=day))


def groups_named(aids: QuerySet["AidPage"]) -> list[str]:
    """Return the groups of citizens to choose from: none while every aid is open to all of them."""
    return CitizenshipGroup.values if aids.exclude(citizenships="").exists() else []


class AidIndexPage(ListPageMixin, BasePage):
    """All aids that have not ended, filtered by what they are for and who may have them."""

    template = "components/list_page.html"
    card_template = "territoire/components/aid_card.html"
    noun = staticmethod(lambda count: ngettext("%(count)d aid", "%(count)d aids", count) % {"count": count})
    per_page = 24
    max_count_per_parent = 1
    sorts = {"editors": (_("Our order"), ("path",))}

    class Meta:
        verbose_name = _("aids: index")

    def entries(self) -> QuerySet["AidPage"]:
        """Return the aids that readers may see and that have not ended."""
        return shown(AidPage.objects.child_of(self).filter(current()))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by what it is for and who may have it: what names nobody is open to all."""
        return [
            Facet("kind", _("What for"), AidKind.choices, lambda value: Q(kind=value)),
            Facet(
                "enrolled",
                _("Where you are enrolled"),
                Enrolment.choices,
                lambda value: Q(enrolments="") | Q(enrolments__has=value),
                "one",
            ),
            Facet(
                "field",
                pgettext_lazy("study", "Field"),
                FieldOfStudy.choices,
                lambda value: Q(fields="") | Q(fields__has=value),
            ),
            Facet(
                "level", _("Level of studies"), StudyLevel.choices, lambda value: Q(levels="") | Q(levels__has=value)
            ),
            Facet(
                "citizenship",
                _("Citizenship"),
                Found(groups_named, lambda values: [(code, CitizenshipGroup(code).label) for code in values]),
                lambda value: Q(citizenships="") | Q(citizenships__has=value),
                "one",
            ),
        ]


class AidPage(BasePage):
    """One aid. What is not known is left empty: nothing is promised here."""

    giver = models.CharField(_("who gives it"), max_length=160)
    giver_code = models.SlugField(
        _("code of the giver"),
        max_length=60,
        blank=True,
        help_text=_("Name of its file in data/institutions of betagouv/aides-jeunes, such as caf, for the export."),
    )
    kind = models.CharField(_("what for"), max_length=20, choices=AidKind.choices, default=AidKind.MONEY)
    local = models.BooleanField(
        _("only in this département"), default=False, help_text=_("Given by a local authority for its own area.")
    )

    amount = models.DecimalField(
        _("amount (€)"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(1)]
    )
    period = models.CharField(_("counted for"), max_length=10, choices=SupportPeriod.choices, blank=True)
    amount_note = models.CharField(
        _("what to know of the amount"),
        max_length=160,
        blank=True,
        help_text=_("For instance “depends on the rent”. Without an amount it stands alone."),
    )

    conditions = StreamField(
        [("condition", blocks.CharBlock(label=_("Condition"), max_length=250))],
        verbose_name=_("conditions"),
        blank=True,
        help_text=_("One sentence each, with its full stop."),
    )
    levels = CodesField(_("levels of studies"), choices=StudyLevel, help_text=_("None: all levels."))
    fields = CodesField(_("fields of study"), choices=FieldOfStudy, help_text=_("None: all fields."))
    enrolments = CodesField(_("enrolled"), choices=Enrolment, help_text=_("None: wherever one is enrolled."))
    citizenships = CodesField(
        _("citizenship"), choices=CitizenshipGroup, help_text=_("None: whatever the citizenship.")
    )

    how = models.TextField(_("how to ask"), max_length=400)
    how_url = models.URLField(_("where to ask"), max_length=300, blank=True)
    official_url = models.URLField(
        _("official page"), max_length=300, help_text=_("Where the giver, or service-public.fr, explains it.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    basis = models.CharField(_("legal basis"), max_length=200, help_text=_("Law, decree, deliberation or programme."))
    basis_url = models.URLField(_("address of the legal basis"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, help_text=_("When somebody last read the sources."))
    to_be_validated = models.BooleanField(
        _("to be validated"),
        default=True,
        help_text=_("The page says so until the Département has checked it."),
    )

    texts = ("giver", "amount_note", "conditions", "how", "body")
    # A law is cited by the title it has.
    facts = ("giver_code", "basis")

    link_letter = "a"
    template = "territoire/aid_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("giver"), FieldRowPanel([FieldPanel("giver_code"), FieldPanel("local")])],
            _("Giver"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("amount"), FieldPanel("period")]), FieldPanel("amount_note")], _("Amount")
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("enrolments", "levels", "fields", "citizenships", "conditions")],
            _("Who may have it"),
        ),
        MultiFieldPanel(
            [FieldPanel("how"), FieldRowPanel([FieldPanel("how_url"), FieldPanel("official_url")])], _("How to ask")
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("basis"), FieldPanel("basis_url")]),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("to_be_validated")]),
            ],
            _("Source"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("giver"),
        index.SearchField("conditions"),
        index.SearchField("how"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("aid")
        verbose_name_plural = _("aids")

    def faults(self) -> Faults:
        """An amount is counted for something, a period counts an amount, and an aid ends after it begins."""
        found = super().faults()
        if self.amount is not None and not self.period:
            found["period"] = _("Say what the amount is counted for.")
        if self.period and self.amount is None:
            found["amount"] = _("Give the amount, or take away what it is counted for.")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            found["valid_until"] = _("The end comes before the beginning.")
        return found

    @property
    def has_ended(self) -> bool:
        """Say whether nobody can ask for it any more."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def amount_text(self) -> str:
        """The amount with what it is counted for, "250 € a month", or ""."""
        return "" if self.amount is None else f"{euros(self.amount)} {self.get_period_display()}"

    @property
    def open_to(self) -> list[str]:
        """Who may have it, in words: enrolment, fields, levels, citizenship; empty where all may."""
        return [
            *self.get_enrolments_labels(),
            *self.get_fields_labels(),
            *self.get_levels_labels(),
            *self.get_citizenships_labels(),
        ]


def last_turned() -> dt.datetime | None:
    """Return when an aid last began or ended by its own days: lists have changed then, without anybody's doing."""
    today = timezone.localdate()
    began = AidPage.objects.filter(valid_from__lte=today).aggregate(day=Max("valid_from"))["day"]
    ended = AidPage.objects.filter(valid_until__lt=today).aggregate(day=Max("valid_until"))["day"]
    days = [day for day in (began, ended and ended + dt.timedelta(days=1)) if day]
    return timezone.make_aware(dt.datetime.combine(max(days), dt.time.min)) if days else None

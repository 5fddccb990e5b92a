"""Papers that placements ask for: who issues each, how long it takes, whether it expires, and who must have it."""

from typing import Any, Protocol
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.signals import m2m_changed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.cache.until_changed import forget_when, remembered
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.free_code import free_code
from core.languages.localization import localized_all, source_locale
from core.models import FrenchRecord

from ..choices import Framework, HostType, PaperCitizens, PlacementKind
from ..rules.papers import IN_MONTHS, IN_WEEKS, LEAD_TIMES, Step, concerns, timetable
from ..rules.register import number
from ..rules.stay_form import DatesForm
from .host import HostStructure


class Placement(Protocol):
    """What of an offer decides about its papers."""

    host: HostStructure | None
    kind: str
    framework_codes: list[str]


KEY = "papers"


class Paper(index.Indexed, FrenchRecord):
    """A paper to prepare. What is empty is unknown: readers are told to ask.

    Of whom it is asked is read from the French record alone; translations have its texts.
    """

    name = models.CharField(_("name"), max_length=200)
    issuer = models.CharField(_("who issues it"), max_length=160, blank=True)
    to_do = models.TextField(_("what to do, and who gets the proof"), max_length=500, blank=True)
    days_needed = models.PositiveSmallIntegerField(
        _("days it takes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("From the first step until one has it. Empty where nobody knows."),
    )
    figure = models.CharField(
        _("or a figure of the register"),
        max_length=30,
        choices=[(code.value, code.label) for code in LEAD_TIMES],
        blank=True,
        help_text=_("Where a rule says how long before the first day, so that its number stands in one place."),
    )
    expires = models.BooleanField(_("expires"), null=True, blank=True)
    months_valid = models.PositiveSmallIntegerField(
        _("valid for (months)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    source = models.CharField(_("source"), max_length=160, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    for_all = models.BooleanField(
        _("asked of all placements that fit"),
        default=False,
        help_text=_("Else only of the hosts chosen below, and of the placements that name it."),
    )
    placement_kinds = CodesField(
        _("kinds of placement"), choices=PlacementKind, help_text=_("None ticked: all of them.")
    )
    host_kinds = CodesField(_("kinds of hosts"), choices=HostType, help_text=_("None ticked: all of them."))
    frameworks = CodesField(_("frameworks"), choices=Framework, help_text=_("None ticked: all of them."))
    hosts = models.ManyToManyField(
        HostStructure,
        blank=True,
        related_name="+",
        verbose_name=_("hosts that ask for it"),
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE},
    )
    citizens = models.CharField(_("citizens"), max_length=10, choices=PaperCitizens.choices, blank=True)
    long_stay_only = models.BooleanField(
        _("for long stays only"),
        default=False,
        help_text=_("Those over the figure “Days of a short stay” of the register."),
    )

    # The translation keys of its hosts, on papers of `all_papers`.
    host_keys: set[UUID]

    texts = ("name", "issuer", "to_do")
    facts = ("source",)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("issuer"),
                FieldPanel("to_do"),
                FieldRowPanel([FieldPanel("days_needed"), FieldPanel("figure")]),
                FieldRowPanel([FieldPanel("expires"), FieldPanel("months_valid")]),
            ],
            _("Paper"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("for_all"),
                FieldPanel("placement_kinds"),
                FieldPanel("host_kinds"),
                FieldPanel("frameworks"),
                FieldPanel("hosts", widget=forms.CheckboxSelectMultiple),
                FieldRowPanel([FieldPanel("citizens"), FieldPanel("long_stay_only")]),
            ],
            _("Who must have it"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldRowPanel([FieldPanel("source_url"), FieldPanel("checked_on")])], _("Source")
        ),
        FieldPanel("position"),
        FieldPanel("reference", read_only=True),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("locale")]

    class Meta(FrenchRecord.Meta):
        verbose_name = _("paper to prepare")
        verbose_name_plural = _("papers to prepare")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "locale"],
                name="one_paper_a_reference",
                violation_error_message=_("There is a record of this reference already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new paper the code that files and the API name."""
        others = type(self).objects.filter(locale_id=self.locale_id).values_list("reference", flat=True)
        self.reference = self.reference or free_code(self.name, others)
        super().save(*args, **kwargs)

    def faults(self) -> Faults:
        """What is valid for so many months expires, and how long it takes is said once."""
        found = super().faults()
        if self.days_needed is not None and self.figure:
            found["figure"] = _("Give the days or a figure, not both.")
        if self.months_valid and self.expires is False:
            found["months_valid"] = _("A paper that is valid for some months expires.")
        return found

    @property
    def time_text(self) -> str:
        """How long it takes, in words, or "" where nobody knows."""
        if self.figure in IN_MONTHS:
            months = number(self.figure)
            text = ngettext(
                "At least %(count)d month before your first day.",
                "At least %(count)d months before your first day.",
                months,
            )
            return text % {"count": months}
        if self.figure in IN_WEEKS:
            weeks = number(self.figure)
            text = ngettext(
                "At least %(count)d week before your first day.",
                "At least %(count)d weeks before your first day.",
                weeks,
            )
            return text % {"count": weeks}
        days = self.days_needed or 0
        return ngettext("Takes %(days)s day.", "Takes %(days)s days.", days) % {"days": days} if days else ""

    @property
    def says_more(self) -> bool:
        """Say whether a reader learns more of it than its name."""
        told = (self.issuer, self.to_do, self.time_text, self.months_valid, self.citizens, self.source)
        return any(told) or self.long_stay_only or self.expires is False

    def is_asked_of(self, offer: Placement) -> bool:
        """Say whether an offer's kind, frameworks and host make this paper due; ticks of one kind widen, kinds narrow.

        A paper of `all_papers`, which knows its hosts.
        """
        host = offer.host
        if host and host.translation_key in self.host_keys:
            return True
        return (
            self.for_all
            and (not self.placement_kinds or offer.kind in self.placement_kinds)
            and (not self.host_kinds or bool(host and host.kind in self.host_kinds))
            and (not self.frameworks or not set(self.frameworks).isdisjoint(offer.framework_codes))
        )


def all_papers() -> list[Paper]:
    """Return all papers in French, in their order, each with the keys of its hosts; the cache keeps them."""
    return remembered(KEY, _read_papers)


def _read_papers() -> list[Paper]:
    papers = list(Paper.objects.filter(locale=source_locale()).prefetch_related("hosts"))
    for paper in papers:
        paper.host_keys = {host.translation_key for host in paper.hosts.all()}
    return papers


def usual_papers() -> list[Paper]:
    """Return the papers that most kinds of placements ask for, whatever their host and framework, in French."""
    papers = [paper for paper in all_papers() if paper.for_all and not paper.host_kinds and not paper.frameworks]
    few = len(PlacementKind) / 2
    return [paper for paper in papers if not paper.placement_kinds or len(paper.placement_kinds) > few]


def steps_for(papers: list[Paper], form: DatesForm) -> list[Step]:
    """Return papers in the reader's language in the order in which to begin them; by when, once dates are given."""
    stay = form.stay
    if stay:
        papers = [paper for paper in papers if concerns(paper, stay, form.citizenship)]
    return timetable(localized_all(papers), stay.first if stay else None, timezone.localdate())


forget_when(KEY, changed=[Paper, HostStructure], sent=[m2m_changed])

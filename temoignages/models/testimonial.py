"""Testimonials by students and supervisors."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.choices import FieldOfStudy
from core.fields.codes import CountryField, LanguageField
from core.fields.consistency import Faults
from core.fields.stream import StreamField
from core.languages.countries import CountryOrder, country_name
from core.languages.localization import inside_sentence
from core.lists.filters import Facet, Found
from core.lists.listing import ListPageMixin
from core.models import BasePage
from core.pages.publication import Errors, PublishingForm
from core.pages.visibility import shown
from territoire.models import InternshipOfferPage
from territoire.models.university import countries_named, countries_of

# Whoever tells of a placement of the last century is meant for another site.
FIRST_YEAR_OF_PLACEMENTS = 2000


class Profile(models.TextChoices):
    """Who speaks in a testimonial, a student or a supervisor."""

    STUDENT = "etudiant", pgettext_lazy("testimonial", "Student")
    SUPERVISOR = "encadrant", pgettext_lazy("testimonial", "Supervisor")


class TestimonialIndexPage(ListPageMixin, BasePage):
    """The list of testimonials, filtered by who speaks, country and field."""

    template = "components/list_page.html"
    card_template = "temoignages/components/testimonial_card.html"
    noun = staticmethod(
        lambda count: ngettext("%(count)d testimonial", "%(count)d testimonials", count) % {"count": count}
    )
    max_count_per_parent = 1
    sorts = {"newest": (_("Newest"), ("-year", "path")), "country": (_("Country"), (CountryOrder("country"),))}

    class Meta:
        verbose_name = _("testimonials: index")

    def entries(self) -> QuerySet["TestimonialPage"]:
        """Return the testimonials that readers may see."""
        return shown(TestimonialPage.objects.child_of(self))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by who speaks, country and field."""
        return [
            Facet("profile", _("Who speaks"), Profile.choices, lambda value: Q(profile=value)),
            Facet("country", _("Country"), Found(countries_of, countries_named), lambda value: Q(country=value)),
            Facet("field", pgettext_lazy("study", "Field"), FieldOfStudy.choices, lambda value: Q(field=value)),
        ]


class TestimonialPage(BasePage):
    """What a student or a supervisor says about a placement, published with their consent."""

    profile = models.CharField(_("who speaks"), max_length=10, choices=Profile.choices)
    first_name = models.CharField(_("first name"), max_length=60, help_text=_("Never the full name of a student."))
    country = CountryField(_("country"))
    field = models.CharField(_("field"), max_length=20, choices=FieldOfStudy.choices)
    offer = models.ForeignKey(
        InternshipOfferPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="testimonials",
        verbose_name=_("placement"),
    )
    year = models.PositiveSmallIntegerField(_("year of the placement"), null=True)
    original_language = LanguageField(_("language in which it was given"))
    consent_on = models.DateField(
        _("consent to publication given on"),
        null=True,
        blank=True,
        help_text=_("Without consent the testimonial stays a draft."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)
    facts = ("first_name", "country", "original_language")

    shown_with = (*BasePage.shown_with, "offer", "offer__locale")

    link_letter = "t"
    template = "temoignages/testimonial_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("profile"), FieldPanel("first_name")]),
                FieldRowPanel([FieldPanel("country"), FieldPanel("field")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("original_language")]),
                FieldPanel("offer"),
                FieldPanel("consent_on"),
            ],
            _("Who speaks"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("first_name")]

    class Meta:
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")

    def faults(self) -> Faults:
        """Nobody tells of a placement that is still far away, and no consent is given tomorrow."""
        found = super().faults()
        today = timezone.localdate()
        if self.year is not None and not FIRST_YEAR_OF_PLACEMENTS <= self.year <= today.year + 1:
            found["year"] = _("The year lies between %(first)d and %(last)d.") % {
                "first": FIRST_YEAR_OF_PLACEMENTS,
                "last": today.year + 1,
            }
        if self.consent_on and self.consent_on > today:
            found["consent_on"] = _("This day has not come yet.")
        return found

    def publication_errors(self, form: PublishingForm | None = None) -> Errors:
        """Nobody's words are published without their consent (RGPD, art. 6)."""
        if self.consent_on is None:
            return {"consent_on": _("A testimonial is published only with a dated consent.")}
        return {}

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    @property
    def byline(self) -> str:
        """Who speaks, in one line."""
        if self.profile == Profile.SUPERVISOR:
            return f"{self.first_name}, {inside_sentence(self.get_field_display())}"
        return f"{self.first_name}, {self.country_name}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add other testimonials to read on."""
        context = super().get_context(request, *args, **kwargs)
        context["others"] = shown(type(self).objects.sibling_of(self, inclusive=False))[:3]
        return context

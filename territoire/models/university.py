"""Partner universities and their Erasmus link, by country."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.choices import FieldOfStudy
from core.fields.codes import CountryField, erasmus_code, erasmus_letters, erasmus_letters_of, padded_erasmus_code
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.identifiers import pic_code, ror_id, schac_code
from core.fields.stream import StreamField
from core.languages.alphabet import Alphabetical, alphabet_key
from core.languages.countries import CountryOrder, country_name
from core.languages.localization import localized
from core.lists.filters import Choices, Facet, Found
from core.lists.listing import ListPageMixin
from core.models import BasePage
from core.pages.publication import Errors, PublishingForm
from core.pages.visibility import shown

from ..choices import UniversityLink
from ..rules.states import open_now
from .offer import InternshipOfferPage
from .recognition import RecognitionSheet

# How many offers a university's page shows; the list has all of them.
FIRST_OFFERS = 6


class PartnerIndexPage(ListPageMixin, BasePage):
    """Partner universities, grouped by country."""

    noun = staticmethod(
        lambda count: ngettext("%(count)d university", "%(count)d universities", count) % {"count": count}
    )
    per_page = 60
    card_template = ""
    max_count_per_parent = 1
    sorts = {
        "country": (_("Country"), (CountryOrder("country"), Alphabetical("title"))),
        "name": (_("Name"), (Alphabetical("title"),)),
    }
    template = "territoire/partner_index_page.html"

    class Meta:
        verbose_name = _("partner universities: index")

    def entries(self) -> QuerySet["PartnerUniversityPage"]:
        """Published partners; a university that is only to be contacted is never one."""
        return shown(PartnerUniversityPage.objects.child_of(self)).exclude(link=UniversityLink.TARGET)

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by country, field and link."""
        return [
            Facet("country", _("Country"), Found(countries_of, countries_named), lambda value: Q(country=value)),
            Facet("field", pgettext_lazy("study", "Field"), FieldOfStudy.choices, lambda value: Q(fields__has=value)),
            Facet(
                "link",
                pgettext_lazy("partnership", "Link"),
                [pair for pair in UniversityLink.choices if pair[0] != UniversityLink.TARGET],
                lambda value: Q(link=value),
            ),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Group the universities by country, in the alphabet of the reader's language."""
        context = super().get_context(request, *args, **kwargs)
        pages = sorted(context["entries"], key=lambda page: (alphabet_key(page.country_name), alphabet_key(page.title)))
        context["countries"] = [
            (name, list(group)) for name, group in groupby(pages, key=lambda page: page.country_name)
        ]
        return context


def countries_of(queryset: QuerySet[Any]) -> list[str]:
    """Return the codes of the countries of a list's entries."""
    return list(queryset.order_by().values_list("country", flat=True).distinct())


def countries_named(codes: Iterable[str]) -> Choices:
    """Return countries with their names, in the alphabet of the reader's language."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: alphabet_key(pair[1]))


class PartnerUniversityPage(BasePage):
    """A university whose students may come, and how it is linked. The title is its own name, in its own language."""

    country = CountryField(_("country"))
    city = models.CharField(_("town"), max_length=80)
    website = models.URLField(_("website"), max_length=300)
    erasmus_code = models.CharField(
        _("Erasmus code"),
        max_length=20,
        blank=True,
        validators=[erasmus_code],
        help_text=_("Only if it was verified. For instance E JAEN01."),
    )
    schac = models.CharField(
        _("SCHAC code"),
        max_length=253,
        blank=True,
        validators=[schac_code],
        help_text=_("The institution’s domain name, by which Erasmus Without Paper knows it."),
    )
    pic = models.CharField(
        _("PIC"),
        max_length=9,
        blank=True,
        validators=[pic_code],
        help_text=_("Participant Identification Code of the European Commission, nine digits."),
    )
    ror = models.CharField(
        _("ROR identifier"),
        max_length=40,
        blank=True,
        validators=[ror_id],
        help_text=_("Address in the Research Organization Registry, such as https://ror.org/02hpadn98."),
    )
    link = models.CharField(_("link"), max_length=30, choices=UniversityLink.choices)
    fields = CodesField(_("fields of study"), choices=FieldOfStudy, blank=False)
    recognition = models.ForeignKey(
        RecognitionSheet,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="universities",
        verbose_name=_("recognition sheet"),
        help_text=_("What this faculty asks of the host. Several universities may share a sheet."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)
    shown_with = (*BasePage.shown_with, "recognition")
    # A university keeps its own name, and with it its address, in every language.
    facts = ("title", "slug", "country", "city", "erasmus_code", "schac", "pic", "ror")

    link_letter = "u"
    template = "territoire/university_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("country"), FieldPanel("city")]),
                FieldPanel("website"),
                FieldRowPanel([FieldPanel("erasmus_code"), FieldPanel("schac")]),
                FieldRowPanel([FieldPanel("pic"), FieldPanel("ror")]),
                FieldPanel("link"),
                FieldPanel("recognition"),
            ],
            _("University"),
        ),
        FieldPanel("fields"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("city")]

    class Meta:
        verbose_name = _("partner university")
        verbose_name_plural = _("partner universities")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the Erasmus code as other software writes it."""
        self.erasmus_code = padded_erasmus_code(self.erasmus_code)
        super().save(*args, **kwargs)

    def faults(self) -> Faults:
        """The Erasmus code is one of the university's country."""
        found = super().faults()
        letters = erasmus_letters(self.country)
        if self.erasmus_code and letters and erasmus_letters_of(self.erasmus_code) != letters:
            found["erasmus_code"] = _("Erasmus codes of this country begin with “%(letters)s”.") % {"letters": letters}
        if self.recognition and self.recognition.country != self.country:
            found["recognition"] = _("This sheet is of another country.")
        return found

    def publication_errors(self, form: PublishingForm | None = None) -> Errors:
        """A university that is only to be contacted is never shown as a partner."""
        if self.link == UniversityLink.TARGET:
            return {"link": _("This university is only to be contacted: it cannot be published as a partner.")}
        return {}

    @property
    def recognition_sheet(self) -> RecognitionSheet | None:
        """The sheet in the reader's language, if it was checked."""
        return localized(self.recognition) if self.recognition and self.recognition.checked_on else None

    @property
    def identifiers(self) -> list[tuple[Any, str]]:
        """Under which codes registers know it, each with the register's name: what an officer compares."""
        codes = [
            (_("Erasmus code"), self.erasmus_code),
            ("SCHAC", self.schac),
            ("PIC", self.pic),
            ("ROR", self.ror),
        ]
        return [(register, code) for register, code in codes if code]

    @property
    def country_name(self) -> str:
        """The country in the reader's language."""
        return country_name(self.country)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add open offers in the university's fields."""
        context = super().get_context(request, *args, **kwargs)
        fits = Q()
        for code in self.fields:
            fits |= Q(open_fields__has=code)
        offers = shown(InternshipOfferPage.objects.filter(open_now(), fits, locale=self.locale))
        context["offers"] = offers.order_by("next_deadline")[:FIRST_OFFERS]
        context["offer_count"] = offers.count()
        return context

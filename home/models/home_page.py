"""The home page: a head with two doors, the finder, and what is taken from the other apps."""

from typing import Any

from django.db import models
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page

from core.fields.choices import CEFR_SENTENCES, FieldOfStudy
from core.fields.stream import StreamField
from core.languages.localization import localized_all, source_locale
from core.languages.translatable import OrderedRow
from core.models import BasePage
from core.pages.visibility import in_reader_language, is_shown, shown
from temoignages.models import TestimonialIndexPage, TestimonialPage
from territoire.desk.models import DeskPage
from territoire.models import (
    InternshipOfferPage,
    OfferIndexPage,
    StrengthIndexPage,
    StrengthPage,
)
from territoire.models.institution import Institution
from territoire.rules.states import open_now


class ButtonBlock(blocks.StructBlock):
    """A button of the home page."""

    label = blocks.CharBlock(label=_("Text"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        icon = "link"
        label = _("Button")


class HomePage(BasePage):
    """The invitation, the finder, the offers that open soon, reasons, a voice, the place, the steps, the desk."""

    introduction = models.TextField(_("introduction"), max_length=500, blank=True)
    buttons = StreamField([("button", ButtonBlock())], verbose_name=_("buttons"), blank=True, max_num=3)
    voice = models.ForeignKey(
        TestimonialPage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the voice"),
        help_text=_("The testimonial shown large; by default the newest one."),
    )

    texts = ("introduction", "buttons")

    shown_with = (*BasePage.shown_with, "voice")

    template = "home/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("buttons"),
        InlinePanel("reasons", label=_("Reason"), heading=_("Reasons to come"), max_num=3),
        FieldPanel("voice"),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows of the rest of the site."""
        context = super().get_context(request, *args, **kwargs)
        offers = shown(InternshipOfferPage.objects.filter(open_now(), locale_id=self.locale_id))
        voices = shown(TestimonialPage.objects.filter(locale_id=self.locale_id))
        chosen = Case(
            When(translation_key=self.voice.translation_key if self.voice else None, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        translated = Case(When(alias_of=None, then=Value(0)), default=Value(1), output_field=IntegerField())
        parts = {page.specific_class: page for page in shown(self.get_children().type(*PARTS).select_related("locale"))}
        reasons = self.reasons.select_related("strength", "strength__picture", "strength__locale")
        return context | {
            "offers": offers.order_by("start_date", "pk")[:3],
            "reasons": localized_all(
                reason.strength for reason in reasons if reason.strength and is_shown(reason.strength)
            ),
            # A voice in the reader's language before one that stands in in French.
            "voice": voices.order_by(translated, chosen, "-first_published_at").first(),
            "buttons": self._buttons(),
            "offer_index": parts.get(OfferIndexPage),
            "strength_index": parts.get(StrengthIndexPage),
            "testimonial_index": parts.get(TestimonialIndexPage),
            "desk": shown(DeskPage.objects.child_of(self)).first(),
            "institutions": Institution.objects.filter(locale=source_locale()),
            "fields_of_study": FieldOfStudy.choices,
            "french_levels": CEFR_SENTENCES.items(),
        }

    def _buttons(self) -> list[tuple[str, Page]]:
        """The buttons whose page everybody may read, each with its text."""
        chosen = [(button.value["label"], button.value["page"]) for button in self.buttons]
        pages = {page.translation_key: page for page in in_reader_language(page for _label, page in chosen if page)}
        return [
            (label, pages[page.translation_key]) for label, page in chosen if page and page.translation_key in pages
        ]


PARTS: tuple[type[Page], ...] = (OfferIndexPage, StrengthIndexPage, TestimonialIndexPage)


class HomeReason(OrderedRow):
    """A strength shown on the home page."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="reasons")
    strength = models.ForeignKey(StrengthPage, models.CASCADE, null=True, related_name="+", verbose_name=_("strength"))

    panels = [FieldPanel("strength")]

    class Meta(OrderedRow.Meta):
        verbose_name = _("reason to come")

"""The landing page of the one-stop desk, and the page on which a student tries dates."""

import re
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.stream import StreamField
from core.models import BasePage
from core.pages.visibility import shown
from territoire.models import EventPage, HousingPage, InternshipOfferPage
from territoire.models.paper import steps_for, usual_papers

from ..rules.states import open_now
from ..rules.stay_form import DatesForm
from .choices import FOR_PROFESSIONALS, RequestKind

# Cards under the dates; the list of offers has the others.
MOST_OFFERS = 6


class DeskPage(BasePage):
    """One address for placement, room, travel and papers. What it promises is in the site's settings."""

    steps = StreamField(
        [("step", blocks.CharBlock(label=_("Step"), max_length=250))], verbose_name=_("steps"), blank=True
    )
    data_notice = RichTextField(
        _("notice on personal data"),
        blank=True,
        features=["bold", "link"],
        help_text=_("Shown beside the contacts."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("steps", "data_notice", "body")

    max_count_per_parent = 1
    template = "desk/desk_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("steps"),
        FieldPanel("body"),
        FieldPanel("data_notice"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("steps"), index.SearchField("body")]

    class Meta:
        verbose_name = _("one-stop desk")
        verbose_name_plural = _("one-stop desks")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Split what students and professionals ask for, and name the page that a link came from."""
        context = super().get_context(request, *args, **kwargs)
        context["student_kinds"] = [kind for kind in RequestKind if kind not in FOR_PROFESSIONALS]
        context["professional_kinds"] = [kind for kind in RequestKind if kind in FOR_PROFESSIONALS]
        context["about"] = self._about(request.GET.get("about", ""))
        return context

    def _about(self, reference: str) -> Page | None:
        """The offer or room that the visitor comes from, named in the e-mail that they are about to write."""
        if not re.fullmatch(r"[A-Za-z0-9-]{2,40}", reference):
            return None
        for model in (InternshipOfferPage, HousingPage, EventPage):
            found = shown(model.objects.filter(reference__iexact=reference, locale_id=self.locale_id)).first()
            if found:
                return found
        return None


class DatesPage(BasePage):
    """What one's own dates mean before an offer is chosen: grant, hours and pay, visa. An address one can share."""

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)

    max_count_per_parent = 1
    template = "desk/dates_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("my dates")
        verbose_name_plural = _("my dates")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the form, filled from the address, and the list of the placements into whose period the dates fit."""
        context = super().get_context(request, *args, **kwargs)
        form = DatesForm.from_address(request.GET)
        context["stay_form"] = form
        if form.stay:
            context["paper_steps"] = steps_for(usual_papers(), form)
            offers = shown(InternshipOfferPage.objects.filter(open_now(), locale_id=self.locale_id))
            fitting = offers.filter(start_date__lte=form.stay.first, end_date__gte=form.stay.last)
            fitting = fitting.filter(min_weeks__lte=form.stay.full_weeks, max_weeks__gte=form.stay.started_weeks)
            context["offers"] = fitting.order_by("next_deadline")[:MOST_OFFERS]
        return context

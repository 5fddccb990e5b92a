"""The landing page of the one-stop desk."""

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

from .choices import FOR_PROFESSIONALS, RequestKind


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

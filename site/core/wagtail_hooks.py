"""What core adds to the admin."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, Revision
from wagtail.snippets.models import register_snippet

from .admin import jobs  # noqa: F401
from .admin.media_library import let_searches_be_filtered
from .admin.viewsets import RecordViewSet
from .admin.waiting import Notice, all_notices, notices_of, register_notices
from .kinds.table import page_types
from .languages.localization import source_locale
from .links import withdrawn  # noqa: F401
from .models import BasePage, Menu, SiteImage
from .pages.publication import PublicationRefused, refusals
from .translation import hooks as translation_hooks  # noqa: F401

let_searches_be_filtered()

# A consent that ends within this time is announced.
SOON = dt.timedelta(days=60)
MOST_NOTICES = 12
# A worker publishes within a minute.
PUBLISHING_TAKES = dt.timedelta(minutes=10)


class MenuViewSet(RecordViewSet):
    """The admin's lists and forms of menus."""

    model = Menu
    icon = "list-ul"
    menu_label = gettext_lazy("Menus")
    menu_order = 900
    add_to_settings_menu = True
    list_display = ["slot", "title", "locale"]


register_snippet(MenuViewSet)


class WaitingPanel(Component):
    """The editors' home: what is waiting for somebody."""

    name = "waiting"
    template_name = "core/admin/waiting.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Collect the notices of all apps."""
        notices = all_notices(self.request)
        return {"notices": notices[:MOST_NOTICES], "more": max(0, len(notices) - MOST_NOTICES)}


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits for somebody first on the admin's home."""
    panels.insert(0, WaitingPanel(request))


@register_notices
def pages_to_review(request: HttpRequest) -> list[Notice]:
    """Pages whose facts are to be checked again."""
    today = timezone.localdate()
    return notices_of(
        request,
        (
            (page, _("Facts to be checked again"))
            for model in page_types()
            for page in model.objects.live().filter(review_on__lte=today, locale=source_locale())[:MOST_NOTICES]
        ),
    )


@register_notices
def consents_that_end(request: HttpRequest) -> list[Notice]:
    """Pictures whose people's consent ends soon or has ended."""
    limit = timezone.localdate() + SOON
    images = SiteImage.objects.filter(shows_people=True, consent_until__lte=limit)[:MOST_NOTICES]
    ends, ended = _("Consent ends soon"), _("Consent has ended: no longer shown")
    return notices_of(request, ((image, ends if image.may_be_shown() else ended) for image in images))


@register_notices
def refused_schedules(request: HttpRequest) -> list[Notice]:
    """Pages whose hour of publication has come and that a rule keeps back."""
    late = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now() - PUBLISHING_TAKES)
    reason = _("Not published as scheduled: publish it by hand to read why")
    return notices_of(request, ((revision.content_object, reason) for revision in late[:MOST_NOTICES]))


@hooks.register("before_bulk_action")
def refuse_unpublishable(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Say which pages break a rule of publication before any of a bulk publication goes live."""
    if action_type != "publish" or request.method != "POST":
        return None
    refused = False
    for page in objects:
        specific = page.specific.get_latest_revision_as_object() if isinstance(page, Page) else page
        if isinstance(specific, BasePage) and (errors := refusals(specific)):
            refused = True
            refusal = PublicationRefused(errors, specific)
            buttons = [messages.button(refusal.edit_url, _("Complete the page"))]
            messages.error(request, f"{specific} — {' '.join(refusal.sentences)}", buttons=buttons)
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home") if refused else None

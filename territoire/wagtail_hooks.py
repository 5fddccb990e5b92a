"""The territory's records in the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.access.guards import Refused
from core.admin.viewsets import RecordViewSet

from .models import (
    Figure,
    HostStructure,
    Institution,
    InternshipOfferPage,
    Paper,
    RecognitionSheet,
    Rule,
    SigningUniversity,
    Specialty,
    Supervisor,
)
from .rules.register import RuleCode

# In words of the admin, not of Python.
UNCONFIRMED = BooleanColumn("to_be_validated", label=_("to be validated"), sort_key="to_be_validated")
FOR_ALL = BooleanColumn("for_all", label=_("asked of all placements that fit"), sort_key="for_all")


class HostStructureViewSet(RecordViewSet):
    """The admin's lists and forms of host structures."""

    model = HostStructure
    icon = "home"
    list_display = ["name", "kind", "town", "locale"]
    list_filter = ["kind", "town"]


class SupervisorViewSet(RecordViewSet):
    """The admin's lists and forms of supervisors."""

    model = Supervisor
    icon = "user"
    list_display = ["name", "host", "approval_status", "approval_until", "locale"]
    list_filter = ["approval_status"]


class SpecialtyViewSet(RecordViewSet):
    """The admin's lists and forms of specialties."""

    model = Specialty
    icon = "tag"
    list_display = ["name", "isco", "locale"]


class InstitutionViewSet(RecordViewSet):
    """The admin's lists and forms of institutional partners."""

    model = Institution
    icon = "group"
    list_display = ["name", "kind", "position", "locale"]


class RuleViewSet(RecordViewSet):
    """The admin's lists and forms of the register of rules, those first that are due."""

    model = Rule
    icon = "clipboard-list"
    list_display = ["title", "checked_on", "review_on", UNCONFIRMED, "locale"]
    list_filter = ["to_be_validated", "review_on"]
    ordering = ["review_on"]


class FigureViewSet(SnippetViewSet):
    """The admin's lists and forms of figures; a new number is a new line, so that one sees since when it holds."""

    model = Figure
    icon = "order"
    list_display = ["code", "value", "valid_from", UNCONFIRMED]
    list_filter = ["code", "to_be_validated"]


class RegisterGroup(SnippetViewSetGroup):
    """One entry of the menu for rules and their figures."""

    menu_label = _("Rules and figures")
    menu_icon = "clipboard-list"
    menu_order = 210
    items = (RuleViewSet, FigureViewSet)


class RecognitionSheetViewSet(RecordViewSet):
    """The admin's lists and forms of what home faculties ask of the host."""

    model = RecognitionSheet
    icon = "clipboard-list"
    list_display = ["students", "country", "checked_on", "locale"]
    list_filter = ["country"]


class SigningUniversityViewSet(RecordViewSet):
    """The admin's lists and forms of French universities that sign."""

    model = SigningUniversity
    icon = "calendar-check"
    list_display = ["name", "erasmus_code", "town", "locale"]


class PaperViewSet(RecordViewSet):
    """The admin's lists and forms of papers to prepare."""

    model = Paper
    icon = "doc-full"
    list_display = ["name", "days_needed", FOR_ALL, "checked_on", "locale"]
    list_filter = ["for_all", "citizens"]


class TerritoryGroup(SnippetViewSetGroup):
    """One entry of the menu for all records."""

    menu_label = _("Records")
    menu_icon = "folder-open-inverse"
    menu_order = 200
    items = (
        HostStructureViewSet,
        SupervisorViewSet,
        SpecialtyViewSet,
        PaperViewSet,
        InstitutionViewSet,
        SigningUniversityViewSet,
        RecognitionSheetViewSet,
    )


register_snippet(TerritoryGroup)
register_snippet(RegisterGroup)


@hooks.register("before_delete_snippet")
def computed_rules_stay(request: HttpRequest, items: list[Any]) -> None:
    """What the program computes by a rule leads to its entry, and a new one would have another reference."""
    if any(isinstance(item, Rule) and item.reference in RuleCode.values for item in items):
        raise Refused(_("The site computes by this rule and leads to it: word it anew instead of deleting it."))


@hooks.register("after_publish_page")
def warn_about_offer(request: HttpRequest, page: Page) -> None:
    """Tell the editor what should be looked at once an offer is published."""
    if isinstance(page, InternshipOfferPage):
        for warning in page.warnings:
            messages.warning(request, warning)


@hooks.register("after_edit_page")
def warn_about_approved_offer(request: HttpRequest, page: Page) -> None:
    """The same where approving the offer has published it, for which Wagtail asks no hook of publication."""
    if "action-workflow-action" not in request.POST or not isinstance(page, InternshipOfferPage):
        return
    published = InternshipOfferPage.objects.filter(pk=page.pk, live=True, has_unpublished_changes=False).first()
    if published is not None:
        warn_about_offer(request, published)

"""What translators find in the admin: their lines on the editors' home, the report, and a word above the editor."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.pages.bulk_actions.move import MoveBulkAction
from wagtail.models import Locale, Page, TranslatableMixin

from ..access.guards import refuse_other_languages
from ..admin.waiting import Notice, register_notices
from ..languages.localization import source_locale
from ..models import StaleTranslation
from ..pages.permissions import may_translate_into
from ..pages.placement import move_refusal
from .report import StaleReportView
from .translators import lacks_address_only, to_renew, to_translate


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    """Give the report of stale translations its address in the admin."""
    return [
        path("reports/translations-to-renew/", StaleReportView.as_view(), name="translations_to_renew"),
        path(
            "reports/translations-to-renew/results/",
            StaleReportView.as_view(results_only=True),
            name="translations_to_renew_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """The report's line in the menu."""
    address = reverse("translations_to_renew")
    return MenuItem(gettext_lazy("Translations to renew"), address, icon_name="rotate", order=8990)


@register_notices
def texts_to_renew(request: HttpRequest) -> list[Notice]:
    """How many texts of each language were made from an older French text, for who may renew them."""
    counted = StaleTranslation.objects.current().values_list("translation__locale").annotate(count=Count("pk"))
    counts = dict(counted.order_by("translation__locale"))
    address = reverse("translations_to_renew")
    return [
        Notice(
            locale.get_display_name(),
            ngettext("%(count)d text to renew", "%(count)d texts to renew", counts[locale.pk])
            % {"count": counts[locale.pk]},
            f"{address}?locale={locale.pk}",
        )
        for locale in Locale.objects.all()
        if locale.pk in counts and may_translate_into(request.user, locale)
    ]


@hooks.register("before_edit_page", order=-10)
@hooks.register("before_edit_snippet", order=-10)
def tell_translator(request: HttpRequest, item: Any) -> None:
    """Say above the editor which fields of a translation wait."""
    if not isinstance(item, Page):
        refuse_other_languages(request, item)
    if not isinstance(item, TranslatableMixin) or item.locale_id == source_locale().pk:
        return
    if request.method != "GET" or getattr(item, "alias_of_id", None):
        return
    if stale := to_renew(item):
        text = _("The French has changed: translate %(fields)s anew. The old translation stays online until then.")
        messages.warning(request, text % {"fields": ", ".join(stale)})
    if french := to_translate(item):
        messages.warning(
            request, _("Not translated yet, and shown in French: %(fields)s.") % {"fields": ", ".join(french)}
        )
    elif lacks_address_only(item):
        messages.info(request, _("All is translated but the address of the page (slug), on the tab “Promote”."))


@hooks.register("before_delete_snippet")
def guard_deletion(request: HttpRequest, items: list[Any]) -> None:
    """Deleting a translation asks for the right to its language too."""
    for item in items:
        refuse_other_languages(request, item)


@hooks.register("before_create_page")
def create_french_only(request: HttpRequest, parent: Page, page_class: type[Page]) -> HttpResponse | None:
    """A page begins in French: one that stood in another tree alone would follow nothing."""
    if parent.is_root() or parent.locale_id == source_locale().pk:
        return None
    messages.error(request, _("Add the page in French: it then stands here too, to be translated."))
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_move_page")
def say_why_not_moved(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Refuse a wrong place when it is chosen, with a reason; Wagtail asks for confirmation first and then gives none.

    A translation stands where its French page stands: it is moved with it, not alone.
    """
    french = page.locale_id == source_locale().pk
    if french and not page.permissions_for_user(request.user).can_move():
        return None  # Wagtail refuses who may move nothing
    why = move_refusal(page, destination, request.user)
    if not why:
        return None
    messages.error(request, why)
    if french:
        return redirect("wagtailadmin_pages:move", page.pk)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_bulk_action", order=1)
class MoveWithReasons(MoveBulkAction):
    """Says the same beside the pages that it names."""

    def prepare_action(self, pages: list[Page], refused: dict[str, list[dict[str, Any]]]) -> Any:
        """Give each page's reason above Wagtail's list of them."""
        destination = self.cleaned_form.cleaned_data["chooser"]
        for entry in refused["pages_without_destination_access"]:
            messages.error(self.request, move_refusal(entry["item"], destination, self.request.user))
        return super().prepare_action(pages, refused)


@hooks.register("before_bulk_action")
def move_french_pages_only(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> Any:
    """The same for several pages; records are changed by who may change their language."""
    for item in objects:
        if not isinstance(item, Page):
            refuse_other_languages(request, item)
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type != "move" or all(page.locale_id == source_locale().pk for page in pages):
        return None
    messages.error(request, _("Move the French page: its translations follow it."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")

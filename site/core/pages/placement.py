"""Where a page may stand: an original in the French tree, a translation or its stand-in where its French page stands.

A page that stands elsewhere is found by readers and followed by nothing: it redirects to itself, appears twice in the
API, and its permanent link leads nowhere. So every door is guarded where all of them pass: forms, API, code.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page
from wagtail.signals import pre_page_move

from ..languages.localization import source_locale
from ..languages.slugs import PlainSlugField, PlainSlugInput


class Misplaced(ValidationError):
    """A page would stand where nothing leads to it; the message says where it belongs."""


def refusal(page: Page, parent: Page | None) -> str:
    """Say why a page may not stand under a parent, or ""."""
    if parent is not None and not parent.is_root() and parent.locale_id != page.locale_id:
        return _("This place is in another language. Copy and move French pages within the French tree.")
    french = source_locale()
    if page.locale_id == french.pk:
        return _("An alias would be the same page twice: link to it, or copy it.") if page.alias_of_id else ""
    original = Page.objects.filter(translation_key=page.translation_key, locale=french).first()
    if original is None:
        return _("Begin in French: copy the French page, and its translations follow.")
    above = original.get_parent()
    if parent is not None and not parent.is_root() and above.translation_key != parent.translation_key:
        return _("Move the French page: its translations follow it.")
    return ""


def move_refusal(page: Page, destination: Page, user: Any) -> str:
    """Say why somebody may not move a page to a place, or ""."""
    if page.locale_id != source_locale().pk:
        return _("Move the French page: its translations follow it.")
    if why := refusal(page, destination):
        return why
    if page.permissions_for_user(user).can_move_to(destination):
        return ""
    titles = {"page": page.get_admin_display_title(), "place": destination.get_admin_display_title()}
    return _("“%(page)s” cannot stand under “%(place)s”: choose another place.") % titles


def guard(page: Page, parent: Page | None) -> None:
    """Raise `Misplaced` where a page may not stand."""
    if why := refusal(page, parent):
        raise Misplaced({"__all__": [why]})


def _created(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if isinstance(instance, Page) and instance._state.adding and instance.path and instance.depth > 1 and not raw:
        above = instance.path[: -Page.steplen]
        guard(instance, Page.objects.filter(path=above).first())


def _moving(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    guard(instance, parent_page_after)


class FrenchCopyForm(CopyForm):
    """Copies a French page to a French place, as a page of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        stock = self.fields["new_slug"]
        widget = PlainSlugInput(locale=self.page.locale)
        self.fields["new_slug"] = PlainSlugField(initial=stock.initial, label=stock.label, widget=widget)

    def clean(self) -> dict[str, Any]:
        """Say beside the place what is wrong with it: Wagtail's page shows what stands beside a field only."""
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if self.page.locale_id != source_locale().pk:
            why = _("Begin in French: copy the French page, and its translations follow.")
        else:
            why = refusal(self.page, parent)
        if why:
            self.add_error("new_parent_page", why)
        return cleaned


def connect() -> None:
    """Stand at every door."""
    pre_save.connect(_created, dispatch_uid="core.pages.placement")
    pre_page_move.connect(_moving, dispatch_uid="core.pages.placement")

"""The records of words in the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.admin.viewsets import RecordViewSet
from core.kinds.table import page_kinds
from core.languages.localization import locales

from .models import GlossaryTerm, HomePage, LexiconEntry


class GlossaryViewSet(RecordViewSet):
    """The admin's lists and forms of acronyms."""

    model = GlossaryTerm
    icon = "list-ul"
    list_display = ["acronym", "meaning", "locale"]


class LexiconViewSet(RecordViewSet):
    """The admin's lists and forms of medical phrases."""

    model = LexiconEntry
    icon = "openquote"
    list_display = ["phrase", "theme", "locale"]
    list_filter = ["theme"]


class WordsGroup(SnippetViewSetGroup):
    """One entry of the menu for words."""

    menu_label = _("Words")
    menu_icon = "openquote"
    menu_order = 210
    items = (GlossaryViewSet, LexiconViewSet)


register_snippet(WordsGroup)


class ShortcutsPanel(Component):
    """The editors' home: the lists of the site, each with "add", and the home page."""

    name = "shortcuts"
    template_name = "home/admin/shortcuts.html"
    order = 40

    def __init__(self, user: Any) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Fetch the index pages of French, or of the first language that this person writes."""
        homes = [HomePage.objects.filter(locale=locale).first() for locale in locales().values()]
        home = next((page for page in homes if page and page.permissions_for_user(self.user).can_edit()), None)
        if home is None:
            return {}
        kinds = [kind for kind in page_kinds() if kind.shortcut]
        pages = [(kind.index.objects.filter(locale=home.locale).first(), kind.page._meta) for kind in kinds]
        return {
            "home": home,
            # The admin's addresses name what can be added by app and model.
            "lists": [
                (page, page.permissions_for_user(self.user).can_add_subpage() and (child.app_label, child.model_name))
                for page, child in pages
                if page
            ],
        }


@hooks.register("construct_homepage_panels")
def add_shortcuts(request: HttpRequest, panels: list[Any]) -> None:
    """Show them below what is waiting."""
    panels.append(ShortcutsPanel(request.user))

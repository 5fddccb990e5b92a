"""The records of words in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import GlossaryTerm, LexiconEntry


class GlossaryViewSet(SnippetViewSet):
    """Glossary."""

    model = GlossaryTerm
    icon = "list-ul"
    list_display = ["acronym", "meaning"]


class LexiconViewSet(SnippetViewSet):
    """Lexicon."""

    model = LexiconEntry
    icon = "openquote"
    list_display = ["phrase", "theme"]
    list_filter = ["theme"]


class WordsGroup(SnippetViewSetGroup):
    """One entry of the menu for words."""

    menu_label = _("Words")
    menu_icon = "openquote"
    menu_order = 210
    items = (GlossaryViewSet, LexiconViewSet)


register_snippet(WordsGroup)

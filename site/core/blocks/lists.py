"""Blocks made of several like things."""

from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..pages.visibility import in_reader_language
from .text import FactBlock


class KeyFiguresBlock(blocks.StructBlock):
    """Figures that say much in little room, each with its source."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    figures = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("value", blocks.CharBlock(label=_("Figure"), max_length=20)),
                ("label", blocks.CharBlock(label=_("What it counts"), max_length=160)),
                # A source is cited by the title it has.
                ("source", FactBlock(label=_("Source"), required=False, max_length=160)),
            ],
            label=_("Figure"),
        ),
        label=_("Figures"),
        min_num=1,
        max_num=4,
    )

    class Meta:
        icon = "decimal"
        label = _("Key figures")
        description = _("One to four figures with their sources")
        template = "blocks/key_figures.html"
        preview_value = {
            "title": "",
            "figures": [{"value": "42 min", "label": "de Vendôme à Paris en TGV", "source": "SNCF Connect"}],
        }


class StepsBlock(blocks.StructBlock):
    """What to do, one after the other."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("Step"), max_length=160)),
                ("text", blocks.TextBlock(label=_("Explanation"), required=False)),
            ],
            label=_("Step"),
        ),
        label=_("Steps"),
        min_num=2,
        default=[{"title": "", "text": ""}] * 2,
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("A numbered procedure")
        template = "blocks/steps.html"
        preview_value = {
            "title": "De la question au retour",
            "steps": [
                {"title": "Choisissez une offre", "text": "Sans compte."},
                {"title": "Envoyez la demande", "text": "Elle reçoit un numéro."},
            ],
        }


class TableBlock(blocks.StructBlock):
    """A small table. Built of lists, because Wagtail's own table blocks give translators nothing to translate."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    headings = blocks.ListBlock(
        blocks.CharBlock(max_length=80, label=_("Heading")),
        label=_("Column headings"),
        min_num=2,
        max_num=5,
        default=["", ""],
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, max_length=400, label=_("Cell")), label=_("Row")),
        label=_("Rows"),
        min_num=1,
        default=[["", ""]],
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Pair each cell with its column's heading, which stands before it where a telephone stacks the cells."""
        context = super().get_context(value, parent_context)
        headings = list(value["headings"])
        context["rows"] = [list(zip_longest(headings, row, fillvalue="")) for row in value["rows"]]
        return context

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A small table with column headings")
        template = "blocks/table.html"
        preview_value = {
            "caption": "Numéros utiles",
            "headings": ["Numéro", "Pour"],
            "rows": [["112", "Toutes les urgences"], ["15", "Le Samu"]],
        }


class PageLinksBlock(blocks.StructBlock):
    """Chosen pages, shown as cards."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Resolve the pages that everybody may read, in the reader's language."""
        context = super().get_context(value, parent_context)
        context["pages"] = in_reader_language(value["pages"])
        return context

    class Meta:
        icon = "list-ul"
        label = _("List of chosen pages")
        description = _("Links to pages of the site")
        template = "blocks/page_links.html"
        preview_value = {"title": "À lire aussi", "pages": []}

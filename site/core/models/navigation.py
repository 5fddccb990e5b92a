"""The menus that editors keep: one in the head of the page, columns in its foot."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin

from ..fields.stream import StreamField
from ..languages.translatable import FrenchParts
from ..pages.record_forms import RecordForm


class MenuSlot(models.TextChoices):
    """Where a menu stands."""

    MAIN = "main", _("Head of the page")
    FOOTER_1 = "footer-1", _("Foot of the page, first column")
    FOOTER_2 = "footer-2", _("Foot of the page, second column")
    LEGAL = "legal", _("Foot of the page, legal line")
    DOORS = "doors", _("Home page: doors for those who are no students")


class MenuLinkBlock(blocks.StructBlock):
    """A page of the site, under its own title or a shorter one."""

    page = blocks.PageChooserBlock(label=_("Page"))
    label = blocks.CharBlock(
        label=_("Text"), required=False, max_length=40, help_text=_("By default the page’s title.")
    )

    class Meta:
        icon = "link"
        label = _("Page")


class Menu(TranslatableMixin, FrenchParts):
    """The links of one place, in one language."""

    slot = models.CharField(_("where it stands"), max_length=10, choices=MenuSlot.choices)
    title = models.CharField(_("title"), max_length=60, blank=True, help_text=_("Shown above the links."))
    links = StreamField([("link", MenuLinkBlock())], verbose_name=_("links"), blank=True)

    texts = ("title", "links")
    base_form_class = RecordForm

    panels = [FieldPanel("slot"), FieldPanel("title"), FieldPanel("links")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "locale"],
                name="one_menu_a_slot_and_language",
                violation_error_message=_("There is a menu for this place already, in this language."),
            )
        ]

    def __str__(self) -> str:
        return self.get_slot_display()

"""Blocks of words: headings, paragraphs, quotes, call-outs and the like."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from ..fields.codes import telephone

PROSE_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


def says_nothing(value: Any) -> bool:
    """Say whether rich text has no word."""
    return not strip_tags(str(getattr(value, "source", value) or "")).replace("\u00a0", " ").strip()


class ProseBlock(blocks.RichTextBlock):
    """Running text with headings and lists."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=PROSE_FEATURES, **kwargs)

    def clean(self, value: Any) -> Any:
        """Refuse an empty paragraph, which the editor sends for nothing; a draft may have it."""
        value = super().clean(value)
        if self.required and says_nothing(value):
            raise ValidationError(self.field.error_messages["required"], code="required")
        return value

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Running text with headings, lists and links")
        template = "blocks/prose.html"
        preview_value = "<h2>Une semaine au cabinet</h2><p>Le matin, les consultations. L’après-midi, les visites.</p>"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, with who says it."""

    text = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks."))
    author = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody’s words, set large")
        template = "blocks/quote.html"
        preview_value = {"text": "Le médecin connaît trois générations.", "author": "Ioana, 5e année"}


class CallOutBlock(blocks.StructBlock):
    """A note that must not be missed."""

    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("conseil", _("Advice")), ("attention", _("Important"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "ul", "link"])

    def clean(self, value: Any) -> Any:
        """Refuse an empty paragraph, which the editor sends for nothing; a draft may have it."""
        value = super().clean(value)
        text = self.child_blocks["text"]
        if text.required and says_nothing(value["text"]):
            raise StructBlockValidationError({"text": ValidationError(text.field.error_messages["required"])})
        return value

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        description = _("A note set apart from the text")
        template = "blocks/call_out.html"
        preview_value = {
            "tone": "conseil",
            "title": "Commencez tôt",
            "text": "<p>Comptez quatre à huit semaines pour les signatures.</p>",
        }


class FactBlock(blocks.CharBlock):
    """Words that are the same in every language, such as a telephone number: translators are not asked for them."""

    def get_translatable_segments(self, value: str) -> list[Any]:
        """Give wagtail-localize nothing; the value stays that of the French block."""
        return []

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        """Return the value as it is: nothing of it was translated."""
        return value


class ContactBlock(blocks.StructBlock):
    """A person or an office to write to or to call."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    email = FactBlock(label=_("E-mail"), required=False, max_length=254, validators=[validate_email])
    phone = FactBlock(label=_("Telephone"), required=False, max_length=30)

    def clean(self, value: Any) -> Any:
        """Refuse a number that cannot be dialled, beside its field."""
        value = super().clean(value)
        if value.get("phone"):
            try:
                telephone(value["phone"])
            except ValidationError as error:
                raise StructBlockValidationError({"phone": error}) from None
        return value

    class Meta:
        icon = "mail"
        label = _("Contact card")
        description = _("Whom to write to or to call")
        template = "blocks/contact.html"
        preview_value = {
            "name": "Le guichet unique",
            "role": "Stage, logement, trajets, papiers",
            "email": "guichet@exemple.fr",
            "phone": "02 00 00 00 00",
        }

"""Blocks with files and places."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from ..pages.visibility import in_reader_language
from ..pictures.renditions import picture


class PictureBlock(blocks.StructBlock):
    """A picture with what is to be said about it."""

    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    alt = blocks.CharBlock(
        label=_("Alternative text here"),
        required=False,
        max_length=250,
        help_text=_("Only if the picture’s own text does not fit here."),
    )

    def get_preview_value(self) -> dict[str, Any]:
        """Show the newest picture of the site."""
        return {"image": self._newest, "caption": "La Loire à Blois", "alt": ""}

    @cached_property
    def _newest(self) -> Any:
        return get_image_model().objects.order_by("-pk").first()

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with its caption")
        template = "blocks/picture.html"


class DocumentBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Text of the link"), required=False, max_length=160)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A file to download, with its type and size")
        template = "blocks/document.html"


class VideoBlock(blocks.StructBlock):
    """A video of our own. Nothing of it is loaded before the visitor starts it; captions are required (RGAA 4.3)."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    poster = ImageChooserBlock(label=_("Still picture"))
    video = DocumentChooserBlock(label=_("Video file"), help_text=_("MP4 or WebM, added to the documents before."))
    captions = DocumentChooserBlock(label=_("Captions"), help_text=_("A WebVTT file (.vtt) in French."))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=["bold", "italic"],
        required=False,
        help_text=_("What is said and shown."),
    )

    def clean(self, value: Any) -> Any:
        """Refuse files of the wrong type beside their field."""
        value = super().clean(value)
        errors = {}
        # In a draft both may be missing.
        if value["video"] and value["video"].file_extension not in {"mp4", "webm"}:
            errors["video"] = ValidationError(_("Choose an MP4 or WebM file."))
        if value["captions"] and value["captions"].file_extension != "vtt":
            errors["captions"] = ValidationError(_("Choose a WebVTT file (.vtt)."))
        if errors:
            raise StructBlockValidationError(errors)
        return value

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the still picture's file, if it may and can be shown."""
        shown = picture(value.get("poster"), "lead")
        return super().get_context(value, parent_context) | {"poster": shown.fallback if shown else None}

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A captioned video, loaded only when started")
        template = "blocks/video.html"


class MapBlock(blocks.StructBlock):
    """Places on a map. The places are pages that know their coordinates, so that no coordinate is kept twice."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    places = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Place"), help_text=_("A strength, an offer, a room or an event.")),
        label=_("Places on the map"),
        min_num=1,
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Resolve the places that have coordinates."""
        context = super().get_context(value, parent_context)
        chosen = in_reader_language(value["places"])
        by_type: dict[type[Page], list[int]] = {}
        for page in chosen:
            by_type.setdefault(page.specific_class, []).append(page.pk)
        found = {page.pk: page for model, keys in by_type.items() for page in model.objects.filter(pk__in=keys)}
        pages = [found[page.pk] for page in chosen]
        context["places"] = [page for page in pages if getattr(page, "has_coordinates", False)]
        return context

    class Meta:
        icon = "site"
        label = _("Map")
        description = _("Places of the site on a map, opened by the visitor")
        template = "blocks/map.html"
        preview_value = {"title": "Où c’est", "places": []}

"""What translators put in the place of what French links to: an address to which readers may be sent, a page, a file.

wagtail-localize keeps what has an error, with a message in the translator's editor, and leaves it out of what it
composes: a page that is gone must not keep French from being published.
"""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.whitelist import check_url
from wagtail_localize.models import OverridableSegment, SegmentOverride


def check_override(instance: SegmentOverride, **kwargs: Any) -> None:
    """Mark what cannot be published: an address that could run a script, a chosen page or file that is not there.

    Editors' own links pass the same test of addresses in the rich text editor.
    """
    error = _fault_of(instance)
    if not error and not instance.has_error:
        return
    instance.has_error, instance.field_error = bool(error), error
    SegmentOverride.objects.filter(pk=instance.pk).update(
        has_error=instance.has_error, field_error=instance.field_error
    )


def _fault_of(override: SegmentOverride) -> str:
    segment = OverridableSegment.objects.filter(context=override.context).select_related("source").first()
    value = override.data
    if segment is not None and isinstance(segment.data, str):
        readable = isinstance(value, str) and check_url(value) is not None
        return "" if readable else _("A link begins with https://, mailto: or tel:.")
    chooser = _chooser_of(segment) if segment is not None else None
    try:
        # In one spelling, by which it is found when it is deleted.
        chosen = chooser is not None and str(chooser.field.clean(value).pk) == value
    except ValidationError:
        chosen = False
    return "" if chosen else _("What was chosen here does not exist any more: please choose again.")


def _chooser_of(segment: OverridableSegment) -> blocks.ChooserBlock | None:
    """Return the block in which French chose what a segment stands for, by its path (`body.<block>.pages.<item>`)."""
    name, *path = segment.context.path.split(".")
    block = segment.source.specific_content_type.model_class()._meta.get_field(name).stream_block
    value = json.loads(json.loads(segment.source.content_json)[name])
    for part in path:
        if isinstance(block, blocks.StructBlock):
            block, value = block.child_blocks[part], value[part]
            continue
        item = next((item for item in value if item["id"] == part), None)
        if item is None:
            return None
        block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks[item["type"]]
        value = item["value"]
    return block if isinstance(block, blocks.ChooserBlock) else None


def check_those_who_chose(instance: Model, **kwargs: Any) -> None:
    """Something was deleted: check what translators chose under its number."""
    for override in SegmentOverride.objects.filter(data_json=json.dumps(str(instance.pk)), has_error=False):
        check_override(override)


def connect() -> None:
    """Check each override when it is saved, whatever saves it, and when what it names is deleted."""
    post_save.connect(check_override, sender=SegmentOverride, dispatch_uid="core.overrides.check")
    for model in (Page, get_image_model(), get_document_model()):
        uid = f"core.overrides.deleted.{model.__name__}"
        post_delete.connect(check_those_who_chose, sender=model, dispatch_uid=uid)

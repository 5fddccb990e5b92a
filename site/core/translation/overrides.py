"""What translators put in the place of a French address: links only to where readers may be sent."""

from typing import Any

from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from wagtail.whitelist import check_url
from wagtail_localize.models import SegmentOverride


def check_override(instance: SegmentOverride, **kwargs: Any) -> None:
    """Mark an address that could run a script: it stays in the editor with a message, and never reaches a page.

    wagtail-localize keeps what has an error and leaves it out of what it publishes. Editors' own links pass the same
    test in the rich text editor.
    """
    value = instance.data
    refused = isinstance(value, str) and check_url(value) is None
    if not refused and not instance.has_error:
        return
    instance.has_error = refused
    instance.field_error = _("A link begins with https://, mailto: or tel:.") if refused else ""
    SegmentOverride.objects.filter(pk=instance.pk).update(
        has_error=instance.has_error, field_error=instance.field_error
    )


def connect() -> None:
    """Check each override when it is saved, whatever saves it."""
    post_save.connect(check_override, sender=SegmentOverride, dispatch_uid="core.overrides.check")

"""What a translator is told."""

from typing import Any

from wagtail_localize.models import StringSegment, Translation

from ..languages.translatable import field_label
from ..models import StaleTranslation
from .marks import ADDRESS


def to_renew(item: Any) -> list[str]:
    """Return the names of the fields of a translation whose French text has changed."""
    marks = StaleTranslation.objects.of(item.translation_key, item.locale).select_related("translation__context")
    return _labels(item, [mark.translation.context.path for mark in marks])


def to_translate(item: Any) -> list[str]:
    """Return the names of the fields of a translation that still have French texts."""
    source = Translation.objects.filter(
        source__object_id=item.translation_key, target_locale=item.locale, enabled=True
    ).values("source")
    missing = (
        StringSegment.objects.filter(source__in=source)
        .exclude(context__path=ADDRESS)
        .annotate_translation(item.locale)
        .filter(translation__isnull=True)
    )
    return _labels(item, list(missing.order_by("order").values_list("context__path", flat=True)))


def _labels(item: Any, paths: list[str]) -> list[str]:
    return list(dict.fromkeys(field_label(type(item), path) for path in paths))

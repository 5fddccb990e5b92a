"""What a translator is told."""

from typing import Any

from django.db.models import QuerySet
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
    missing = _missing(item).exclude(context__path=ADDRESS)
    return _labels(item, list(missing.order_by("order").values_list("context__path", flat=True)))


def lacks_address_only(item: Any) -> bool:
    """Say whether all of a translation is done but its address, which stands on a tab of its own."""
    return set(_missing(item).values_list("context__path", flat=True)) == {ADDRESS}


def _missing(item: Any) -> QuerySet[StringSegment]:
    source = Translation.objects.filter(
        source__object_id=item.translation_key, target_locale=item.locale, enabled=True
    ).values("source")
    segments = StringSegment.objects.filter(source__in=source).annotate_translation(item.locale)
    return segments.filter(translation__isnull=True)


def _labels(item: Any, paths: list[str]) -> list[str]:
    return list(dict.fromkeys(field_label(type(item), path) for path in paths))

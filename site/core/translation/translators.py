"""Who may translate into which language, and what a translator is told.

wagtail-localize lets whoever may edit records change them in every language. Here the right to a language is the right
to its tree: who may change the pages under its home page may translate records into it.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Locale, Page, TranslatableMixin
from wagtail_localize.models import StringSegment, Translation

from ..address import whole_number
from ..models import StaleTranslation
from .marks import ADDRESS


def may_translate_into(user: Any, locale: Locale) -> bool:
    """Say whether a user may change texts of a language."""
    homes = Page.objects.filter(depth=2, locale=locale)
    return user.is_superuser or any(home.permissions_for_user(user).can_edit() for home in homes)


class TranslatorMiddleware:
    """Guards wagtail-localize's views that take a translation's number: strings, PO files, previews."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise `PermissionDenied` where the user has no right to the translation's language."""
        match = request.resolver_match
        if not match or "wagtail_localize" not in match.namespaces or not request.user.is_authenticated:
            return
        # One translation, or the languages into which a page or record is submitted.
        wanted = Locale.objects.filter(translations=kwargs["translation_id"]) if "translation_id" in kwargs else ()
        if request.method == "POST" and (chosen := _keys(request.POST.getlist("locales"))):
            wanted = Locale.objects.filter(pk__in=chosen)
        if not all(may_translate_into(request.user, locale) for locale in wanted):
            raise PermissionDenied


def _keys(typed: list[str]) -> list[int]:
    return [pk for text in typed if (pk := whole_number(text, digits=9)) is not None]


def refuse_other_languages(request: HttpRequest, record: Any) -> None:
    """Raise `PermissionDenied` where a record is opened by somebody without a right to its language; French is one."""
    if isinstance(record, TranslatableMixin) and not may_translate_into(request.user, record.locale):
        raise PermissionDenied


def field_label(model: type[Any], path: str) -> str:
    """Return the name of the field that a segment's path begins with, as editors read it."""
    name = path.split(".")[0]
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name
    return str(label)


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

"""The language in which a page is shown, without a query each time it is asked."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Locale

from .remembering import forget_when, remembered

KEY = "locales"


def locales() -> dict[str, Locale]:
    """Return the site's languages by code."""
    return remembered(KEY, lambda: {locale.language_code: locale for locale in Locale.objects.all()})


def active_locale() -> Locale:
    """Return the language in which the page is shown, else French."""
    return locales().get((get_language() or "").split("-")[0]) or Locale.get_default()


def source_locale() -> Locale:
    """Return French, in which everything is written first."""
    return locales().get(settings.LANGUAGE_CODE) or Locale.get_default()


def localized(item: Any) -> Any:
    """Return a page or record in the language of the page that is shown, or itself where it has no translation."""
    if item is None or item.locale_id == active_locale().pk:
        return item
    return item.localized


forget_when(KEY, changed=[Locale])

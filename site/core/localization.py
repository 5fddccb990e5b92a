"""The language in which a page is shown, without a query each time it is asked."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language
from wagtail.models import Locale

KEY = "locales"
KEPT_SECONDS = 3600


def locales() -> dict[str, Locale]:
    """Return the site's languages by code."""
    found = cache.get(KEY)
    if found is None:
        found = {locale.language_code: locale for locale in Locale.objects.all()}
        cache.set(KEY, found, KEPT_SECONDS)
    return found


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


def forget_locales(**kwargs: Any) -> None:
    """Languages were added or taken away; forgotten now, and again once the change is there
    for all to read: until then, a reader may bring the old state back."""
    cache.delete(KEY)
    transaction.on_commit(partial(cache.delete, KEY))


post_save.connect(forget_locales, sender=Locale, dispatch_uid="core.forget_locales.save")
post_delete.connect(forget_locales, sender=Locale, dispatch_uid="core.forget_locales.delete")

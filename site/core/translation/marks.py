"""Which texts of a translation are still French, or were made from an older French text."""

from functools import lru_cache

from bs4 import BeautifulSoup
from django.db.models.signals import post_save
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from ..models.stale import StaleTranslation

# An address is no text that a reader reads: an old one stays, and is neither French nor stale.
ADDRESS = "slug"


@lru_cache(4096)
def plain(text: str) -> str:
    """Return a text without tags, entities and differences of spaces, to compare it."""
    if "<" in text or "&" in text:
        text = BeautifulSoup(text, "html.parser").get_text()
    return " ".join(text.split())


def french_texts(source: TranslationSource, locale: Locale) -> list[str]:
    """Return the texts that have no translation into a language, as `plain` writes them."""
    missing = (
        StringSegment.objects.filter(source=source)
        .exclude(context__path=ADDRESS)
        .annotate_translation(locale)
        .filter(translation__isnull=True)
    )
    return sorted({plain(text) for text in missing.values_list("string__data", flat=True)})


def renewed(
    instance: StringTranslation, created: bool, update_fields: frozenset[str] | None = None, **kwargs: object
) -> None:
    """Take the mark off once a translator has saved the text, changed or confirmed."""
    if not created and (update_fields is None or "data" in update_fields):
        StaleTranslation.objects.filter(translation=instance).delete()


def connect() -> None:
    """Follow what translators save, in the editor or from a PO file."""
    post_save.connect(renewed, sender=StringTranslation, dispatch_uid="core.translation.renewed")

"""Which texts of a translation are still French, or were made from an older French text."""

from functools import lru_cache

from bs4 import BeautifulSoup
from django.db.models.signals import post_save
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource, post_save_string_translation

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


def name_in_explorer(instance: StringTranslation, **kwargs: object) -> None:
    """Show a translated title in the admin before it is published, as wagtail-localize does, but never too long.

    A title longer than its column would end in a database error on PostgreSQL; its message comes on publication.
    """
    if instance.context.path == "title":
        pages = Page.objects.filter(translation_key=instance.context.object_id, locale=instance.locale_id)
        pages.update(draft_title=instance.data[: Page._meta.get_field("draft_title").max_length])


def connect() -> None:
    """Follow what translators save, in the editor or from a PO file."""
    post_save.connect(renewed, sender=StringTranslation, dispatch_uid="core.translation.renewed")
    post_save.disconnect(post_save_string_translation, sender=StringTranslation)
    post_save.connect(name_in_explorer, sender=StringTranslation, dispatch_uid="core.translation.name_in_explorer")

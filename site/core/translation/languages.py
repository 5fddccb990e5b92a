"""Adding and removing languages."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, get_translatable_models

from ..access.roles import remove_translators
from ..languages.localization import source_locale
from .trees import trees_wait


def add_languages() -> list[Locale]:
    """Give the site the languages of the settings that it lacks, each with its tree; return the new ones."""
    known = set(Locale.objects.values_list("language_code", flat=True))
    return [Locale.objects.create(language_code=code) for code, _name in settings.LANGUAGES if code not in known]


@transaction.atomic
def remove_language(locale: Locale) -> int:
    """Remove a language with its pages, records, translations and translators' group; return how many pages went.

    Raises `ValueError` for French, from which all others come.
    """
    if locale.pk == source_locale().pk:
        raise ValueError("French is the source of all other languages.")
    pages = Page.objects.filter(locale=locale)
    count = pages.count()
    for home in pages.filter(depth=2):
        remove_translators(home)
    with trees_wait():
        while page := pages.order_by("depth").first():
            page.delete()
        for model in get_translatable_models(include_subclasses=False):
            model.objects.filter(locale=locale).delete()
        locale.delete()
    return count

"""Whatever changes what a visitor may find (a view, a bulk action, the scheduler, code) is noted through signals."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import post_page_move

from core.models import FrenchRecord
from core.searchable import searchable_types

from ..models.document import SearchState
from ..models.words import SynonymList
from .documents import pages_that_print
from .outbox import changed


def page_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A page was saved or deleted, and with it what other pages print of it."""
    if not raw:
        changed([instance.pk, *pages_that_print(instance)])


def branch_changed(instance: Page, **kwargs: Any) -> None:
    """A page has moved with all below it: it may stand under a restriction now, or no more."""
    changed(Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True))


def restriction_changed(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """What is restricted in one language is in all."""
    if raw:
        return
    for page in Page.objects.filter(translation_key=instance.page.translation_key):
        branch_changed(page)


def record_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A host, a supervisor or a specialty was renamed, or a supervisor's consent has changed."""
    if not raw:
        changed(pages_that_print(instance))


def locale_added(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A new language gets its list of synonyms."""
    if created and not raw:
        SynonymList.begin(instance)


def words_changed(**kwargs: Any) -> None:
    """Synonyms count at once: workers read them anew."""
    SearchState.advance()


def connect() -> None:
    """Follow pages that are found, the records they print, restrictions, languages and synonyms."""
    for model in searchable_types():
        post_save.connect(page_changed, sender=model, dispatch_uid=f"search.saved.{model._meta.label}")
        post_delete.connect(page_changed, sender=model, dispatch_uid=f"search.deleted.{model._meta.label}")
    post_page_move.connect(branch_changed, dispatch_uid="search.moved")
    for record in FrenchRecord.__subclasses__():
        post_save.connect(record_changed, sender=record, dispatch_uid=f"search.record.{record._meta.label}")
    post_save.connect(locale_added, sender=Locale, dispatch_uid="search.locale")
    for signal in (post_save, post_delete):
        signal.connect(words_changed, sender=SynonymList, dispatch_uid=f"search.words.{id(signal)}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search.restricted.{id(signal)}")

"""Whatever changes what a visitor may find (a view, a bulk action, the scheduler, code) is noted through signals."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.kinds.table import searchable
from core.models import FrenchRecord

from ..tables.document import SearchDocument, SearchState
from ..tables.words import SynonymList
from . import vocabulary
from .documents import pages_that_print
from .outbox import changed

# What a draft saves of its page, which visitors do not see.
OF_DRAFTS = {"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}


def page_changed(instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """A page was saved, published, taken back or deleted, and with it what other pages print of it.

    Whether it is found is asked now, not when the signals are connected: apps may register their pages later.
    """
    of_draft = update_fields and set(update_fields) <= OF_DRAFTS
    if not raw and not of_draft and searchable(type(instance)):
        pages_changed([instance])


def pages_changed(pages: Iterable[Any]) -> None:
    """Note pages that are found, and those that print their names."""
    found = [page for page in pages if searchable(type(page))]
    changed([*(page.pk for page in found), *pages_that_print(found)])


def branch_changed(instance: Page, **kwargs: Any) -> None:
    """A page has moved with all below it: it may stand under a restriction now, or no more."""
    pages_changed(Page.objects.descendant_of(instance, inclusive=True).specific(defer=True))


def restriction_changed(instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """What is restricted in one language is in all."""
    if raw:
        return
    for page in Page.objects.filter(translation_key=instance.page.translation_key):
        branch_changed(page)


def record_changed(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A host, a supervisor or a specialty was renamed, or a supervisor's consent has changed."""
    if not raw and isinstance(instance, FrenchRecord):
        changed(pages_that_print([instance]))


def document_gone(instance: SearchDocument, **kwargs: Any) -> None:
    """A page was deleted or taken back: its words go with it."""
    vocabulary.replace([instance], [])


def locale_added(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A new language gets its list of synonyms."""
    if created and not raw:
        SynonymList.begin(instance)


def words_changed(**kwargs: Any) -> None:
    """Synonyms count at once: workers read them anew."""
    SearchState.advance()


def connect() -> None:
    """Follow pages that are found, the records they print, restrictions, languages and synonyms."""
    # Schedules and bulk actions save pages by their base, whose signal says too little: these two are sent by type.
    # Before a deletion too, while other pages still point there.
    for signal in (page_published, page_unpublished, post_save, pre_delete, post_delete):
        signal.connect(page_changed, dispatch_uid=f"search.page.{id(signal)}")
    post_page_move.connect(branch_changed, dispatch_uid="search.moved")
    post_save.connect(record_changed, dispatch_uid="search.record")
    pre_delete.connect(document_gone, sender=SearchDocument, dispatch_uid="search.document")
    post_save.connect(locale_added, sender=Locale, dispatch_uid="search.locale")
    for signal in (post_save, post_delete):
        signal.connect(words_changed, sender=SynonymList, dispatch_uid=f"search.words.{id(signal)}")
        signal.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid=f"search.restricted.{id(signal)}")

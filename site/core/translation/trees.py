"""The trees of all languages have the same pages in the same order: where one is not translated, an alias stands.

Whatever changes the French tree (a view, a bulk action, the scheduler, code, the loader) is followed through signals;
wagtail-localize and Wagtail follow some paths only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail.signals import page_published, page_unpublished, post_page_move
from wagtail_localize.synctree import PageIndex, synchronize_tree

from ..cache.until_changed import forget_when
from ..languages.localization import records_key, source_locale
from ..models import BasePage, FrenchRecord, Menu
from .carrying import carry, settle_page, settle_record, take_down

_waiting: ContextVar[bool] = ContextVar("trees_wait", default=False)


@contextmanager
def trees_wait() -> Iterator[None]:
    """Make and mend no aliases inside; whoever waits calls `complete_trees` or removes the tree."""
    token = _waiting.set(True)
    try:
        yield
    finally:
        _waiting.reset(token)


def other_locales() -> QuerySet[Locale]:
    """Return the languages that follow French."""
    return Locale.objects.exclude(pk=source_locale().pk)


def complete_trees() -> int:
    """Make the aliases that are missing, and put every page at its place; return how many pages there are more."""
    before = Page.objects.count()
    index = PageIndex.from_database().sort_by_tree_position()
    with trees_wait():
        for locale in other_locales():
            synchronize_tree(source_locale(), locale, page_index=index)
    originals = Page.objects.filter(locale=source_locale(), depth__gt=2, alias_of=None).order_by("path")
    for french in originals:
        for page in _translations(french):
            _place(french, page)
    return Page.objects.count() - before


def make_aliases(page: Page) -> None:
    """Make the aliases that a French page lacks, those of the pages above it first."""
    if _waiting.get():
        return
    there = set(Page.objects.filter(translation_key=page.translation_key).values_list("locale_id", flat=True))
    missing = list(other_locales().exclude(pk__in=there))
    parent = page.get_parent()
    if missing and not parent.is_root():
        make_aliases(parent.specific)
    for locale in missing:
        _place(page, page.copy_for_translation(locale, copy_parents=True, alias=True))


def is_original(item: Any) -> bool:
    """Say whether a page or record is an original."""
    return item.locale_id == source_locale().pk and getattr(item, "alias_of_id", None) is None


def _translations(page: Page) -> QuerySet[Page]:
    return Page.objects.filter(translation_key=page.translation_key).exclude(locale_id=page.locale_id)


# --- What signals call ---------------------------------------------------------------------------------------------
def published(instance: Page, **kwargs: Any) -> None:
    """French: carry it, and give it a place in every tree. A translation: settle it."""
    if not isinstance(instance, BasePage) or instance.alias_of_id:
        return
    if not is_original(instance):
        settle_page(instance)
    elif instance.live:  # Wagtail sends this when a publication is scheduled, too
        carry(instance)
        make_aliases(instance)


def unpublished(instance: Page, **kwargs: Any) -> None:
    """Translations go with French; Wagtail takes the aliases."""
    if isinstance(instance, BasePage) and is_original(instance):
        for page in _translations(instance).filter(live=True, alias_of=None).specific():
            take_down(page)
        # What is translated while French is down comes back as well.
        type(instance).objects.filter(alias_of=instance.pk).update(down_with_source=True)


def moved(instance: Page, **kwargs: Any) -> None:
    """Translations and aliases move to the same place of their own trees."""
    if not is_original(instance):
        return
    for page in _translations(instance):
        _place(instance, page)


def _place(french: Page, page: Page) -> None:
    """Put a page under the translation of its French page's parent, after the same sibling."""
    parent = french.get_parent()
    if not parent.is_root():
        translated = parent.get_translation_or_none(page.locale)
        if translated is None:
            # French has moved below a page that was never public, which has no place in the other trees yet.
            make_aliases(parent.specific)
            translated = parent.get_translation_or_none(page.locale)
        parent = translated
    if parent is None:
        return
    neighbours = {child.translation_key: child for child in parent.get_children().filter(locale_id=page.locale_id)}
    # Wagtail lists the nearest sibling first.
    before = french.get_prev_siblings().values_list("translation_key", flat=True)
    nearest = next((neighbours[key] for key in before if key in neighbours and key != page.translation_key), None)
    left = page.get_prev_siblings().filter(locale_id=page.locale_id).first()
    if page.translation_key in neighbours and left == nearest:
        return
    slug = find_available_slug(parent, page.slug, ignore_page_id=page.pk)
    if slug != page.slug:
        Page.objects.filter(pk=page.pk).update(slug=slug)
        page.slug = slug
    if nearest is not None:
        page.move(nearest, pos="right")
    elif not parent.is_root():
        page.move(parent, pos="first-child")


def deleted(instance: Page, **kwargs: Any) -> None:
    """Translations and aliases go with French. A deleted translation leaves an alias, so that its address answers."""
    if is_original(instance):
        with trees_wait():
            # One at a time: a page above may have taken the others with it.
            while page := _translations(instance).first():
                page.delete()
    elif not _waiting.get():
        transaction.on_commit(lambda: _replace(instance.translation_key))


def _replace(translation_key: Any) -> None:
    french = Page.objects.filter(translation_key=translation_key, locale=source_locale(), alias_of=None).first()
    if french is not None:
        make_aliases(french.specific)


def record_saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A French record takes its translations along at once, for it has no drafts."""
    if raw:
        return
    if is_original(instance):
        carry(instance)
    else:
        settle_record(instance)


def record_deleted(instance: Any, **kwargs: Any) -> None:
    """Translations go with French."""
    if is_original(instance):
        type(instance).objects.filter(translation_key=instance.translation_key).delete()


def locale_added(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A new language gets its tree."""
    if created and not raw and instance.pk != source_locale().pk and not _waiting.get():
        complete_trees()


def connect() -> None:
    """Follow the French tree and its records."""
    page_published.connect(published, dispatch_uid="core.trees.published")
    page_unpublished.connect(unpublished, dispatch_uid="core.trees.unpublished")
    post_page_move.connect(moved, dispatch_uid="core.trees.moved")
    post_delete.connect(deleted, sender=Page, dispatch_uid="core.trees.deleted")
    post_save.connect(locale_added, sender=Locale, dispatch_uid="core.trees.locale")
    for model in (Menu, *FrenchRecord.all_types()):
        post_save.connect(record_saved, sender=model, dispatch_uid=f"core.trees.saved.{model._meta.label}")
        forget_when(records_key(model), changed=[model])
        post_delete.connect(record_deleted, sender=model, dispatch_uid=f"core.trees.deleted.{model._meta.label}")

"""What a reader may be shown of other pages: published ones that stand under no restriction.

Wagtail guards the restricted page itself; a list, a card or a map that names it would still tell its title and facts.
"""

from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

KEY = "restricted-paths"
KEPT_SECONDS = 3600


def restricted_paths() -> list[str]:
    """Return the tree paths under which pages are not for everybody."""
    found = cache.get(KEY)
    if found is None:
        found = list(PageViewRestriction.objects.values_list("page__path", flat=True))
        cache.set(KEY, found, KEPT_SECONDS)
    return found


def shown(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the published pages of a query that everybody may read."""
    hidden = Q()
    for path in restricted_paths():
        hidden |= Q(path__startswith=path)
    return pages.live().exclude(hidden) if hidden else pages.live()


def is_shown(page: Page | None) -> bool:
    """Say whether a page may be named to everybody."""
    return page is not None and page.live and not page.path.startswith(tuple(restricted_paths()))


def forget_restrictions(**kwargs: Any) -> None:
    """A restriction was set, lifted or moved; forgotten now, and again once the change is there
    for all to read: until then, a reader may bring the old state back."""
    cache.delete(KEY)
    transaction.on_commit(partial(cache.delete, KEY))


post_save.connect(forget_restrictions, sender=PageViewRestriction, dispatch_uid="core.forget_restrictions.save")
post_delete.connect(forget_restrictions, sender=PageViewRestriction, dispatch_uid="core.forget_restrictions.delete")
post_page_move.connect(forget_restrictions, dispatch_uid="core.forget_restrictions.move")

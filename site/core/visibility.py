"""What a reader may be shown of other pages: published ones that stand under no restriction.

Wagtail guards the restricted page itself; a list, a card or a map that names it would still tell its title and facts.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from .localization import active_locale, source_locale
from .remembering import forget_when, remembered

KEY = "restricted-paths"


def restricted_paths() -> list[str]:
    """Return the tree paths under which pages are not for everybody."""
    return remembered(KEY, lambda: list(PageViewRestriction.objects.values_list("page__path", flat=True)))


def shown(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the published pages of a query that everybody may read."""
    hidden = Q()
    for path in restricted_paths():
        hidden |= Q(path__startswith=path)
    return pages.live().exclude(hidden) if hidden else pages.live()


def is_shown(page: Page | None) -> bool:
    """Say whether a page may be named to everybody."""
    return page is not None and page.live and not page.path.startswith(tuple(restricted_paths()))


def in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """Return those of these pages that everybody may read, each of its own type and translated where that is public."""
    keys = [page.translation_key for page in pages if is_shown(page)]
    both = shown(Page.objects.filter(translation_key__in=keys, locale__in=[source_locale(), active_locale()]))
    chosen = {
        page.translation_key: page for page in sorted(both, key=lambda page: page.locale_id == active_locale().pk)
    }
    specific = Page.objects.filter(pk__in=[page.pk for page in chosen.values()]).specific()
    found = {page.translation_key: page for page in specific}
    return [found[key] for key in keys if key in found]


forget_when(KEY, changed=[PageViewRestriction], sent=[post_page_move])

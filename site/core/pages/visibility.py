"""What a reader may be shown of other pages: published ones that stand under no restriction.

Wagtail guards the restricted page itself; a list, a card or a map that names it would still tell its title and facts.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from ..cache.until_changed import forget_when, remembered
from ..languages.localization import CLOSED_KEY, HOME_DEPTH, active_locale, source_locale

KEY = "restricted-paths"


def restricted_paths() -> list[str]:
    """Return the tree paths under which pages are not for everybody: what is restricted in French is in all languages.

    One restriction, on the French page, cannot contradict itself; one on a translation counts nowhere.
    """
    return remembered(KEY, _read_restricted_paths)


def _read_restricted_paths() -> list[str]:
    french = PageViewRestriction.objects.filter(page__locale=source_locale())
    keys = french.values("page__translation_key")
    return list(Page.objects.filter(translation_key__in=keys).values_list("path", flat=True))


def closed_paths() -> list[str]:
    """Return the tree paths of languages whose home page is not published: Wagtail finds no page below them."""
    return remembered(CLOSED_KEY, _read_closed_paths)


def _read_closed_paths() -> list[str]:
    homes = Page.objects.filter(depth=HOME_DEPTH, live=False).exclude(locale=source_locale())
    return list(homes.values_list("path", flat=True))


def shown(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return the published pages of a query that everybody may read."""
    hidden = Q()
    for path in (*restricted_paths(), *closed_paths()):
        hidden |= Q(path__startswith=path)
    return pages.live().exclude(hidden) if hidden else pages.live()


def is_restricted(page: Page) -> bool:
    """Say whether a page, public or not, stands under a restriction."""
    return page.path.startswith(tuple(restricted_paths()))


def is_shown(page: Page | None) -> bool:
    """Say whether a page may be named to everybody."""
    return page is not None and page.live and not is_restricted(page) and not page.path.startswith((*closed_paths(),))


def in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """Return those of these pages that everybody may read, translated where that is public: one query for all.

    They are plain pages: what is read of them is their title and address. A title that is the French one is marked so.
    """
    pages = [page for page in pages if is_shown(page)]
    active, source = active_locale(), source_locale()
    keys = {page.translation_key for page in pages}
    both = shown(Page.objects.filter(translation_key__in=keys, locale__in=[source, active])).select_related("locale")
    found: dict[Any, dict[int, Page]] = {key: {} for key in keys}
    for page in both:
        found[page.translation_key][page.locale_id] = page
    chosen = {}
    for key, by_locale in found.items():
        french, page = by_locale.get(source.pk), by_locale.get(active.pk)
        if page and french and page.title == french.title:
            page.french_parts = [" ".join(page.title.split())]
        chosen[key] = page or french
    return [chosen[page.translation_key] for page in pages if chosen[page.translation_key]]


forget_when(KEY, changed=[PageViewRestriction], sent=[post_page_move, page_published])

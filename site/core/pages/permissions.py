"""What a right to pages means where the same page stands in several languages.

Wagtail's rights go down a tree. Here each language is a tree that follows the French one: who publishes English may
write it, and change nothing that holds in all languages (facts, places in the tree, privacy).
"""

from typing import Any

from wagtail.models import Locale, Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permissions import policy_registry

from ..languages.localization import source_locale


def keeps_french(user: Any) -> bool:
    """Say whether a user publishes French pages, and so answers for what follows them in all languages."""
    if not user.is_active or user.is_superuser:
        return user.is_active
    return any(
        right.permission.codename == "publish_page"
        and (right.page.depth == 1 or right.page.locale_id == source_locale().pk)
        for right in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    )


def may_translate_into(user: Any, locale: Locale) -> bool:
    """Say whether a user may change texts of a language."""
    homes = Page.objects.filter(depth=2, locale=locale)
    return user.is_superuser or any(home.permissions_for_user(user).can_edit() for home in homes)


def may_publish_into(user: Any, locale: Locale) -> bool:
    """Say whether a user may bring texts of a language before readers."""
    homes = Page.objects.filter(depth=2, locale=locale)
    return user.is_superuser or any(home.permissions_for_user(user).can_publish() for home in homes)


class SitePagePermissionTester(PagePermissionTester):
    """Wagtail's, except that a translation keeps its place and the privacy of its French page.

    Privacy is set on the French page, for all languages, whoever asks.
    """

    @property
    def is_french(self) -> bool:
        """Say whether the page is of the tree that all others follow."""
        return self.page.locale_id == source_locale().pk

    def _keeps_tree(self) -> bool:
        return self.is_french or keeps_french(self.user)

    def can_set_view_restrictions(self) -> bool:
        """On French pages, who may publish them."""
        return self.is_french and super().can_set_view_restrictions()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """In other languages, who publishes French."""
        return super().can_delete(ignore_bulk) and self._keeps_tree()

    def can_add_subpage(self) -> bool:
        """In other languages, who publishes French."""
        return super().can_add_subpage() and self._keeps_tree()

    def can_publish_subpage(self) -> bool:
        """In other languages, who publishes French."""
        return super().can_publish_subpage() and self._keeps_tree()

    def can_reorder_children(self) -> bool:
        """In other languages, who publishes French."""
        return super().can_reorder_children() and self._keeps_tree()

    def can_copy(self) -> bool:
        """In other languages, who publishes French."""
        return super().can_copy() and self._keeps_tree()

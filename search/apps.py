"""The search page, its language analysis, its index and its engines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """What a visitor types, and what is found."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what is published, and let every page lead to the search page."""
        from core.kinds.searchable import register_search_page

        from . import checks  # noqa: F401
        from .indexing import following
        from .models import SearchPage

        following.connect()
        register_search_page(SearchPage)

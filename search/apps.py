"""The search page, its language analysis, its index and its engines."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """What a visitor types, and what is found."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the search page, and follow what is published."""
        from . import checks, kinds  # noqa: F401
        from .indexing import following

        following.connect()

"""The home page, editorial pages and questions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """What a visitor reads first, and what explains the rest."""

    name = "home"
    verbose_name = _("Home and editorial pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page types, and what else the loader may load."""
        from . import kinds  # noqa: F401
        from .loading import frame, front, words  # noqa: F401

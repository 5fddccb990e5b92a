"""The territory: strengths, hosts, offers, housing, partner universities, events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoireConfig(AppConfig):
    """What the département has to offer."""

    name = "territoire"
    verbose_name = _("Territory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the loader may load, what the editors' home shows and how pages are found and shared."""
        from . import loading, searching, sections, structured, waiting  # noqa: F401
        from .outlets import links, share_kit  # noqa: F401

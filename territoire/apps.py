"""The territory: strengths, hosts, offers, housing, partner universities, events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoireConfig(AppConfig):
    """What the département has to offer."""

    name = "territoire"
    verbose_name = _("Territory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the loader may load and what the editors' home shows."""
        from . import editors, loading  # noqa: F401

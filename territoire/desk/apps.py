"""The one-stop desk as an app of its own, with its own models, migrations and admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    """One address for placement, room, travel and papers."""

    name = "territoire.desk"
    label = "desk"
    verbose_name = _("One-stop desk")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the desk's page in the table of kinds."""
        from . import kinds  # noqa: F401

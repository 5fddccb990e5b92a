"""The territory: strengths, hosts, offers, housing, partner universities, events."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoireConfig(AppConfig):
    """What the département has to offer."""

    name = "territoire"
    verbose_name = _("Territory")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page types, the records that the loader may load, and what pages and the editors' home show."""
        from . import kinds, sections, waiting  # noqa: F401
        from .loading import records, register  # noqa: F401
        from .outlets import share_kit  # noqa: F401

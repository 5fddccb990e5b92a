"""The open API, over all apps."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """What programs read of the site."""

    name = "home.api"
    label = "api"
    verbose_name = _("Open data and API")

    def ready(self) -> None:
        """Tell of the page types in the table of kinds, and let every page lead to the description."""
        from core.web.navigation import register_foot_link

        from . import records

        records.register_all()
        register_foot_link(_("Open data and API"), "api-docs")

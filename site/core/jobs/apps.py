"""Jobs: deliveries and the timetable."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """What is done outside of requests."""

    name = "core.jobs"
    label = "jobs"
    verbose_name = _("Jobs")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Find what the apps have done: each says so in its `timetable.py`."""
        autodiscover_modules("timetable")

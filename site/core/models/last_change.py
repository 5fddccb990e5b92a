"""When readers' content last changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LastChange(models.Model):
    """The one moment at which anything that readers see was last changed: what `Last-Modified` says."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last change")
        verbose_name_plural = _("last changes")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

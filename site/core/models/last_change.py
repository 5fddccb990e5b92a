"""When content last changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LastChange(models.Model):
    """The moment at which anything that readers see was last changed, and that of each type of page or record."""

    subject = models.CharField(_("subject"), max_length=100, unique=True, default="")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("last change")
        verbose_name_plural = _("last changes")

    def __str__(self) -> str:
        return f"{self.subject} {self.at:%Y-%m-%d %H:%M}".strip()

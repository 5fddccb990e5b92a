"""How many tries were made: rows that say nothing to who reads the database, and that go when their time is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TryCount(models.Model):
    """The tries of one account, address or page in a stretch of time.

    In the database, because all processes of all machines must count alike, and no further server is needed for that.
    """

    # A keyed hash: neither an address nor a name is kept.
    key = models.CharField(_("hash of what is counted"), max_length=64, primary_key=True, editable=False)
    tries = models.IntegerField(_("number of tries"), editable=False)
    until = models.DateTimeField(_("counted until"), db_index=True, editable=False)

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self) -> str:
        return f"{self.tries}, {self.until:%Y-%m-%d %H:%M}"

"""Links that are given once and work for ever."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class PermanentLink(models.Model):
    """A code under which others link to a page, in whatever language: it outlives the page that it names.

    Pages that repeat each other year after year are one series: when the page of a link is over, the link leads to the
    series' current one.
    """

    code = models.CharField(_("code"), max_length=64, unique=True)
    translation_key = models.UUIDField(unique=True, editable=False)
    series = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    # Of a page that is deleted nothing else says what it was: "territoire.InternshipOfferPage".
    page_type = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("permanent link")
        verbose_name_plural = _("permanent links")

    def __str__(self) -> str:
        return self.code

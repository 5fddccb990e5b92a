"""Links that are given once and work for ever."""

import uuid

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..pages.address import absolute


class GivenLinks(models.Manager["PermanentLink"]):
    """Links that somebody may have: their page was public once."""

    def get_queryset(self) -> models.QuerySet["PermanentLink"]:
        """Leave out what is only reserved."""
        return super().get_queryset().filter(given=True)


class PermanentLink(models.Model):
    """A code under which others link to a page, in whatever language: it outlives the page that it names.

    Pages that repeat each other year after year are one series: when the page of a link is over, the link leads to the
    series' current one. A draft may have its code reserved (`every`): until the page is public there is no such link
    (`objects`), and nobody else gets the code.
    """

    code = models.CharField(_("code"), max_length=64, unique=True)
    translation_key = models.UUIDField(unique=True, editable=False)
    series = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    # Of a page that is deleted nothing else says what it was: "territoire.InternshipOfferPage".
    page_type = models.CharField(max_length=100, editable=False)
    given = models.BooleanField(default=True, editable=False)

    every = models.Manager()
    objects = GivenLinks()

    class Meta:
        verbose_name = _("permanent link")
        verbose_name_plural = _("permanent links")

    def __str__(self) -> str:
        return self.code

    @classmethod
    def named(cls, code: str, model: type[models.Model] | None = None) -> "PermanentLink | None":
        """Return the link of a code, in whatever case it is typed, if it is one to pages of this type."""
        links = cls.objects.filter(page_type=model._meta.label) if model else cls.objects.all()
        return links.filter(code__iexact=code).first() or links.filter(code__iexact=code.rstrip("._-")).first()

    @property
    def path(self) -> str:
        """The address on this site: "/o/LC41-2027-001"."""
        letter = apps.get_model(self.page_type).link_letter
        return reverse("permanent-link", kwargs={"letter": letter, "code": self.code})

    @property
    def url(self) -> str:
        """The whole address, which others may keep for ever."""
        return absolute(self.path)


class FormerAddress(models.Model):
    """An address of a page that was public and is deleted, in one language: it leads where the permanent link leads."""

    path = models.CharField(max_length=255, unique=True)  # as `Redirect.normalise_path` writes it
    link = models.ForeignKey(PermanentLink, models.CASCADE, related_name="former_addresses")
    language = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.path

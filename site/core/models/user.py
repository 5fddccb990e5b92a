"""People who work on the site."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):  # type: ignore[django-manager-missing]  # of Wagtail's pictures and documents, untyped
    """A communicator, translator, desk officer or administrator."""

    is_demo = models.BooleanField(
        _("demo account"), default=False, editable=False, help_text=_("Refused outside of a demo.")
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")

"""Signing in: the brake on guessing, and the second factor."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SigninConfig(AppConfig):
    """Who signs in is who they say."""

    name = "core.signin"
    label = "signin"
    verbose_name = _("Sign-in and second factor")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `watching` hear of each sign-in."""
        from . import watching

        watching.connect()

"""Who may sign in."""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from .models import User


class DemoAwareBackend(ModelBackend):
    """Django's own, but the demo's account, whose password is public, is refused wherever the site is not a demo.

    Refused at sign-in and at each later request, so a session carried over from a demo database ends too.
    """

    def user_can_authenticate(self, user: User) -> bool:
        """Say whether this account may sign in here."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

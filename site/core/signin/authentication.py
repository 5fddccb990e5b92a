"""Who may sign in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from ..models import User
from .accounts import name_for_log
from .brakes import TooManyTries, sign_in_tries
from .watching import logger


class DemoAwareBackend(ModelBackend):
    """Django's own, with a brake on guessing, but the demo's account, whose password is public, is refused wherever the
    site is not a demo.

    Refused at sign-in and at each later request, so a session carried over from a demo database ends too.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Return the account, or None; raise `TooManyTries`. A try is counted before the password is hashed."""
        if request is None or username is None or password is None:
            return super().authenticate(request, username, password, **kwargs)
        tries = sign_in_tries(request, username)
        try:
            tries.take()
        except TooManyTries:
            logger.warning("Sign-in refused, too many tries: account %s", name_for_log(username))
            raise
        user = super().authenticate(request, username, password, **kwargs)
        if user is not None:
            tries.give_back()
        return user

    def user_can_authenticate(self, user: User) -> bool:
        """Say whether this account may sign in here."""
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)

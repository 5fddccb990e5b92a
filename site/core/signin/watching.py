"""What is logged of sign-ins: that they failed or were refused, for which account, and nothing else.

What was typed as a name may be a password in the wrong field: only names of accounts are written, never an address.
"""

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from .accounts import name_for_log
from .factor import owes_factor

logger = logging.getLogger("signin")


def _failed(credentials: dict[str, Any], **kwargs: Any) -> None:
    logger.warning("Sign-in failed: account %s", name_for_log(credentials.get("username")))


def _signed_in(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    # One who knows the password alone is as good as anybody: their browsers are known with the factor (`views`).
    if request is not None and not owes_factor(user):
        request.signed_in = user


def connect() -> None:
    """Follow Django's signals of sign-in."""
    user_login_failed.connect(_failed, dispatch_uid="signin.failed")
    user_logged_in.connect(_signed_in, dispatch_uid="signin.signed-in")

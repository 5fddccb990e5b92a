"""Browsers in which an account has signed in before, told by a signed cookie that only the admin's addresses get."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .factor import has_factor

SALT = "signin.known-browser"
PATH = "/admin/"
KEPT = 180 * 24 * 3600  # seconds since the last sign-in


def _name(user: Any) -> str:
    return "known-" + hashlib.sha256(f"{SALT} {user.pk}".encode()).hexdigest()[:10]


def _salt(user: Any) -> str:
    # What was known by the password alone is not known any more once there is a second factor.
    return f"{SALT} {'factor' if has_factor(user) else 'password'}"


def known_browser(request: HttpRequest, user: Any) -> str | None:
    """Return what tells this browser from others, where the account has signed in with it, else None.

    An account with a second factor has signed in when both were given.
    """
    cookie = request.COOKIES.get(_name(user))
    if not cookie:
        return None
    try:
        pk, nonce = signing.loads(cookie, salt=_salt(user), max_age=KEPT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return nonce if pk == user.pk else None


def remember_browser(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Let the browser of somebody who has just signed in be known."""
    nonce = known_browser(request, user) or secrets.token_urlsafe(12)
    response.set_cookie(
        _name(user),
        signing.dumps([user.pk, nonce], salt=_salt(user)),
        max_age=KEPT,
        path=PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )

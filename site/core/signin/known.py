"""Browsers in which an account has signed in before, told by a signed cookie that only the admin's addresses get."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "signin.known-browser"
PATH = "/admin/"
KEPT = 180 * 24 * 3600  # seconds since the last sign-in


def _name(user: Any) -> str:
    return "known-" + hashlib.sha256(f"{SALT} {user.pk}".encode()).hexdigest()[:10]


def known_browser(request: HttpRequest, user: Any) -> str | None:
    """Return what tells this browser from others, where the account has signed in with it, else None."""
    try:
        pk, nonce = signing.loads(request.COOKIES.get(_name(user), ""), salt=SALT, max_age=KEPT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return nonce if pk == user.pk else None


def remember_browser(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Let the browser of somebody who has just signed in be known."""
    nonce = known_browser(request, user) or secrets.token_urlsafe(12)
    response.set_cookie(
        _name(user),
        signing.dumps([user.pk, nonce], salt=SALT),
        max_age=KEPT,
        path=PATH,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )

"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .navigation import navigation_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Add what is set for the whole site, and the lazy `navigation`, fetched only by pages that print it."""
    return {
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "may_be_signed_in": settings.SESSION_COOKIE_NAME in request.COOKIES,
        "tiles": {"url": settings.MAP_TILES_URL, "credit": settings.MAP_TILES_CREDIT},
        "navigation": navigation_of(request),
    }

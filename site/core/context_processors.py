"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .navigation import Navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Add `demo`, `tiles` and the lazy `navigation` (menus and settings, fetched only by pages that print them)."""
    return {
        "demo": settings.DEMO,
        "tiles": {"url": settings.MAP_TILES_URL, "credit": settings.MAP_TILES_CREDIT},
        "navigation": Navigation(request),
    }

"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from .navigation import Navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Add `demo`, `site_url` and the lazy `navigation` (menus and settings, fetched only by pages that print them)."""
    return {"demo": settings.DEMO, "site_url": settings.SITE_URL, "navigation": Navigation(request)}

"""Headers that every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

# A shared cache may keep a page this long (seconds); a browser always asks again, and gets 304.
SHARED_CACHE_SECONDS = 300


class PublicCacheMiddleware:
    """A page that is only read carries no cookie and may be kept by any proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark answers to anonymous readers as public."""
        response = self.get_response(request)
        if (
            request.method in {"GET", "HEAD"}
            and response.status_code == 200
            and not response.has_header("Cache-Control")
            and not response.cookies
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and not request.path.startswith("/admin/")
        ):
            response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={SHARED_CACHE_SECONDS}"
        return response


class DemoMiddleware:
    """A demo is for no search engine: every answer says noindex."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the site runs as a demo."""
        response = self.get_response(request)
        if settings.DEMO:
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

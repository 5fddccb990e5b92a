"""Headers that every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .publication import PublicationRefused

Handler = Callable[[HttpRequest], HttpResponse]

# A shared cache may keep a page this long (seconds); a browser always asks again, and gets 304.
SHARED_CACHE_SECONDS = 300


class PublicCacheMiddleware:
    """A page that is only read carries no cookie and may be kept by any proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark answers to anonymous readers as public, those to people who may be signed in as theirs alone."""
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.method not in {"GET", "HEAD"} or response.status_code != 200:
            return response
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if signed_in or response.cookies or request.path.startswith("/admin/"):
            response["Cache-Control"] = "private, no-cache"
        else:
            response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={SHARED_CACHE_SECONDS}"
        return response


class RefusalMiddleware:
    """A publication that a rule refuses on its way (a moderator approves it, say) ends in a message, not a failure.

    The transaction is rolled back by the exception; the editor reads why on the page's edit view.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say what the rule says."""
        if not isinstance(exception, PublicationRefused):
            return None
        for message in exception.messages:
            messages.error(request, f"{exception.page_title} — {message}" if exception.page_title else message)
        return redirect(exception.edit_url or "wagtailadmin_home")


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

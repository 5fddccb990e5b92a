"""The wall around settings for development, whose key and whose code everybody can read."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

# What this machine is called by itself, as ALLOWED_HOSTS writes it.
NAMES = ["localhost", "127.0.0.1", "[::1]"]
REFUSAL = """These are settings for development: they answer the machine on which they run, at http://localhost.
A site that others reach is served with DJANGO_SETTINGS_MODULE=config.settings.base (docs/settings.md).
"""
# What a proxy says that hands on the request of somebody else.
HANDED_ON = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


class ThisMachineMiddleware:
    """Refuses who comes from elsewhere, by another name or through a proxy, whatever address the server listens on.

    A name alone (ALLOWED_HOSTS) would not do: `runserver 0.0.0.0:8000` hears the network, and whoever asks writes
    "Host: localhost" as they please. It stands first, before pages and files.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 403 with a sentence, or let through."""
        if is_from_here(request):
            return self.get_response(request)
        return HttpResponseForbidden(REFUSAL, content_type="text/plain; charset=utf-8")


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a request was made on this machine, for it, and by nobody in between."""
    name = request.META.get("HTTP_HOST", "localhost").lower()
    name = name if name.endswith("]") else name.rsplit(":", 1)[0]
    try:
        here = ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        here = False
    return here and name in NAMES and not any(header in request.headers for header in HANDED_ON)

"""How often one address may ask the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.throttling import BaseThrottle

from core.limits.rates import Limit


class Throttle(Limit, BaseThrottle):
    """A limit of the site's, as Ninja asks for it.

    Ninja's own count reads, then writes: of two hundred requests at once it lets forty too many through.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and note on it what is left."""
        counted = self.count(request)
        request.api_limit = (self, counted)
        return counted.allowed

    def wait(self) -> None:
        """Nothing that the object knows: the request does."""
        return


# One object a stretch of work: searching costs more than reading a list.
READING = Throttle("read", settings.API_RATE)
SEARCHING = Throttle("search", settings.API_SEARCH_RATE)


def add_limit(request: HttpRequest, response: HttpResponse) -> None:
    """Say on an answer what its request's limit has left."""
    noted = getattr(request, "api_limit", None)
    if noted:
        limit, counted = noted
        limit.say(response, counted)

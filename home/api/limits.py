"""How often one address may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.throttling import SimpleRateThrottle

from core.limits.counters import count
from core.limits.visitors import client_network


class Limit(SimpleRateThrottle):
    """A number of requests in any stretch of time for each address; addresses are kept as long as that, no longer.

    Ninja's own count reads, then writes: of two hundred requests at once it lets forty too many through.
    """

    def __init__(self, name: str, rate: str) -> None:
        """`rate` is a number and a stretch: "120/m"."""
        super().__init__(rate)
        self.name = name

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and note on it what is left."""
        counted = count(f"api-{self.name} {client_network(request)}", self.num_requests, self.duration)
        request.api_limit = (self, counted)
        return counted.allowed

    def wait(self) -> None:
        """Nothing that the object knows: the request does."""
        return


# One object a stretch of work: searching costs more than reading a list.
READING = Limit("read", settings.API_RATE)
SEARCHING = Limit("search", settings.API_SEARCH_RATE)


def add_limit(request: HttpRequest, response: HttpResponse) -> None:
    """Say how many requests are allowed, how many are left, and to who is refused when to come back."""
    noted = getattr(request, "api_limit", None)
    if noted:
        limit, counted = noted
        response["RateLimit-Policy"] = f'"{limit.name}";q={limit.num_requests};w={limit.duration}'
        response["RateLimit"] = f'"{limit.name}";r={counted.left};t={counted.wait}'
        if not counted.allowed:
            response["Retry-After"] = str(counted.wait)

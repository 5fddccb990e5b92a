"""How often one address may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers)."""

import math
from copy import copy
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle

# Threads of a worker. Two workers may read the same count at once and let one request more through: no matter.
_one_at_a_time = Lock()


class Limit(AnonRateThrottle):
    """A number of requests in a stretch of time for each address; addresses are kept as long as that, no longer."""

    def __init__(self, name: str, rate: str) -> None:
        """`rate` is a number and a stretch: "120/m"."""
        super().__init__(rate)
        self.scope = f"api-{name}"
        self.name = name

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and note on it what is left."""
        # Ninja keeps what it counts on the object, which threads share.
        counted = copy(self)
        with _one_at_a_time:
            allowed = super(Limit, counted).allow_request(request)
        oldest = counted.history[-1] if counted.history else counted.now
        request.api_limit = {
            "name": self.name,
            "most": self.num_requests,
            "window": self.duration,
            "left": max(self.num_requests - len(counted.history), 0) if allowed else 0,
            "wait": max(math.ceil(oldest + self.duration - counted.now), 1),
        }
        return allowed

    def wait(self) -> None:
        """Nothing that the object knows: the request does."""
        return


# One object a stretch of work: searching costs more than reading a list.
READING = Limit("read", settings.API_RATE)
SEARCHING = Limit("search", settings.API_SEARCH_RATE)


def add_limit(request: HttpRequest, response: HttpResponse) -> None:
    """Say how many requests are allowed, and how many are left."""
    limit: dict[str, Any] | None = getattr(request, "api_limit", None)
    if limit:
        response["RateLimit-Policy"] = f'"{limit["name"]}";q={limit["most"]};w={limit["window"]}'
        response["RateLimit"] = f'"{limit["name"]}";r={limit["left"]};t={limit["wait"]}'

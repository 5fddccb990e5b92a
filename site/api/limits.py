"""How often one address may ask, and the headers that say so (draft-ietf-httpapi-ratelimit-headers)."""

import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle


class Limit(AnonRateThrottle):
    """A number of requests in a stretch of time for each address; addresses are kept as long as that, no longer."""

    def __init__(self, name: str, rate: str) -> None:
        """`rate` is a number and a stretch: "120/m"."""
        super().__init__(rate)
        self.scope = f"api-{name}"
        self.name = name

    def allow_request(self, request: HttpRequest) -> bool:
        """Count the request, and note on it what is left."""
        allowed = super().allow_request(request)
        oldest = self.history[-1] if self.history else self.now
        request.api_limit = {
            "name": self.name,
            "most": self.num_requests,
            "window": self.duration,
            "left": max(self.num_requests - len(self.history), 0) if allowed else 0,
            "wait": max(math.ceil(oldest + self.duration - self.now), 1),
        }
        return allowed


# One object a stretch of work: searching costs more than reading a list.
READING = Limit("read", settings.API_RATE)
SEARCHING = Limit("search", settings.API_SEARCH_RATE)


def add_limit(request: HttpRequest, response: HttpResponse) -> None:
    """Say how many requests are allowed, and how many are left."""
    limit: dict[str, Any] | None = getattr(request, "api_limit", None)
    if limit:
        response["RateLimit-Policy"] = f'"{limit["name"]}";q={limit["most"]};w={limit["window"]}'
        response["RateLimit"] = f'"{limit["name"]}";r={limit["left"]};t={limit["wait"]}'

"""Limits for what anybody may ask of the site, and the headers that say so (draft-ietf-httpapi-ratelimit-headers)."""

from django.http import HttpRequest, HttpResponse
from limits import RateLimitItem, parse

from .counters import Count, count
from .visitors import client_network

STRETCHES = {"s": "second", "m": "minute", "h": "hour", "d": "day"}


def rate(text: str, times: int = 1) -> RateLimitItem:
    """Return the rate that a setting names ("10/h"), `times` as wide."""
    amount, stretch = text.split("/")
    return parse(f"{int(amount) * times}/{STRETCHES[stretch]}")


class Limit:
    """A number of requests in any stretch of time for each address; addresses are kept as long as that, no longer."""

    def __init__(self, name: str, text: str) -> None:
        """`text` is a number and a stretch: "120/m"."""
        item = rate(text)
        self.name, self.most, self.seconds = name, item.amount, item.get_expiry()

    def count(self, request: HttpRequest) -> Count:
        """Count a request of its visitor's."""
        return count(f"{self.name} {client_network(request)}", self.most, self.seconds)

    def say(self, response: HttpResponse, counted: Count) -> None:
        """Say how many requests are allowed, how many are left, and to who is refused when to come back."""
        response["RateLimit-Policy"] = f'"{self.name}";q={self.most};w={self.seconds}'
        response["RateLimit"] = f'"{self.name}";r={counted.left};t={counted.wait}'
        if not counted.allowed:
            response["Retry-After"] = str(counted.wait)

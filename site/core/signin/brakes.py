"""The brake on guessing: how many tries somebody has, and how long they wait after them.

A try is counted before it is made and given back when it was right. What is counted, narrow before wide:

- account and address together: who mistypes waits, and nobody else does;
- the address alone, five times as much: one visitor who tries many accounts;
- the account alone, ten times as much: many addresses that try one account.

The last would let somebody with many addresses keep an editor out. So a browser in which the account has signed in
before is counted by itself (OWASP: device cookies): whatever others do, its tries are its own. With a second factor
this means with both: else each sign-in with the password alone would bring further tries at the code.
"""

import math
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from ..limits.rates import rate
from ..limits.visitors import client_network
from .accounts import account_of, folded
from .counting import DatabaseStorage
from .known import known_browser

BY_ADDRESS, BY_ACCOUNT = 5, 10
# A code has a million values: the account's own brake stands closer.
CODES_BY_ACCOUNT = 3

_store = DatabaseStorage()
_limiter = FixedWindowRateLimiter(_store)


class TooManyTries(Exception):
    """Somebody has tried too often; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True)
class Tries:
    """What one try is counted under, from narrow to wide."""

    counts: tuple[tuple[RateLimitItem, tuple[str, ...]], ...]

    def take(self) -> None:
        """Count a try; raise `TooManyTries` where there is none left, and then count nothing."""
        for position, (item, names) in enumerate(self.counts):
            if _limiter.hit(item, *names):
                continue
            for taken, of in self.counts[: position + 1]:
                _store.give_back(taken.key_for(*of))
            until = _limiter.get_window_stats(item, *names).reset_time
            raise TooManyTries(max(1, math.ceil(until - timezone.now().timestamp())))

    def give_back(self) -> None:
        """The try was right: forget the narrow count, and take this try from the wide ones."""
        (item, names), *wide = self.counts
        _limiter.clear(item, *names)
        for item, names in wide:
            _store.give_back(item.key_for(*names))


def _tries(door: str, name: str, address: str, *, by_name: int = BY_ACCOUNT) -> Tries:
    text = settings.SIGN_IN_RATE
    return Tries(
        (
            (rate(text), (door, name, address)),
            (rate(text, BY_ADDRESS), (door, "address", address)),
            (rate(text, by_name), (door, "name", name)),
        )
    )


def sign_in_tries(request: HttpRequest, username: str) -> Tries:
    """Return what a try at an account's password is counted under. A new password begins anew."""
    user = account_of(username)
    if user is not None and (browser := known_browser(request, user)):
        return Tries(((rate(settings.SIGN_IN_RATE), ("sign-in", "browser", browser, user.password)),))
    return _tries("sign-in", f"{folded(username)} {user.password if user else ''}", client_network(request))


def code_tries(request: HttpRequest) -> Tries:
    """Return what a try at the second factor of the person who is signed in is counted under."""
    name = str(request.user.pk)
    if browser := known_browser(request, request.user):
        return Tries(((rate(settings.SIGN_IN_RATE), ("code", "browser", browser)),))
    return _tries("code", name, client_network(request), by_name=CODES_BY_ACCOUNT)


def old_password_tries(request: HttpRequest) -> Tries:
    """Return what a try at the password of the person who is signed in is counted under."""
    return _tries("old-password", str(request.user.pk), client_network(request))


def restriction_tries(request: HttpRequest, kind: str, number: int) -> Tries:
    """Return what a try at the password of a restriction is counted under; pages and collections number their own."""
    return _tries(kind, str(number), client_network(request))


def reset_tries(request: HttpRequest, email: str) -> Tries:
    """Return what asking for a reset mail is counted under: known addresses and others alike."""
    text, name, address = settings.RESET_RATE, folded(email), client_network(request)
    return Tries(
        (
            (rate(text), ("reset", name)),
            (rate(text, BY_ADDRESS), ("reset", "address", address)),
        )
    )

"""The brake at the doors of which the views are not ours, and the page of those who have tried too often."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from .brakes import TooManyTries, Tries, old_password_tries, restriction_tries
from .known import PATH, remember_browser
from .refusing import too_many_tries
from .watching import logger

Handler = Callable[[HttpRequest], HttpResponse]


def _page_password(request: HttpRequest, kwargs: dict[str, Any]) -> tuple[Tries, str] | None:
    return _restriction("page", request, kwargs["page_view_restriction_id"])


def _collection_password(request: HttpRequest, kwargs: dict[str, Any]) -> tuple[Tries, str] | None:
    return _restriction("collection", request, kwargs["restriction_id"])


def _restriction(kind: str, request: HttpRequest, number: int) -> tuple[Tries, str]:
    return restriction_tries(request, kind, number), f"password of restricted {kind}, restriction {number}"


def _old_password(request: HttpRequest, kwargs: dict[str, Any]) -> tuple[Tries, str] | None:
    if not request.user.is_authenticated or not request.POST.get("password-old_password"):
        return None
    return old_password_tries(request), f"old password, account {request.user.get_username()}"


# Views that compare a password and lead on when it was right; sign-in itself is braked in `authenticate`.
GUARDED: dict[str, Callable[[HttpRequest, dict[str, Any]], tuple[Tries, str] | None]] = {
    "wagtailcore_authenticate_with_password": _page_password,
    "wagtaildocs_authenticate_with_password": _collection_password,
    "wagtailadmin_account": _old_password,
}


class BrakeMiddleware:
    """Counts tries at the guarded doors, and answers for those who have tried too often anywhere."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Settle what was counted; let the browser of somebody who has signed in wholly be known."""
        response = self.get_response(request)
        if guarded := getattr(request, "guarded", None):
            tries, door = guarded
            if 300 <= response.status_code < 400:
                tries.give_back()
            elif response.status_code < 500:
                logger.warning("Wrong %s", door)
        if (user := getattr(request, "signed_in", None)) and request.path.startswith(PATH):
            remember_browser(request, response, user)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Count a try at a guarded door before it is made."""
        door = GUARDED.get(request.resolver_match.view_name) if request.method == "POST" else None
        guarded = door(request, kwargs) if door else None
        if guarded is None:
            return None
        try:
            guarded[0].take()
        except TooManyTries as refusal:
            logger.warning("Refused, too many tries: %s", guarded[1])
            return too_many_tries(request, refusal.wait)
        request.guarded = guarded
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the time to wait."""
        if isinstance(exception, TooManyTries):
            return too_many_tries(request, exception.wait)
        return None

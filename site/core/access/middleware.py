"""Asks the table of guards before each view of the admin."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from .guards import guard_of, refuse_who_only_enters


class AccessMiddleware:
    """Refuses, before a view of the admin runs, what the table of guards refuses. Wagtail's own questions follow."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise `PermissionDenied` where a guard does. Who is not signed in is led to sign in by Wagtail."""
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            refuse_who_only_enters(request)
            guard_of(request.resolver_match.view_name)(request, kwargs)

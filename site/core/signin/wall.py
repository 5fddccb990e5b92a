"""The admin is closed to a session that owes the second factor: every address, but for the few that lead to it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.localization import get_localized_response

from .factor import has_factor, is_awaited

# What is open before the factor: signing in and out, a new password, the factor's two pages, words and icons.
OPEN = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "signin_give",
    "signin_set_up",
}
ADMIN = "admin/"  # how the routes of the admin begin


class FactorMiddleware:
    """Lets nobody past who owes the second factor. New addresses of the admin are closed without being named here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead to the factor; a program and a form that was sent are told so, and nothing is done for them."""
        match = request.resolver_match
        if not match.route.startswith(ADMIN) or match.view_name in OPEN:
            return None
        if not request.user.is_authenticated or not is_awaited(request.user):
            return None
        if request.headers.get("X-Requested-With") == "XMLHttpRequest" or not request.accepts("text/html"):
            return get_localized_response(_told, request)
        if request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(f"{_door(request)}?{urlencode({'next': request.get_full_path()})}")
        return get_localized_response(_asked, request)


def _door(request: HttpRequest) -> str:
    return reverse("signin_give" if has_factor(request.user) else "signin_set_up")


def _told(request: HttpRequest) -> HttpResponse:
    message = _("Nothing was saved: the second factor is asked for first.")
    return JsonResponse({"error": message, "error_message": message}, status=403)


def _asked(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "signin/first_the_factor.html", {"door": _door(request)}, status=403)

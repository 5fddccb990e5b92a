"""What people see who are refused, whose form was not accepted, or before whom something broke."""

import sys
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found
from wagtail.admin import auth
from wagtail.admin.localization import get_localized_response

from ..access.guards import Refused
from ..access.roles import ADMINISTRATION, PUBLISHING
from . import busy

# Whom to ask: the beginning of a view's name, and the role that may. Everything else is Administration's.
ROLES = (
    ("wagtailadmin_pages:", PUBLISHING),
    ("wagtailadmin_api:", PUBLISHING),
    ("wagtail_localize:", PUBLISHING),
    ("wagtail_bulk_action", PUBLISHING),
    ("wagtailsnippets", PUBLISHING),
    ("wagtailimages", PUBLISHING),
    ("wagtaildocs", PUBLISHING),
)
# What programs fetch: a page in its place would be read as a broken file.
AS_PROBLEM = {".json", ".jsonld"}
AS_TEXT = {".atom", ".csv", ".ics", ".pdf"}


def role_for(view_name: str) -> str:
    """Return the name of the role that may do what a view does."""
    return next((role for prefix, role in ROLES if view_name.startswith(prefix)), ADMINISTRATION)


@requires_csrf_token
def refused(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 403: in the admin what happened, who may do it and a way back, else a page of the site."""
    reason = _reason(exception)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        text = reason or _("You may not do this.")
        return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
    match = request.resolver_match
    role = role_for(match.view_name if match else "")
    user = getattr(request, "user", None)
    # Who has the role already is told the reason alone.
    context = {"reason": reason, "role": "" if user and user.groups.filter(name=role).exists() else role}
    return _answer(request, "refused", context, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that was opened before somebody signed in or out, or in a browser without cookies."""
    return _answer(request, "csrf_failed", {}, 403)


def not_read(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Answer 400 with a page that needs no database: a name of the site that is none ends here too.

    Programs that ask the API get a problem (RFC 9457), as for whatever else is wrong there.
    """
    if request.path.startswith("/api/"):
        told = {"title": "Bad request", "status": 400, "detail": "The request cannot be read."}
        return JsonResponse(told, status=400, content_type="application/problem+json")
    return HttpResponseBadRequest(render_to_string("400.html", {"admin": request.path.startswith("/admin/")}))


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 in the form of what was asked for: a file, else a page."""
    kind = PurePosixPath(request.path).suffix
    if request.path.startswith("/admin/") or kind not in AS_PROBLEM | AS_TEXT:
        return page_not_found(request, exception)
    return refuse_file(request, 404, "Not found", _("This page is not here"))


def refuse_file(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Refuse a file: as a problem in English (RFC 9457) where JSON was asked for, else by a text to its reader."""
    if PurePosixPath(request.path).suffix in AS_PROBLEM:
        told = {"title": title, "status": status}
        return JsonResponse(told, status=status, content_type="application/problem+json")
    text = f"{text}\n{settings.SITE_URL}/\n"
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs nothing: neither database nor catalogue; 503 where the database was locked."""
    if busy.is_busy(sys.exc_info()[1]):
        return busy.answer(request)
    name = "core/admin/500.html" if request.path.startswith("/admin/") else "500.html"
    return HttpResponseServerError(render_to_string(name))


def _reason(exception: BaseException | None) -> str:
    """Return the sentence with which a guard refused; Wagtail raises anew in its place."""
    while exception is not None:
        if isinstance(exception, Refused):
            return str(exception.args[0])
        exception = exception.__context__
    return ""


def _answer(request: HttpRequest, name: str, context: dict[str, str], status: int) -> HttpResponse:
    user = getattr(request, "user", None)
    if not request.path.startswith("/admin/"):
        return render(request, f"core/{name}.html", context, status=status)
    if user is None or not user.has_perm("wagtailadmin.access_admin"):
        return render(request, f"core/admin/{name}.html", context | {"frame": "core/admin/alone.html"}, status=status)
    context |= {"frame": "wagtailadmin/base.html", "back": _back(request)}
    # In the language that the person chose for the admin.
    return get_localized_response(
        lambda asked: render(asked, f"core/admin/{name}.html", context, status=status), request
    )


def _back(request: HttpRequest) -> str:
    """Return the page of the admin from which somebody came."""
    came_from = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if here and came_from != request.build_absolute_uri() else ""


def _refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def connect() -> None:
    """Let Wagtail answer a refusal with 403 and the page above; it has no setting for that.

    It would send people to the admin's home with a sentence, which says neither what nor who, and answers 302 to
    programs that watch for refusals.
    """
    auth.permission_denied = _refuse

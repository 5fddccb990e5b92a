"""When the database does not answer in time: 503, and the truth about what was being sent.

A writer on SQLite waits twenty seconds for another; then its request fails, wherever it was. What was posted to the
admin is taken back whole, unless it was already committed; the page says which, and what was typed stands in it to be
sent again, because a browser's back button loses what an editor's scripts held.
"""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

RETRY = 30  # seconds
# What an OperationalError says when something is missing or was asked wrongly, which no waiting mends.
BROKEN = (
    *("no such", "does not exist", "has no column", "readonly", "unable to open", "disk"),
    *("syntax error", "unterminated", "malformed"),
)


def is_busy(error: BaseException | None) -> bool:
    """Say whether an error means that the database is locked or away for the moment."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return not any(sign in str(error) for sign in BROKEN)


def answer(request: HttpRequest) -> HttpResponse:
    """Answer 503 and say whether something was saved. Nothing here asks the database."""
    saved = getattr(request, "committed", False)
    sent = request.method == "POST"
    # Only what stood in one transaction is known to be taken back.
    lost = sent and not saved and getattr(request, "in_one_transaction", False)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest" or not request.accepts("text/html"):
        message = _("The site was busy. Please try again in a moment.")
        told: dict[str, Any] = {"success": False, "error_code": "busy", "error_message": message}
        response: HttpResponse = JsonResponse(told, status=503)
    else:
        again = _sent_again(request) if sent and not saved else None
        context = {"saved": saved, "sent": sent, "lost": lost, "again": again, "address": request.get_full_path()}
        response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY)
    response["Cache-Control"] = "no-store"
    return response


def _sent_again(request: HttpRequest) -> list[tuple[str, str]] | None:
    """Return the fields of what was sent, or None where it cannot be sent again from a page: files, passwords."""
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except Exception:
        return None
    # A password, or a code of the second factor, is not written into a page.
    secret = any("password" in name or name == "code" for name, _value in fields)
    return None if files or secret or not fields else fields

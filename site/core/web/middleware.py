"""Headers that every answer carries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.core.exceptions import BadRequest
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate, get_language, get_language_from_path
from wagtail.admin.utils import get_valid_next_url_from_request

from ..admin.media_library import StillUsed
from ..languages.localization import asked_language
from ..pages.placement import Misplaced
from ..pages.publication import PublicationRefused
from ..translation.po_files import refuse_malformed

Handler = Callable[[HttpRequest], HttpResponse]

# Nothing is published there, and a password is hashed or a mail sent: on SQLite a transaction would keep all others
# from writing meanwhile, and what a brake has counted would be taken back with it.
WITHOUT_TRANSACTION = {
    "signin_factor",
    "signin_give",
    "signin_set_up",
    "wagtailadmin_account",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_confirm",
}

# What an editor types is shown to them alone, many times a minute.
PREVIEWS = (":preview_on_add", ":preview_on_edit")

# What is said of a number, a day or a text that no column can hold: by Django, SQLite and PostgreSQL.
NOBODYS = ("expected a number", "datatype mismatch", "out of range", "cannot contain NUL")

# A shared cache may keep a page this long (seconds); a browser always asks again, and gets 304.
SHARED_CACHE_SECONDS = 300


class LanguageMiddleware(LocaleMiddleware):
    """Django's, except that an address outside of the languages' trees speaks the language that our own rule says.

    And where such an address says 404, it means it: Django would lead the reader of `/api/v1/offers/unknown` to
    `/fr/api/v1/offers/unknown`, a page of nothing.
    """

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Choose the language: the address's, the admin's as Django has it, else the asked one.

        An address that no page has is refused: PostgreSQL refuses a text with a NUL by an error.
        """
        if "\0" in request.path_info:
            raise BadRequest("An address with a NUL.")
        if request.path_info.startswith("/admin/") or get_language_from_path(request.path_info):
            return super().process_request(request)
        activate(asked_language(request))
        request.LANGUAGE_CODE = get_language()
        return None

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Let what a view answered stand."""
        if response.status_code == 404 and request.resolver_match is not None:
            response.headers.setdefault("Content-Language", get_language())
            if not get_language_from_path(request.path_info):
                patch_vary_headers(response, ["Accept-Language"])
            return response
        return super().process_response(request, response)


class PublicCacheMiddleware:
    """A page that is only read carries no cookie and may be kept by any proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark answers to anonymous readers as public, those to people who may be signed in as theirs alone."""
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.method not in {"GET", "HEAD"} or response.status_code != 200:
            return response
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if signed_in or response.cookies or request.path.startswith("/admin/"):
            response["Cache-Control"] = "private, no-cache"
        else:
            response["Cache-Control"] = f"public, max-age=0, must-revalidate, s-maxage={SHARED_CACHE_SECONDS}"
        return response


class BodyLimitMiddleware:
    """Nobody sends more than the site asks for: files come from people who are signed in to the admin.

    The door refuses the same (docker/nginx.conf); a site without one would write 200 MB of anybody to its disk.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse by the announced length: a body without one is not read at all (WSGI)."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or len(length) > 12 or int(length) > self._most(request, int(length)):
            return render(request, "413.html", status=413)
        return self.get_response(request)

    def _most(self, request: HttpRequest, length: int) -> int:
        """The session is asked for only where it matters: a cookie alone says nothing."""
        inside = request.path_info.startswith("/admin/") and not request.path_info.startswith(
            settings.STRICT_ADMIN_PREFIXES
        )
        large = length > settings.MOST_SENT and inside and get_user(request).is_authenticated
        return settings.MOST_SENT_TO_ADMIN if large else settings.MOST_SENT


class HeadMiddleware:
    """HEAD is answered as GET is, in every header, without a body (RFC 9110, section 9.3.2).

    Django answers it without ETag and sends the body, which gunicorn drops with a warning each time.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Ask for the whole, and send nothing of it."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = request.META["REQUEST_METHOD"] = "GET"
        request.META.pop("HTTP_RANGE", None)  # a part of nothing: the standard knows ranges of GET alone
        response = self.get_response(request)
        request.method = request.META["REQUEST_METHOD"] = "HEAD"
        if response.streaming:
            response.streaming_content = []  # what was to be sent is closed by the server, with the response
        else:
            response.content = b""
        return response


class RefusalMiddleware:
    """What an editor does happens whole or not at all; a publication that a rule refuses ends in a message.

    Wagtail's editor publishes without a transaction. When French is refused on its way, because a language cannot
    follow or a moderator approves what no longer fits, all of it is taken back, and what was typed is kept as a draft.
    It stands last, for it calls the view.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer what is posted to the admin in one transaction."""
        if request.method != "POST" or not request.path.startswith("/admin/"):
            return None
        name = request.resolver_match.view_name
        if name in WITHOUT_TRANSACTION or name.endswith(PREVIEWS):
            return None
        if refused := refuse_malformed(request):
            return refused
        try:
            with _one_transaction(request):
                return view(request, *args, **kwargs)
        except Misplaced as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
        except StillUsed as refusal:
            messages.error(request, refusal.args[0])
            return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
        except PublicationRefused as refusal:
            for message in refusal.sentences:
                messages.error(request, f"{refusal.page_title} — {message}" if refusal.page_title else message)
            if "action-publish" not in request.POST:
                return redirect(refusal.edit_url or "wagtailadmin_home")
        except (OverflowError, ValueError, DatabaseError) as error:
            if not _is_nobodys(error):
                raise
            raise BadRequest("A number or a day that no database has.") from error
        typed = request.POST.copy()
        del typed["action-publish"]
        request.POST = typed
        with _one_transaction(request):
            return view(request, *args, **kwargs)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """An address with a day of the year 1 or a number of letters is a bad request, not a fault of the site."""
        if request.path.startswith("/admin/") and _is_nobodys(exception):
            raise BadRequest("A number or a day that no database has.") from exception


def _is_nobodys(error: Exception) -> bool:
    told = isinstance(error, (ValueError, DatabaseError)) and any(sign in str(error) for sign in NOBODYS)
    return told or isinstance(error, OverflowError)


@contextmanager
def _one_transaction(request: HttpRequest) -> Iterator[None]:
    """A transaction that notes on the request whether it was committed, for the page of who meets a locked database."""
    request.in_one_transaction, request.committed = True, False
    with transaction.atomic():
        # Before all else that waits for the commit, and may fail after it.
        transaction.on_commit(lambda: setattr(request, "committed", True))
        yield


class DemoMiddleware:
    """A demo is for no search engine: every answer says noindex."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the site runs as a demo."""
        response = self.get_response(request)
        if settings.DEMO:
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

"""The API's addresses: its operations, its description and its page to read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from core.pages.address import with_query

from .api import api, with_headers
from .docs import documentation
from .problems import problem

View = Callable[..., HttpResponse]
METHODS = ("GET", "HEAD", "OPTIONS")


def read_only(view: View) -> View:
    """Answer HEAD like GET (the server leaves the body out), OPTIONS with what there is, and refuse all else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"
            response = view(request, *args, **kwargs)
            request.method = "HEAD"
            return response
        if request.method == "GET":
            return view(request, *args, **kwargs)
        asked = request.method == "OPTIONS"
        response = HttpResponse(status=204) if asked else problem(405, "This API is read-only.")
        response["Allow"] = ", ".join(METHODS)
        return response

    answer.csrf_exempt = True
    return answer


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Say 404 as a program reads it; a slash too many is left out."""
    if rest.endswith("/"):
        return HttpResponseRedirect(with_query(request.path.rstrip("/"), request, without=()))
    return with_headers(request, problem(404, "There is nothing under this address. See /api/v1/docs."))


_patterns, _app_name, _namespace = api.urls
for _pattern in _patterns:
    _pattern.callback = read_only(_pattern.callback)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("docs", require_safe(documentation), name="api-docs"),
    path("", include((_patterns, _app_name), namespace=_namespace)),
    re_path("^(?P<rest>.*)$", read_only(nothing_here)),
]

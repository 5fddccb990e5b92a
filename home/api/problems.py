"""Errors that a program can read: `application/problem+json` (RFC 9457), with every wrong parameter named."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, Throttled, ValidationError

logger = logging.getLogger("api")
MEDIA_TYPE = "application/problem+json"
UNDERSTOOD_NOT = "Some parameters cannot be understood; see `errors`."
TITLES = {
    404: "Not found",
    405: "Method not allowed",
    410: "Gone",
    422: "Wrong parameters",
    429: "Too many requests",
    500: "Server error",
}


class ParameterError(Schema):
    """One parameter that is wrong."""

    parameter: str
    detail: str


class Problem(Schema):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str
    errors: list[ParameterError] = []


class WrongParameters(Exception):
    """Raised with {parameter: what is wrong with it}; 404 where each is right and nothing fits them together."""

    def __init__(self, errors: dict[str, str], status: int = 422) -> None:
        super().__init__(str(errors))
        self.errors, self.status = errors, status


class Gone(Exception):
    """Raised for a record that was taken back."""


def problem(status: int, detail: str, errors: dict[str, str] | None = None) -> HttpResponse:
    """Return a problem as an answer."""
    found = [ParameterError(parameter=name, detail=text) for name, text in (errors or {}).items()]
    data = Problem(title=TITLES.get(status, "Error"), status=status, detail=detail, errors=found)
    return JsonResponse(
        data.model_dump(exclude_defaults=True), status=status, content_type=MEDIA_TYPE, json_dumps_params={"indent": 1}
    )


def _wrong(request: HttpRequest, error: WrongParameters) -> HttpResponse:
    texts = {422: UNDERSTOOD_NOT, 404: "Nothing fits these; see `errors`."}
    return problem(error.status, texts[error.status], error.errors)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    found = {_parameter(entry["loc"]): str(entry["msg"]) for entry in error.errors}
    return problem(422, UNDERSTOOD_NOT, found)


def _parameter(place: tuple[Any, ...]) -> str:
    """Return the parameter in a place that pydantic names: ("query", "filters", "french") or (…, "field", 0)."""
    names = [part for part in place if isinstance(part, str)]
    return names[-1]


def _absent(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(404, str(error) or "There is nothing under this address.")


def _gone(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(410, str(error))


def _throttled(request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(429, "Wait as many seconds as `Retry-After` says.")


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.exception("The API failed at %s", request.path, exc_info=error)
    return problem(500, "Something went wrong here. It was noted.")


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


def register(api: NinjaAPI, with_headers: Callable[[HttpRequest, HttpResponse], HttpResponse]) -> None:
    """Let the API answer errors as problems, with the headers that all its answers have."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        WrongParameters: _wrong,
        ValidationError: _invalid,
        Http404: _absent,
        Gone: _gone,
        Throttled: _throttled,
        HttpError: _other,
        Exception: _failed,
    }
    for kind, handler in handlers.items():

        def answer(request: HttpRequest, error: Any, made: Callable[..., HttpResponse] = handler) -> HttpResponse:
            return with_headers(request, made(request, error))

        api.add_exception_handler(kind, answer)

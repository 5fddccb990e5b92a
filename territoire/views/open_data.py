"""The open data file of offers, as CSV and JSON, with the schema and licence that go with it."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.address import absolute
from core.changes import last_change, say_last_change

from ..open_data import COLUMNS, LICENCE, data_package, rows, table_schema


class _Line:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def offers_csv(request: HttpRequest) -> HttpResponse:
    """All offers as CSV (RFC 4180), line by line."""
    write = csv.writer(_Line()).writerow

    def lines() -> Iterator[str]:
        yield write([column.name for column in COLUMNS])
        for row in rows():
            yield write([_cell(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return _described(response, "offres-stage-loir-et-cher.csv")


def _cell(value: Any) -> str:
    """Write a value as a Table Schema reads it: true and false, ISO 8601 dates, nothing for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@require_safe
def offers_json(request: HttpRequest) -> HttpResponse:
    """All offers as JSON, record by record, after the licence and the date."""
    head = {"licence": LICENCE, "updated": last_change().isoformat(), "schema": _schema_url()}
    names = [column.name for column in COLUMNS]

    def pieces() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "data": ['
        for place, row in enumerate(rows()):
            record = dict(zip(names, row, strict=True))
            yield (",\n" if place else "\n") + json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False)
        yield "\n]}\n"

    response = StreamingHttpResponse(pieces(), content_type="application/json; charset=utf-8")
    return _described(response, "offres-stage-loir-et-cher.json")


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The Table Schema of the file."""
    return JsonResponse(table_schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def package(request: HttpRequest) -> JsonResponse:
    """The file's data package: title, licence, date."""
    described = data_package(last_change().isoformat())
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _schema_url() -> str:
    return absolute(reverse("data-schema"))


def _described(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    """Say with the file where its schema and its licence are (RFC 8288), and when it last changed."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Language"] = settings.LANGUAGE_CODE
    response["Link"] = f'<{_schema_url()}>; rel="describedby", <{LICENCE["path"]}>; rel="license"'
    say_last_change(response)
    return response

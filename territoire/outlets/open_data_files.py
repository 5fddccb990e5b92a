"""The open data file of offers, as CSV (for programs, and for a spreadsheet) and JSON, with its schema and licence."""

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.files.downloads import name_file
from core.pages.address import absolute
from core.web.last_modified import say_last_change

from .catalogue.table import changed
from .open_data import COLUMNS, LICENCE, data_package, rows, table_schema

# By it a spreadsheet knows that a file is UTF-8.
BYTE_ORDER_MARK = "\ufeff"
# What begins a formula, also in full width, and what a spreadsheet skips before one.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")


class _Line:
    """What `csv` writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


@require_safe
def offers_csv(request: HttpRequest) -> HttpResponse:
    """All offers as CSV for programs (RFC 4180), line by line: each text is as it was written."""
    response = StreamingHttpResponse(_lines(_cell, ","), content_type="text/csv; charset=utf-8")
    return _described(response, "offres-stage-loir-et-cher.csv")


@require_safe
def offers_spreadsheet(request: HttpRequest) -> HttpResponse:
    """All offers as CSV that a French spreadsheet opens by a click, and in which no text is a formula."""

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from _lines(_spreadsheet_cell, ";")

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    return _described(response, "offres-stage-loir-et-cher-tableur.csv", fits_schema=False)


def _lines(cell: Callable[[Any], str], delimiter: str) -> Iterator[str]:
    write = csv.writer(_Line(), delimiter=delimiter).writerow
    yield write([fact.column.name for fact in COLUMNS])
    for row in rows():
        yield write([cell(value) for value in row])


def _spreadsheet_cell(value: Any) -> str:
    """Write a value as a French spreadsheet reads it: oui and non, a decimal comma, Paris time, no formula.

    Source of what begins a formula: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, dt.datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, str) and (value[:1] in CONTROLS or value.lstrip().startswith(FORMULA)):
        return f"'{value}"
    return _cell(value)


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
    head = {"licence": LICENCE, "updated": changed("offres"), "schema": _schema_url()}
    names = [fact.column.name for fact in COLUMNS]

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
    described = data_package(changed("offres"))
    return JsonResponse(described, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _schema_url() -> str:
    return absolute(reverse("data-schema"))


def _described(response: StreamingHttpResponse, name: str, *, fits_schema: bool = True) -> StreamingHttpResponse:
    """Say with the file where its licence and the schema that it fits are (RFC 8288), and when it last changed."""
    name_file(response, name, download=True)
    response["Content-Language"] = settings.LANGUAGE_CODE
    schema = f'<{_schema_url()}>; rel="describedby", ' if fits_schema else ""
    response["Link"] = f'{schema}<{LICENCE["path"]}>; rel="license"'
    say_last_change(response)
    return response

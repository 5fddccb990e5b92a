"""The API's description as a page to read, without a script and without anything from another site."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from .api import api
from .description import ABOUT, POINTS


def documentation(request: HttpRequest) -> HttpResponse:
    """Print each operation with its parameters and its example. In English, which whoever programs reads."""
    with translation.override("en"):
        request.LANGUAGE_CODE = "en"
        schema = api.get_openapi_schema()
        context = {
            "schema": schema,
            "groups": _groups(schema),
            "about": {"text": ABOUT, "points": POINTS},
            "base": settings.SITE_URL,
        }
        response = render(request, "api/docs.html", context)
    response["Content-Language"] = "en"
    return response


def _groups(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the operations by their tag."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        operation = methods["get"]
        example = operation["responses"]["200"]["content"]["application/json"]["example"]
        groups.setdefault(operation["tags"][0], []).append(
            {
                "path": path,
                "id": operation["operationId"],
                "summary": operation["summary"],
                "description": operation["description"],
                "parameters": [_parameter(entry) for entry in operation["parameters"]],
                "example_url": path.replace("{code}", str(example.get("id", ""))),
                "example": json.dumps(example, ensure_ascii=False, indent=2),
            }
        )
    return [{"name": name, "operations": operations} for name, operations in groups.items()]


def _parameter(entry: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter with its values, as a reader needs them."""
    schema = entry["schema"]
    options = [schema, *schema.get("anyOf", []), schema.get("items", {})]
    values = next((option["enum"] for option in options if "enum" in option), [])
    constant = next((option["const"] for option in options if "const" in option), None)
    return {
        "name": entry["name"],
        "where": entry["in"],
        "description": entry.get("description") or schema.get("description", ""),
        "values": [value for value in values if value != ""] or ([constant] if constant else []),
        "many": schema.get("type") == "array",
        "default": schema.get("default") or "",
    }

"""The addresses of the catalogue and of the aids."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from core.models import SiteSettings
from core.pages.address import absolute
from core.web.last_modified import last_change, say_last_change

from ..open_data import LICENCE
from . import aids as aids_as_data
from .dcat import catalogue
from .table import changed

JSON_LD = "application/ld+json"


def _answer(data: Any, content_type: str = "application/json") -> JsonResponse:
    response = JsonResponse(data, content_type=content_type, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Language"] = settings.LANGUAGE_CODE
    return response


@require_safe
def catalog(request: HttpRequest) -> JsonResponse:
    """The catalogue of all data sets (DCAT-AP, JSON-LD), as data.gouv.fr harvests it."""
    with translation.override(settings.LANGUAGE_CODE):
        response = _answer(catalogue(SiteSettings.asked(request), last_change()), JSON_LD)
    say_last_change(response)
    return response


@require_safe
def aids(request: HttpRequest) -> JsonResponse:
    """All aids that have not ended, as betagouv/aides-jeunes reads its benefits."""
    schema = absolute(reverse("data-aids-schema"))
    head = {"licence": LICENCE, "updated": changed("aides"), "schema": schema}
    response = _answer({**head, "benefits": aids_as_data.benefits()})
    response["Link"] = f'<{schema}>; rel="describedby", <{LICENCE["path"]}>; rel="license"'
    say_last_change(response)
    return response


@require_safe
def aids_schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of the aids."""
    return _answer(aids_as_data.schema(), "application/schema+json")

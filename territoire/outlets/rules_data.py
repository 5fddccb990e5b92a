"""The open data file of the register: each rule in all languages with its source, and every figure with its day."""

from collections import defaultdict
from typing import Any

from django.db.models import F
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from core.web.last_modified import say_last_change

from ..models import Figure, Rule
from .catalogue.table import changed
from .open_data import LICENCE


@require_safe
def rules_json(request: HttpRequest) -> JsonResponse:
    """All rules and figures as JSON, after the licence and the date."""
    said: dict[str, dict[str, Rule]] = defaultdict(dict)
    for rule in Rule.objects.annotate(language=F("locale__language_code")):
        said[rule.reference][rule.language] = rule
    data = {
        "licence": LICENCE,
        "updated": changed("regles"),
        "rules": [_rule(reference, by_language) for reference, by_language in said.items() if "fr" in by_language],
        "figures": [_figure(figure) for figure in Figure.objects.all()],
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Link"] = f'<{LICENCE["path"]}>; rel="license"'
    say_last_change(response)
    return response


def _rule(reference: str, by_language: dict[str, Rule]) -> dict[str, Any]:
    french = by_language["fr"]
    return {
        "id": reference,
        "title": {language: rule.title for language, rule in by_language.items()},
        "statement": _texts("statement_text", by_language),
        "meaning": _texts("meaning_text", by_language),
        "source": french.source,
        "source_url": french.source_url,
        "checked_on": french.checked_on,
        "confirmed": french.is_confirmed,
    }


def _texts(name: str, by_language: dict[str, Rule]) -> dict[str, str]:
    """Return a text in each language, its numbers written as that language does."""
    found = {}
    for language, rule in by_language.items():
        with translation.override(language):
            found[language] = getattr(rule, name)
    return {language: text for language, text in found.items() if text}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.code,
        "value": float(figure.value),
        "valid_from": figure.valid_from,
        "source": figure.source,
        "source_url": figure.source_url or None,
        "confirmed": not figure.to_be_validated,
    }

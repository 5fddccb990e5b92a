"""Texts of a territory file as StreamField content."""

import uuid
from typing import Any

from django.conf import settings
from django.utils.html import escape

SOURCE = settings.LANGUAGE_CODE


def source_text(texts: dict[str, str] | None) -> str:
    """Return the French text of {language: text}, or ""."""
    return (texts or {}).get(SOURCE, "")


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return a block of a stream. Every block has an id: without one, translators would get nothing to translate."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def items(values: list[Any]) -> list[dict[str, Any]]:
    """Return the items of a list block."""
    return [block("item", value) for value in values]


def paragraphs(texts: dict[str, str] | None) -> list[dict[str, Any]]:
    """Return a body of one text block; blank lines separate paragraphs."""
    text = source_text(texts)
    if not text:
        return []
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return [block("prose", "".join(f"<p>{escape(part)}</p>" for part in parts))]


def first_sentence(text: str) -> str:
    """Return a text's first sentence, for descriptions."""
    head, mark, _rest = text.partition(". ")
    return f"{head}." if mark else head

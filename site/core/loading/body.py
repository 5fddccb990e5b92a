"""Texts of a territory file as field values and StreamField content, in the language that is being written."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import escape

SOURCE = settings.LANGUAGE_CODE
# Stands for a text that the file does not have in this language, so that the blocks around it stay the same.
MISSING = "\ue0ff"
IDS = uuid.UUID("0f5a7f0e-3f43-4c52-8a0c-0d5a4bb7b4b1")


@dataclass
class Pen:
    """One record in one language: its blocks so far, whether it has texts at all, and whether any in this language."""

    language: str
    name: str
    blocks: int = 0
    asked: bool = False
    found: bool = False


_pen: ContextVar[Pen] = ContextVar("pen")


@contextmanager
def writing(language: str, name: str) -> Iterator[Pen]:
    """Write the record of this name in a language.

    Its blocks get the same ids in every language and at every load: by them translations find their text.
    """
    pen = Pen(language, name)
    token = _pen.set(pen)
    try:
        yield pen
    finally:
        _pen.reset(token)


def text_of(texts: dict[str, Any] | None) -> Any:
    """Return the text of {language: text} in the language that is being written; "" where the file has none at all.

    Lists of texts ({language: [text, …]}) come back as a list.
    """
    if not texts:
        return ""
    pen, source = _pen.get(), texts[SOURCE]
    pen.asked = True
    if pen.language in texts:
        pen.found = True
        return texts[pen.language]
    return [MISSING] * len(source) if isinstance(source, list) else MISSING


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return a block of a stream. Every block has an id: without one, translators would get nothing to translate."""
    pen = _pen.get()
    pen.blocks += 1
    return {"type": kind, "value": value, "id": str(uuid.uuid5(IDS, f"{pen.name}/{pen.blocks}"))}


def items(values: list[Any]) -> list[dict[str, Any]]:
    """Return the items of a list block."""
    return [block("item", value) for value in values]


def paragraphs(texts: dict[str, str] | None) -> list[dict[str, Any]]:
    """Return a body of one text block; blank lines separate paragraphs."""
    text = text_of(texts)
    if not text:
        return []
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return [block("prose", "".join(f"<p>{escape(part)}</p>" for part in parts))]


def first_sentence(text: str) -> str:
    """Return a text's first sentence, for descriptions."""
    head, mark, _rest = text.partition(". ")
    return f"{head}." if mark else head

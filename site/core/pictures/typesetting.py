"""Documents and pictures that are set in type, by Typst: it brings its fonts and needs no system library.

A source stands beside the code that fills it (`territoire/outlets/`). What it prints comes as data, never as markup:
nothing that an editor writes can be read as a command.
"""

import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import typst

logger = logging.getLogger(__name__)


def typeset_pdf(source: Path, data: dict[str, Any], fonts: Path | None = None) -> bytes:
    """Return a tagged, accessible PDF (PDF/UA-1, ISO 14289-1). `fonts` is a folder of more fonts than Typst's own.

    Where a text has a character that no font shows (an emoji), it is tagged all the same and claims no conformance.
    """
    options: dict[str, Any] = {"format": "pdf", "font_paths": [fonts] if fonts else []}
    try:
        return _compile(source, data, {}, pdf_standards=["ua-1"], **options)
    except typst.TypstError as error:
        logger.warning("%s: %s", source.name, error)
        return _compile(source, data, {}, **options)


def typeset_untagged(source: Path, data: dict[str, Any], fonts: Path) -> tuple[bytes, bool]:
    """Return a PDF without tags, whose pages become pieces of another one, and whether a font shows each character."""
    options: dict[str, Any] = {"format": "pdf", "pdf_tags": False, "font_paths": [fonts]}
    try:
        # Without tags there is no PDF/UA; PDF/A-2u asks the same of characters.
        return _compile(source, data, {}, pdf_standards=["a-2u"], **options), True
    except typst.TypstError as error:
        logger.warning("%s: %s", source.name, error)
        return _compile(source, data, {}, **options), False


def typeset_png(source: Path, data: dict[str, Any], files: dict[str, bytes] | None = None) -> bytes:
    """Return the first page as PNG, one pixel a point. `files` are pictures that the source names."""
    return _compile(source, data, files or {}, format="png", ppi=72)


def _compile(source: Path, data: dict[str, Any], files: dict[str, bytes], **options: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    # The folder holds all that a source may read.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in {"main.typ": source.read_bytes(), **files}.items():
            (root / name).write_bytes(content)
        return typst.compile(root / "main.typ", root=root, sys_inputs=inputs, ignore_system_fonts=True, **options)

"""Whether a document's content is what its name says: a web page named as a leaflet is none.

Asked of the few kinds that the site takes (WAGTAILDOCS_EXTENSIONS), by the marks that their standards put into a file.
A table as text (csv) has none.
"""

import zipfile
from collections.abc import Callable
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MARK = 64  # bytes at the beginning in which the mark stands


def _office(part: str) -> Callable[[IO[bytes]], bool]:
    """A document of Office Open XML (ISO/IEC 29500): a ZIP file with a list of types and its own part."""

    def is_it(file: IO[bytes]) -> bool:
        names = _names(file)
        return "[Content_Types].xml" in names and part in names

    return is_it


def _open_document_text(file: IO[bytes]) -> bool:
    """A text of OpenDocument (ISO/IEC 26300): the first entry of the ZIP file says what it is, uncompressed."""
    return b"mimetypeapplication/vnd.oasis.opendocument.text" in _beginning(file, 128)


def _names(file: IO[bytes]) -> list[str]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return []


def _beginning(file: IO[bytes], size: int = MARK) -> bytes:
    file.seek(0)
    return file.read(size)


IS_IT: dict[str, Callable[[IO[bytes]], bool]] = {
    "docx": _office("word/document.xml"),
    "mp4": lambda file: _beginning(file)[4:8] == b"ftyp",
    "odt": _open_document_text,
    "pdf": lambda file: _beginning(file).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"),
    "pptx": _office("ppt/presentation.xml"),
    "vtt": lambda file: _beginning(file).removeprefix(b"\xef\xbb\xbf").split(maxsplit=1)[:1] == [b"WEBVTT"],
    "webm": lambda file: _beginning(file).startswith(b"\x1aE\xdf\xa3"),
    "xlsx": _office("xl/workbook.xml"),
}


def check_content(file: IO[bytes], extension: str) -> None:
    """Raise `ValidationError` where a file's content is not of the kind that its name says."""
    is_it = IS_IT.get(extension.lower())
    right = is_it is None or is_it(file)
    file.seek(0)
    if not right:
        raise ValidationError(
            _("The content of this file is not %(kind)s: it is of another kind, or damaged."),
            params={"kind": extension.upper()},
        )

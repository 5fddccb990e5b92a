"""The site's sign for programs that ask for pictures at fixed addresses: old browsers, feed readers, home screens."""

import io
from functools import cache
from pathlib import Path

import resvg_py
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image

SIGN = "icons/favicon.svg"
A_WEEK = 7 * 24 * 3600
SIDES = [(16, 16), (32, 32), (48, 48)]  # pixels of the pictures inside favicon.ico
TOUCH = 180  # pixels, as Apple's home screens ask


@cache
def _drawn(side: int) -> bytes:
    """Return the sign as PNG."""
    source = Path(str(finders.find(SIGN))).read_text()
    return bytes(resvg_py.svg_to_bytes(svg_string=source, width=side, height=side))


@cache
def _icon() -> bytes:
    icon = io.BytesIO()
    with Image.open(io.BytesIO(_drawn(SIDES[-1][0]))) as picture:
        picture.save(icon, format="ICO", sizes=SIDES)
    return icon.getvalue()


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer `/favicon.ico`, which browsers ask for without being told to."""
    return _answer(_icon(), "image/x-icon")


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Answer `/apple-touch-icon.png`, which telephones ask for when a page is kept on their screen."""
    return _answer(_drawn(TOUCH), "image/png")


def _answer(content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={A_WEEK}"
    return response

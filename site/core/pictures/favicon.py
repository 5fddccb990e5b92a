"""The site's sign in its colours, also for programs that ask for pictures at fixed addresses: old browsers, readers."""

import io
import re
from functools import lru_cache
from pathlib import Path

import resvg_py
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image

from ..models import SiteSettings

SIGN = Path(__file__).with_suffix(".svg")
A_WEEK = 7 * 24 * 3600
SIDES = [(16, 16), (32, 32), (48, 48)]  # pixels of the pictures inside favicon.ico
TOUCH = 180  # pixels, as Apple's home screens ask
FEW = 8  # pictures that are kept: those of some sites


def _sign(request: HttpRequest) -> str:
    """Return the sign as SVG, its names of colours replaced by the colours of the site."""
    colours = SiteSettings.asked(request).colours()
    return re.sub(r"var\(--([\w-]+)\)", lambda name: colours[name[1]], SIGN.read_text())


@lru_cache(maxsize=FEW)
def _drawn(source: str, side: int) -> bytes:
    """Return a sign as PNG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=source, width=side, height=side))


@lru_cache(maxsize=FEW)
def _icon(source: str) -> bytes:
    icon = io.BytesIO()
    with Image.open(io.BytesIO(_drawn(source, SIDES[-1][0]))) as picture:
        picture.save(icon, format="ICO", sizes=SIDES)
    return icon.getvalue()


@require_safe
def sign(request: HttpRequest) -> HttpResponse:
    """Answer `/favicon.svg`, which pages name as their sign."""
    return _answer(_sign(request).encode(), "image/svg+xml")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Answer `/favicon.ico`, which browsers ask for without being told to."""
    return _answer(_icon(_sign(request)), "image/x-icon")


@require_safe
def touch_icon(request: HttpRequest) -> HttpResponse:
    """Answer `/apple-touch-icon.png`, which telephones ask for when a page is kept on their screen."""
    return _answer(_drawn(_sign(request), TOUCH), "image/png")


def _answer(content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={A_WEEK}"
    return response

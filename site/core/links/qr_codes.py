"""What others put on their posters: the QR code of a page's permanent link."""

import io
from functools import lru_cache

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from ..fields.colours import colours
from ..files.downloads import name_file
from ..models import PermanentLink

QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
# Pixels of a module: a PNG of about 1,200 pixels prints ten centimetres wide; an SVG has any size.
SCALES = {"svg": 8, "png": 32}
# Seconds: what a code of a page leads to never changes.
A_DAY = 86_400


def qr_code(address: str, kind: str) -> bytes:
    """Return an address as a QR code (ISO/IEC 18004) with its quiet zone; `kind` is "svg" or "png"."""
    written = io.BytesIO()
    options = {"title": address} if kind == "svg" else {}
    segno.make(address, error="m", micro=False).save(
        written, kind=kind, scale=SCALES[kind], border=4, dark=colours()["text"], light="#FFFFFF", **options
    )
    return written.getvalue()


@lru_cache(maxsize=512)
def qr_inline(address: str) -> SafeString:
    """Return an address as a QR code to print with a page: black, and hidden from screen readers, who follow the link.

    Empty for an address that no code can hold (2,331 bytes).
    """
    try:
        code = segno.make(address, error="m", micro=False)
    except segno.DataOverflowError:
        return SafeString("")
    drawn = code.svg_inline(border=2, dark="#000", omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))


@require_safe
def qr_view(request: HttpRequest, letter: str, code: str, kind: str) -> HttpResponse:
    """The QR code of a permanent link, without a language: each phone opens the page in its own."""
    link = PermanentLink.named(code)
    if link is None:
        raise Http404
    response = HttpResponse(qr_code(link.url, kind), content_type=QR_TYPES[kind])
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    name_file(response, f"{link.code}.{kind}")
    return response

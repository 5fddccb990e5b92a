"""What others put on their posters: the QR code of a page's permanent link."""

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .models import PermanentLink

QR_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
# Pixels of a module: a PNG of about 1,200 pixels prints ten centimetres wide; an SVG has any size.
SCALES = {"svg": 8, "png": 32}
# Seconds: what a code of a page leads to never changes.
A_DAY = 86_400
INK = "#22303A"


def qr_code(address: str, kind: str) -> bytes:
    """Return an address as a QR code (ISO/IEC 18004) with its quiet zone; `kind` is "svg" or "png"."""
    written = io.BytesIO()
    options = {"title": address} if kind == "svg" else {}
    segno.make(address, error="m", micro=False).save(
        written, kind=kind, scale=SCALES[kind], border=4, dark=INK, light="#FFFFFF", **options
    )
    return written.getvalue()


@require_safe
def qr_view(request: HttpRequest, letter: str, code: str, kind: str) -> HttpResponse:
    """The QR code of a permanent link, without a language: each phone opens the page in its own."""
    link = PermanentLink.named(code)
    if link is None:
        raise Http404
    response = HttpResponse(qr_code(link.url, kind), content_type=QR_TYPES[kind])
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    response["Content-Disposition"] = f'inline; filename="{link.code}.{kind}"'
    return response

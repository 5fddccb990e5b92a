"""How files leave the site: in parts, and through the door where there is one."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import parse_http_date_safe

Handler = Callable[[HttpRequest], HttpResponse]

# The door's own address for what the site lets somebody read (docker/nginx.conf); no visitor can ask for it.
DOOR = "/-/media/"
PIECE = 64 * 1024
# One part, as players and downloads that go on ask for it. More than one is answered whole, as RFC 9110 §14.2 allows.
RANGE = re.compile(r"bytes=\s*(?P<first>\d*)\s*-\s*(?P<last>\d*)\s*", re.IGNORECASE)


class FileMiddleware:
    """Hands a file to the door, which sends it without holding a thread; without a door, answers ranges (RFC 9110 §14).

    Rights were checked by the view that opened the file. Without ranges, Safari and iPhones play no video. What is not
    sent is closed as a file, never as a response: that would end the request, and with it the database's connection.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """See whether the answer is a file."""
        response = self.get_response(request)
        file = getattr(response, "file_to_stream", None)
        if file is None or response.status_code != 200 or not response.has_header("Content-Length"):
            return response
        if settings.FILES_BY_DOOR and (path := _inside_media(file)):
            file.close()
            return _by_door(response, path)
        response["Accept-Ranges"] = "bytes"
        if request.method != "GET" or not _still_the_same(request, response):
            return response
        size = int(response["Content-Length"])
        part = asked_part(request.headers.get("Range", ""), size)
        return response if part is None else _in_part(response, file, part, size)


def asked_part(asked: str, size: int) -> range | None:
    """Return the bytes that a Range header asks for: None for the whole, an empty range where there are none.

    What is not understood is ignored, as the standard says: another unit, several parts, the end before the beginning.
    """
    match = RANGE.fullmatch(asked.strip())
    # Numbers of any length may be sent; Python refuses to read those of thousands of digits.
    if not match or len(asked) > 100 or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        return range(max(size - int(match["last"]), 0), size)
    first, last = int(match["first"]), int(match["last"] or size)
    if last < first:
        return None if match["last"] else range(0)
    return range(first, min(last + 1, size))


def _still_the_same(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether parts may be sent: If-Range names this version, by a strong tag or its exact date (§13.1.5)."""
    condition = request.headers.get("If-Range")
    if condition is None:
        return True
    if condition.startswith('"'):
        return condition == response.get("ETag")
    asked, changed = parse_http_date_safe(condition), parse_http_date_safe(response.get("Last-Modified", ""))
    return asked is not None and asked == changed


def _in_part(response: FileResponse, file: IO[bytes], part: range, size: int) -> HttpResponse:
    if not part:
        file.close()
        refused = HttpResponse(status=416, content_type="text/plain")
        refused["Content-Range"] = f"bytes */{size}"
        refused["Accept-Ranges"] = "bytes"
        refused["Content-Length"] = "0"
        return refused
    file.seek(part.start)
    response.streaming_content = _pieces(file, len(part))
    response.status_code = 206
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = str(len(part))
    return response


def _pieces(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (piece := file.read(min(PIECE, left))):
        left -= len(piece)
        yield piece


def _inside_media(file: IO[bytes]) -> Path | None:
    """Return a file's path within the media folder; None where it is elsewhere, or has no path."""
    name = getattr(file, "name", None)
    try:
        return Path(name).resolve().relative_to(Path(settings.MEDIA_ROOT).resolve())
    except (TypeError, ValueError):
        return None


def _by_door(response: FileResponse, path: Path) -> HttpResponse:
    """Leave the body to nginx, which knows ranges, conditions and sizes by itself."""
    handed = HttpResponse(headers={name: value for name, value in response.items() if name != "Content-Length"})
    handed.cookies = response.cookies
    handed["X-Accel-Redirect"] = DOOR + quote(path.as_posix())
    return handed

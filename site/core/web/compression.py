"""Only text is compressed on its way: pictures, videos and archives are already, and parts of files must stay parts."""

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = re.compile(r"text/|application/(.+\+)?(json|xml|javascript)\b|image/svg\+xml")


class TextGZipMiddleware(GZipMiddleware):
    """Django's, for texts alone, and not for files whose parts can be asked for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress texts, and leave pictures and archives as they are."""
        if response.has_header("Accept-Ranges") or not TEXT.match(response.get("Content-Type", "").lower()):
            return response
        return super().process_response(request, response)

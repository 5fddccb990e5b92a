"""How an answer names its file."""

import re

from django.http import HttpResponseBase
from django.utils.http import content_disposition_header

# What no file system takes, or what would end a header: control characters and the separators of folders.
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029/\\]+")


def name_file(response: HttpResponseBase, name: str, *, download: bool = False) -> None:
    """Give an answer the name under which a browser stores it (RFC 6266), whatever the name is made of.

    `download` stores it at once; else it is shown where the browser can.
    """
    name = _NOT_IN_NAMES.sub("-", name).strip()
    header = content_disposition_header(download, name)
    if header:
        response["Content-Disposition"] = header

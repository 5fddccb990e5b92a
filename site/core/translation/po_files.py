"""PO files that translators bring: what is none is said, not a fault of the site."""

from tempfile import NamedTemporaryFile

import polib
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

UPLOAD = "wagtail_localize:upload_pofile"
# The header by which wagtail-localize knows its own files.
HEADER = "X-WagtailLocalize-TranslationID"


def is_po(content: bytes) -> bool:
    """Say whether a file is a PO file of this site, readable from its header to its end."""
    with NamedTemporaryFile(suffix=".po") as file:  # polib takes a text for the name of a file, if there is one
        file.write(content)
        file.flush()
        try:
            return HEADER in polib.pofile(file.name).metadata
        except Exception:  # polib and codecs raise whatever the file makes them
            return False


def refuse_malformed(request: HttpRequest) -> HttpResponse | None:
    """Answer an upload of what wagtail-localize cannot read with a message, and let others pass."""
    if request.method != "POST" or request.resolver_match.view_name != UPLOAD:
        return None
    upload = request.FILES.get("file")
    if upload is not None and is_po(upload.read()):
        upload.seek(0)
        return None
    messages.error(request, _("Choose a PO file that was downloaded here, whole and with its header."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")

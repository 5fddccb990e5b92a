"""Documents and videos: what a link leads to when the file behind it was replaced."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.views.serve import serve

from ..models import SiteDocument


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponse:
    """Serve a document to who may read it; an address with an earlier file's name leads to the current one.

    Wagtail puts the file's name into the address and answers 404 to all others, so each renewal of a leaflet breaks
    the links to it. A name that the document never had leads nowhere: else all documents are read by counting.
    Rights come before the way: who may not read a document does not learn its name.
    """
    found = get_object_or_404(SiteDocument, pk=document_id)
    if not found.had_name(filename):
        raise Http404
    if found.filename == filename:
        response = serve(request, document_id, filename)
        # Wagtail writes the word "None" where a file has no encoding.
        if response.get("Content-Encoding") == "None":
            del response["Content-Encoding"]
        return response
    for check in hooks.get_hooks("before_serve_document"):
        refusal = check(found, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    response = redirect(found.url)
    response["Cache-Control"] = "no-cache"
    return response

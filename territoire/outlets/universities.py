"""The lasting address of the offers that a university's students may take."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from core.links.permanent import french_of, permanent_link
from core.models import PermanentLink
from core.pages.address import with_query

from ..models import PartnerUniversityPage
from .share_kit import list_url_for


@require_safe
def offers_of_university(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the list with just these offers, in the visitor's language; a university that is gone says so itself."""
    link = PermanentLink.named(code, PartnerUniversityPage)
    if link is None:
        raise Http404
    university = french_of(link)
    if university is None or not university.answers:
        return permanent_link(request, PartnerUniversityPage.link_letter, code)
    address = list_url_for(university, request)
    if address is None:
        raise Http404
    return HttpResponseRedirect(with_query(address, request))

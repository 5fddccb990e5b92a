"""What is set in type from an offer: the picture of shared links, and the Learning Agreement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.changes import say_last_change
from core.localization import locales
from core.models import PermanentLink
from core.permanent import french_of, in_language
from core.visibility import is_shown

from ..documents.learning_agreement import learning_agreement
from ..documents.share_picture import share_picture_of
from ..models import InternshipOfferPage, LearningAgreementTexts
from ..sharing import LEARNING_AGREEMENT_LANGUAGES
from ..stay import Stay
from ..stay_form import StayForm

AN_HOUR = 3600


def _offer(code: str, language: str) -> InternshipOfferPage:
    """Return a public offer in a language, also one that has ended: its certificate is written then. Else 404."""
    link = PermanentLink.objects.filter(code__iexact=code, page_type=InternshipOfferPage._meta.label).first()
    french = french_of(link) if link and language in locales() else None
    if not is_shown(french):
        raise Http404
    return in_language(french, language).specific


@require_safe
def share_picture(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The picture that networks show beside a link to an offer."""
    offer = _offer(code, language)
    with translation.override(language):
        response = HttpResponse(share_picture_of(offer), content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return response


@require_safe
def agreement(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The Learning Agreement of an offer as PDF; `first` and `last` (ISO 8601) are the student's own days."""
    if language not in LEARNING_AGREEMENT_LANGUAGES:
        raise Http404
    offer = _offer(code, language)
    with translation.override(language):
        written = learning_agreement(
            offer, LearningAgreementTexts.read(Site.find_for_request(request)), _stay(offer, request)
        )
    response = HttpResponse(written, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="Learning-Agreement-{offer.reference}-{language}.pdf"'
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    say_last_change(response)
    return response


def _stay(offer: InternshipOfferPage, request: HttpRequest) -> Stay | None:
    """Return the stay that the address names, where it fits the offer."""
    form = StayForm({"citizen": "eu", **request.GET.dict()}, offer=offer)
    return Stay(form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else None

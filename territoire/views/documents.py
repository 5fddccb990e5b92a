"""What is set in type from an offer: the picture of shared links, and the Learning Agreement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.changes import last_change, say_last_change
from core.downloads import name_file
from core.localization import locales
from core.models import PermanentLink
from core.navigation import navigation_of
from core.permanent import french_of, in_language
from core.visibility import is_shown

from ..documents.learning_agreement import learning_agreement
from ..documents.share_picture import share_picture_of
from ..models import InternshipOfferPage, LearningAgreementTexts
from ..sharing import LEARNING_AGREEMENT_LANGUAGES
from ..stay import Citizenship
from ..stay_form import StayForm

AN_HOUR = 3600


def _offer(code: str, language: str) -> InternshipOfferPage:
    """Return a public offer in a language, also one that has ended: its certificate is written then. Else 404."""
    link = PermanentLink.named(code, InternshipOfferPage)
    french = french_of(link) if link and language in locales() else None
    if not is_shown(french):
        raise Http404
    return in_language(french, language).specific


@require_safe
def share_picture(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The picture that networks show beside a link to an offer."""
    offer = _offer(code, language)
    with translation.override(language):
        drawn = share_picture_of(offer, navigation_of(request).site_name)
    response = HttpResponse(drawn, content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return response


@require_safe
def agreement(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The Learning Agreement of an offer as PDF; `first` and `last` (ISO 8601) are the student's own days."""
    if language not in LEARNING_AGREEMENT_LANGUAGES:
        raise Http404
    offer = _offer(code, language)
    changed = last_change()
    asked = bool({"first", "last"} & set(request.GET))
    with translation.override(language):
        texts = LearningAgreementTexts.read(Site.find_for_request(request))
        stay = StayForm({"citizen": Citizenship.EUROPEAN, **request.GET.dict()}, offer=offer).stay if asked else None
        site_name = navigation_of(request).site_name
        written = learning_agreement(offer, texts, site_name, stay, days_refused=asked and stay is None)
    response = HttpResponse(written, content_type="application/pdf")
    name_file(response, f"Learning-Agreement-{offer.reference or code}-{language}.pdf")
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    say_last_change(response, changed)
    return response

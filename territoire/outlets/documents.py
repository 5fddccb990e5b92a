"""What is set in type from an offer: the picture of shared links, and the Learning Agreement."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.files.downloads import name_file
from core.languages.localization import locales
from core.links.permanent import answer_link, french_of, in_language
from core.models import PermanentLink
from core.pages.visibility import is_shown
from core.web.last_modified import last_change, say_last_change
from core.web.navigation import navigation_of

from ..models import InternshipOfferPage, LearningAgreementTexts
from ..rules.stay import Citizenship
from ..rules.stay_form import StayForm
from .learning_agreement import learning_agreement
from .share_kit import LEARNING_AGREEMENT_LANGUAGES, has_learning_agreement
from .share_picture import share_picture_of

AN_HOUR = 3600


def _link(code: str, language: str) -> PermanentLink:
    """Return the link of an offer that was ever public, for a language that readers can open. Else 404."""
    link = PermanentLink.named(code, InternshipOfferPage) if language in locales() else None
    if link is None:
        raise Http404
    return link


def _offer(link: PermanentLink, language: str) -> InternshipOfferPage | None:
    """Return the offer of a link in a language, also one that has ended: its certificate is written then."""
    french = french_of(link)
    return in_language(french, language).specific if is_shown(french) else None


@require_safe
def share_picture(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The picture that networks show beside a link to an offer."""
    offer = _offer(_link(code, language), language)
    if offer is None:
        raise Http404
    with translation.override(language):
        navigation = navigation_of(request)
        drawn = share_picture_of(offer, navigation.site_name, navigation.colours["light"])
    response = HttpResponse(drawn, content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={AN_HOUR}"
    return response


@require_safe
def agreement(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The Learning Agreement of an offer as PDF; `first` and `last` (ISO 8601) are the student's own days.

    Of an offer that is gone its permanent link says what is known; where the form is not the one, there is none.
    """
    if language not in LEARNING_AGREEMENT_LANGUAGES:
        raise Http404
    link = _link(code, language)
    offer = _offer(link, language)
    if offer is None:
        return answer_link(request, link, language)
    if not has_learning_agreement(offer):
        raise Http404
    changed = last_change()
    asked = bool({"first", "last"} & set(request.GET))
    with translation.override(language):
        texts = LearningAgreementTexts.read(Site.find_for_request(request))
        stay = StayForm({"citizen": Citizenship.EUROPEAN, **request.GET.dict()}, offer=offer).stay if asked else None
        navigation = navigation_of(request)
        colours, refused = navigation.colours["light"], asked and stay is None
        written = learning_agreement(offer, texts, navigation.site_name, stay, colours=colours, days_refused=refused)
    response = HttpResponse(written, content_type="application/pdf")
    name_file(response, f"Learning-Agreement-{offer.reference or code}-{language}.pdf")
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    say_last_change(response, changed)
    return response

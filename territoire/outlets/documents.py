"""What is set in type from an offer: the picture of shared links, and the papers of an Erasmus+ traineeship."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.files.downloads import name_file
from core.languages.localization import locales
from core.limits.rates import Limit
from core.links.permanent import answer_link, french_of, in_language
from core.models import PermanentLink
from core.pages.address import absolute
from core.pages.visibility import is_shown
from core.web.last_modified import last_change, say_last_change
from core.web.navigation import navigation_of
from core.web.refusals import refuse_file

from ..models import InternshipOfferPage, LearningAgreementTexts
from ..rules.stay import Citizenship
from ..rules.stay_form import StayForm
from .agreement.document import agreement_pdf, notices
from .agreement.form import Part
from .agreement.record import agreement_record
from .agreement.tables import certificate_alone, whole_agreement
from .agreement.values import Known
from .share_kit import LEARNING_AGREEMENT_LANGUAGES, has_learning_agreement, paper_url
from .share_picture import share_picture_of

AN_HOUR = 3600
# Setting a paper takes a second of one core.
SETTING = Limit("pdf", settings.PDF_RATE)


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


@dataclass(frozen=True)
class Asked:
    """What a paper is made from. `days_refused` where days were asked for that do not fit the placement."""

    request: HttpRequest
    code: str
    language: str
    known: Known
    days_refused: bool


def paper(make: Callable[[Asked], HttpResponse]) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """Make a view of a paper of an offer, in one language; `first` and `last` (ISO 8601) are the student's own days.

    Of an offer that is gone its permanent link says what is known, to programs that it is gone; where the form is not
    the one, there is none.
    """

    @require_safe
    @wraps(make)
    def view(request: HttpRequest, code: str, language: str) -> HttpResponse:
        if language not in LEARNING_AGREEMENT_LANGUAGES:
            raise Http404
        link = _link(code, language)
        offer = _offer(link, language)
        if offer is None and request.path.endswith(".json"):
            return refuse_file(request, HTTPStatus.GONE, "Gone", "")
        if offer is None:
            return answer_link(request, link, language)
        if not has_learning_agreement(offer):
            raise Http404
        changed = last_change()
        days = bool({"first", "last"} & set(request.GET))
        with translation.override(language):
            texts = LearningAgreementTexts.read(Site.find_for_request(request))
            # Of what else the address says nothing is printed here.
            typed = {"citizen": Citizenship.EUROPEAN} | {name: request.GET.get(name) for name in ("first", "last")}
            stay = StayForm(typed, offer=offer).stay if days else None
            known = Known(offer, texts, stay)
            response = make(Asked(request, offer.reference or code, language, known, days and stay is None))
        response["Content-Language"] = language
        response["X-Robots-Tag"] = "noindex"
        say_last_change(response, changed)
        return response

    return view


@paper
def agreement(asked: Asked) -> HttpResponse:
    """The whole Learning Agreement of an offer as PDF to fill in."""
    title = gettext("Learning Agreement – Student Mobility for Traineeships")
    return _pdf(asked, "Learning-Agreement", title, whole_agreement(asked.known))


@paper
def certificate(asked: Asked) -> HttpResponse:
    """The Traineeship Certificate alone, table D of the Learning Agreement, as PDF to fill in."""
    return _pdf(asked, "Traineeship-Certificate", gettext("Traineeship Certificate"), certificate_alone(asked.known))


@paper
def agreement_fields(asked: Asked) -> HttpResponse:
    """The fields of the whole Learning Agreement of an offer as JSON, in the order of the form."""
    parts = whole_agreement(asked.known)
    said = notices(asked.known, parts, days_refused=asked.days_refused)
    pdf = paper_url("learning-agreement", asked.code, asked.language, asked.known.stay)
    return JsonResponse(agreement_record(asked.code, parts, said, absolute(pdf)))


def _pdf(asked: Asked, name: str, title: str, parts: list[Part]) -> HttpResponse:
    counted = SETTING.count(asked.request)
    if not counted.allowed:
        wait = ngettext("Try again in %(wait)d second.", "Try again in %(wait)d seconds.", counted.wait)
        response = refuse_file(asked.request, 429, "Too many requests", wait % {"wait": counted.wait})
        SETTING.say(response, counted)
        return response
    navigation = navigation_of(asked.request)
    written = agreement_pdf(
        title,
        asked.known,
        parts,
        navigation.site_name,
        navigation.colours["light"],
        days_refused=asked.days_refused,
    )
    response = HttpResponse(written, content_type="application/pdf")
    name_file(response, f"{name}-{asked.code}-{asked.language}.pdf")
    # What is left to this reader is not said: caches hand the paper out to others.
    return response

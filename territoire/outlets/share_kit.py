"""What a university takes along: a link that lasts, its QR code, a text to paste, an embedded list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.languages.localization import active_locale, locales, source_locale
from core.links.alternates import versions_of
from core.lists.listing import Listing
from core.models import BasePage, PermanentLink
from core.pages.address import absolute
from core.pages.sections import register_section
from core.pages.visibility import shown

from ..choices import Framework
from ..models import InternshipOfferPage, OfferIndexPage, PartnerUniversityPage
from ..offer_facts import wording
from ..offer_facts.room import room_text
from ..rules.stay import Stay
from ..rules.stay_form import StayForm
from .links import ENTRIES, frame, frame_height


@dataclass(frozen=True)
class ReadyText:
    """A text to paste, in one language."""

    language: str
    name: str
    text: str


@dataclass(frozen=True)
class Paper:
    """The addresses of an offer's papers in one language."""

    language: str
    name: str
    agreement: str
    certificate: str
    fields: str


@dataclass(frozen=True)
class Kit:
    """What the share section prints."""

    link: PermanentLink
    texts: list[ReadyText]
    embed_code: str
    papers: list[Paper]

    def qr_url(self, kind: str) -> str:
        """The address of the QR code as a file."""
        return f"{self.link.path}/qr.{kind}"

    @property
    def qr_svg(self) -> str:
        """For posters: sharp in every size."""
        return self.qr_url("svg")

    @property
    def qr_png(self) -> str:
        """For documents that take no SVG."""
        return self.qr_url("png")


def list_in_language(model: type[BasePage]) -> Any:
    """Return the index page of a type in the reader's language, or None."""
    return shown(model.objects.filter(locale=active_locale())).first()


def list_or_404(model: type[BasePage]) -> Any:
    """Return the index page of a type in the reader's language. Raises `Http404` where there is none."""
    index = list_in_language(model)
    if index is None:
        raise Http404
    return index


def followed(model: type[BasePage], request: HttpRequest) -> tuple[Any, Listing]:
    """Return the index page of a type in the reader's language and its list for this request, uncounted.

    Raises `Http404` where there is none, or where a filter is none of the list's: whoever follows or frames it would
    else see all of it under a heading that promises some.
    """
    index = list_or_404(model)
    return index, understood(index, request)


def understood(index: Any, request: HttpRequest) -> Listing:
    """Return the list of an index page for this request, uncounted; raises `Http404` as `followed` does."""
    listing = index.make_listing(request, counted=False)
    if not listing.understood:
        raise Http404
    return listing


def title_of(index: BasePage, listing: Listing) -> str:
    """Return the title of a list with what is chosen: "Stages (Médecine, Blois)"."""
    return f"{index.title} ({listing.chosen_text})" if listing.chosen_text else index.title


def in_each_language(page: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield (code, name, page) for each language, which is active meanwhile; where there is no translation, French."""
    versions = {**versions_of(page), page.locale_id: page}
    prefetch_related_objects(list(versions.values()), *type(page).shown_children)
    french = versions.get(source_locale().pk, page)
    names = dict(settings.LANGUAGES)
    for code, locale in locales().items():
        with translation.override(code):
            yield code, names[code], versions.get(locale.pk, french)


# --- Offers ---------------------------------------------------------------------------------------------------------
def offer_text(offer: InternshipOfferPage, address: str) -> str:
    """Return an offer as a text for a mailing list, in the active language."""
    lines = [
        f"{offer.title} ({wording.whole_place_text(offer)})",
        wording.in_a_line(offer, wording.dates_text, wording.weeks_text),
        wording.in_a_line(offer, wording.languages_text, wording.asking_text),
        *wording.said(offer, wording.by_framework_text, room_text, wording.money_text),
        address + wording.language_note(offer),
    ]
    if offer.fictional:
        lines.insert(0, f"[{wording.fictional_text(offer)}]")
    return "\n".join(lines)


def share_offer(page: InternshipOfferPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return the share kit of an offer, once it was published."""
    link = page.lasting_link
    if link is None:
        return None
    stay = StayForm.for_offer(page, request.GET).stay
    texts = [
        ReadyText(code, name, offer_text(offer, f"{link.url}?lang={code}"))
        for code, name, offer in in_each_language(page)
    ]
    papers = [
        Paper(
            language,
            name,
            *(paper_url(kind, link.code, language, stay) for kind in PAPERS),
        )
        for language, name in settings.LANGUAGES
        if language in LEARNING_AGREEMENT_LANGUAGES and has_learning_agreement(page)
    ]
    code = frame(urlencode({"reference": link.code}), page.title, frame_height(1))
    return {"kit": Kit(link, texts, code, papers)}


# The Erasmus+ Learning Agreement is signed in English, or in the language of the host.
LEARNING_AGREEMENT_LANGUAGES = ("en", "fr")
# The names of the papers' addresses: the whole form, the certificate alone, the form's fields as data.
PAPERS = ("learning-agreement", "traineeship-certificate", "learning-agreement-fields")


def has_learning_agreement(offer: InternshipOfferPage) -> bool:
    """Say whether the form for traineeships is the one: studies and bilateral agreements have papers of their own."""
    return Framework.ERASMUS_TRAINEESHIP in offer.framework_codes


def paper_url(kind: str, code: str, language: str, stay: Stay | None = None) -> str:
    """Return the address of a paper (one of `PAPERS`) of an offer, for a student's own days where they are known."""
    own_days = f"?{urlencode({'first': stay.first, 'last': stay.last})}" if stay else ""
    return reverse(kind, kwargs={"code": code, "language": language}) + own_days


# --- Partner universities -------------------------------------------------------------------------------------------
def university_text(university: PartnerUniversityPage, address: str) -> str:
    """Return a sentence for a faculty's page, in the active language."""
    text = _("Placements in Loir-et-Cher (France) for students of %(university)s:") % {"university": university.title}
    return f"{text}\n{address}"


def share_university(page: PartnerUniversityPage, request: HttpRequest) -> dict[str, Any] | None:
    """Return the share kit of a university: its link leads to the offers that its students may take."""
    link = page.lasting_link
    if link is None:
        return None
    offers = absolute(offers_path(link))
    texts = [
        ReadyText(code, name, university_text(university, f"{offers}?lang={code}"))
        for code, name, university in in_each_language(page)
    ]
    title = _("Placements in Loir-et-Cher for students of %(university)s") % {"university": page.title}
    code = frame(fields_query(page), title, frame_height(ENTRIES))
    return {"kit": Kit(link, texts, code, []), "offers_url": offers}


def offers_path(link: PermanentLink) -> str:
    """Return the lasting address of the offers that a university's students may take."""
    return reverse("offers-of-university", kwargs={"code": link.code})


def fields_query(university: PartnerUniversityPage) -> str:
    """Return the filters of the offers list under which a university's students find theirs."""
    return urlencode([("field", code) for code in university.fields])


def list_url_for(university: PartnerUniversityPage, request: HttpRequest) -> str | None:
    """Return the offers list with just a university's offers, in the reader's language or French; None without one."""
    index = list_in_language(OfferIndexPage)
    if index is None:
        index = shown(OfferIndexPage.objects.filter(locale=source_locale())).first()
    return f"{index.get_url(request)}?{fields_query(university)}" if index else None


register_section("territoire.InternshipOfferPage", "territoire/sections/share.html", share_offer, order=200)
register_section("territoire.PartnerUniversityPage", "territoire/sections/share.html", share_university, order=200)

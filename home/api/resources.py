"""What records tell of pages, read in the language that is active; what each page type adds stands in `records/`."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.fields.choices import CEFR_SENTENCES
from core.languages.alphabet import Alphabetical
from core.languages.localization import localized, localized_all, reader_language, source_locale
from core.links.permanent import CODE
from core.models import BasePage, LocatedMixin, PermanentLink
from core.pages.address import absolute
from core.pages.visibility import is_shown, shown
from core.pictures.renditions import leading_picture
from territoire.models import HostStructure, InternshipOfferPage, OfferFramework, Paper
from territoire.offer_facts import types
from territoire.offer_facts.room import is_free, is_reserved, rent_of, room_of, room_text
from territoire.offer_facts.table import OfferFact
from territoire.offer_facts.wording import conditions_text, legal_basis_text
from territoire.outlets.share_kit import LEARNING_AGREEMENT_LANGUAGES, PAPERS, has_learning_agreement, paper_url
from territoire.rules.papers import days_before, timetable
from territoire.rules.qualification import eqf_levels
from territoire.rules.states import not_over
from territoire.rules.windows import Requests

from . import schemas

Data = dict[str, Any]


class Around:
    """What records name beside themselves, fetched together for all records of an answer."""

    def __init__(self, pages: list[Any], request: HttpRequest, related: Iterable[Any] = ()) -> None:
        """`related` are pages of other types that the records name."""
        self.request = request
        others = [page for page in related if page is not None]
        keys = {page.translation_key for page in [*pages, *others]}
        self.links = PermanentLink.objects.in_bulk(keys, field_name="translation_key")
        self._localized = dict(zip((page.pk for page in others), localized_all(others), strict=True))

    def api_url(self, resource: str, page: Any) -> str:
        """The address of a page's record."""
        return api_url(resource, self.id_of(page))

    def id_of(self, page: Any) -> str:
        """The code of a page: that of its permanent link."""
        link = self.links.get(page.translation_key)
        return link.code if link else page.reference or str(page.translation_key)

    def related(self, resource: str, page: Any) -> Data | None:
        """A page that a record names, if everybody may read it."""
        if not is_shown(page):
            return None
        return {
            "id": self.id_of(page),
            "title": self._localized.get(page.pk, page).title,
            "api_url": self.api_url(resource, page),
        }


def api_url(resource: str, code: str) -> str:
    """Return the whole address of a record."""
    return absolute(reverse(f"api:{resource}-record", kwargs={"code": code}))


def choice(code: Any, label: Any) -> Data:
    """Return a code with its label."""
    return {"code": str(code), "label": str(label)}


def chosen(item: Any, name: str) -> Data:
    """Return the value of a field with choices."""
    return choice(getattr(item, name), getattr(item, f"get_{name}_display")())


def all_chosen(item: Any, name: str) -> list[Data]:
    """Return the values of a field with several codes."""
    return [choice(*pair) for pair in zip(getattr(item, name), getattr(item, f"get_{name}_labels")(), strict=True)]


def place(item: LocatedMixin) -> Data | None:
    """Return coordinates, or None."""
    return {"latitude": item.latitude, "longitude": item.longitude} if item.has_coordinates else None


def notice(item: Any) -> Data:
    """Return whether a record is invented, and the words that say so."""
    return {
        "fictional": item.fictional,
        "notice": _("Demo content: this record is fictional.") if item.fictional else None,
    }


def paragraphs(page: Any) -> list[str]:
    """Return the text of a page's body."""
    stream = getattr(page, "body", None)
    texts = stream.stream_block.get_searchable_content(stream) if stream else []
    return [text for raw in texts if (text := " ".join(str(raw).split()))]


def picture_of(page: BasePage) -> Data | None:
    """Return a page's picture with what its use asks for."""
    shown_as = leading_picture(page)
    if shown_as is None:
        return None
    return {
        **plain(shown_as, "url", "width", "height", "alt"),
        "credit": page.picture.credit,
        "licence": chosen(page.picture, "licence"),
    }


def page_data(resource: str, page: BasePage, around: Around) -> Data:
    """Return what the records of all pages have."""
    link = around.links.get(page.translation_key)
    stands_in = page.alias_of_id or page.locale.language_code != reader_language()
    return {
        "id": around.id_of(page),
        "api_url": around.api_url(resource, page),
        "title": page.title,
        "language": settings.LANGUAGE_CODE if stands_in else page.locale.language_code,
        "translation": "none" if stands_in else "partial" if page.french_parts else "complete",
        "url": page.get_full_url(around.request),
        "permanent_url": link.url if link else None,
        "summary": page.summary,
        "text": paragraphs(page),
        "picture": picture_of(page),
        "published": page.first_published_at,
        "modified": page.last_published_at,
        **notice(page),
        **({"coordinates": place(page)} if isinstance(page, LocatedMixin) else {}),
    }


def plain(item: Any, *names: str) -> Data:
    """Return fields as they are."""
    return {name: getattr(item, name) for name in names}


# --- Offers and their hosts -------------------------------------------------------------------------------------------
def offer_data(offer: InternshipOfferPage, around: Around) -> Data:
    """What the API tells of an internship offer."""
    specialty, host = localized(offer.specialty), localized(offer.host)
    code = around.id_of(offer)
    own = {
        "specialty": choice(specialty.reference, specialty.name),
        "eqf": eqf_levels(offer.levels, offer.open_fields),
        "frameworks": [
            {
                **framework_day(offer, line),
                "signing_university": str(line.signing_university) if line.signing_university else None,
                "participation": chosen(line, "participation"),
                "french_citizens": line.takes_french_citizens or None,
                "legal_basis": legal_basis_text(line) or None,
            }
            for line in offer.frameworks.all()
        ],
        "host": {"id": host_id(host), "title": host.name, "api_url": api_url("hosts", host_id(host))},
        "housing": around.related("housing", offer.housing),
        "room": room_data(offer),
        "papers": [
            paper_data(step.paper, offer.start_date)
            for step in timetable(localized_all(offer.asked_papers), None, timezone.localdate())
        ],
        "pay_conditions": offer.pay_conditions or None,
        "supports": [
            {
                "kind": chosen(line, "kind"),
                "aid": line.aid.reference if line.aid else None,
                "amount": line.told_by.amount,
                "period": chosen(line.told_by, "period") if line.told_by.period else None,
                "conditions": conditions_text(line) or None,
                "basis": line.told_by.basis or None,
            }
            for line in offer.supports.all()
        ],
        "objectives": [str(block.value) for block in offer.objectives],
        **{fact: papers(offer, code, kind) for fact, kind in PAPER_FACTS.items()},
    }
    plain_facts = {fact.name: told(fact, offer) for fact in schemas.OFFER_FACTS if fact.name not in schemas.OWN}
    return {**page_data("offers", offer, around), **plain_facts, **own}


def framework_day(offer: InternshipOfferPage, line: OfferFramework) -> Data:
    """Return from when and until when one may ask under one of an offer's frameworks."""
    requests = offer.requests_under(line.framework)
    return {
        "framework": chosen(line, "framework"),
        "deadline": dict(offer.deadlines).get(line.framework),
        "opens": offer.openings.get(line.framework),
        "confirmed": line.framework not in offer.unconfirmed,
        "state": requests,
        "open": requests != Requests.CLOSED,
    }


# Facts of an offer that are addresses of papers, and the kind of each.
PAPER_FACTS = dict(
    zip(("learning_agreements", "traineeship_certificates", "learning_agreement_fields"), PAPERS, strict=True)
)


def papers(offer: InternshipOfferPage, code: str, kind: str) -> dict[str, str]:
    """Return the addresses of a paper by language; there is none without an Erasmus+ traineeship."""
    languages = LEARNING_AGREEMENT_LANGUAGES if has_learning_agreement(offer) else ()
    return {language: absolute(paper_url(kind, code, language)) for language in languages}


def told(fact: OfferFact, offer: InternshipOfferPage) -> Any:
    """Return a fact of an offer in the form that `schemas.told_as` describes."""
    value = fact.value(offer)
    match fact.type:
        case types.Code(choices=choices):
            return choice(value, dict(choices.choices).get(value, value))
        case types.Codes(choices=choices):
            return [choice(code, dict(choices.choices).get(code, code)) for code in value]
        case types.Level():
            return {"level": value, "sentence": str(CEFR_SENTENCES[value])} if value else None
        case types.Text(optional=True):
            return value or None
    return value


def paper_data(paper: Paper, first: dt.date) -> Data:
    """A paper to prepare for a stay from `first` on, in the language that is active."""
    return {
        "id": paper.reference,
        **{name: getattr(paper, name) or None for name in ("issuer", "to_do", "source", "source_url")},
        "days_needed": days_before(paper, first),
        **plain(paper, "name", "time_text", "expires", "months_valid", "checked_on"),
        "citizens": chosen(paper, "citizens") if paper.citizens else None,
        "long_stay_only": paper.long_stay_only,
    }


def room_data(offer: InternshipOfferPage) -> Data:
    """What an offer says of its room."""
    room = room_of(offer)
    return {
        "reserved": is_reserved(offer),
        "free": is_free(offer),
        "monthly_rent": rent_of(offer),
        "charges_included": room.charges_included if room else None,
        "text": room_text(offer),
    }


def host_id(host: HostStructure) -> str:
    """Return the code of a host, the same in all languages: its reference, where an address can carry it."""
    return host.reference if re.fullmatch(CODE, host.reference) else str(host.translation_key)


def host_data(host: HostStructure) -> Data:
    """A host structure, in the language that is active."""
    host = localized(host)
    return {
        "id": host_id(host),
        "title": host.name,
        "api_url": api_url("hosts", host_id(host)),
        **{name: chosen(host, name) for name in ("kind", "size")},
        **plain(host, "address", "postcode", "town", "website", "access", "presentation"),
        "coordinates": place(host),
        **notice(host),
    }


def hosts() -> QuerySet[HostStructure]:
    """Return the hosts of placements that are not over, in French: `localized` finds their translations."""
    source = source_locale()
    offers = shown(InternshipOfferPage.objects.filter(not_over(), locale=source, host=OuterRef("pk")))
    return HostStructure.objects.filter(Exists(offers), locale=source).order_by(Alphabetical("name"), "pk")

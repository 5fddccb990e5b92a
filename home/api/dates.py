"""What a student's own dates mean, as the site's forms say it: on an offer, or before one is chosen."""

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

from core.languages.localization import source_locale
from core.links.permanent import french_of, in_language
from core.models import PermanentLink
from core.pages.address import absolute
from core.pages.visibility import in_reader_language, is_shown
from territoire.choices import PayRegime
from territoire.models import InternshipOfferPage, RulesPage
from territoire.models.paper import steps_for, usual_papers
from territoire.rules.presence import Presence
from territoire.rules.stay import Advice
from territoire.rules.stay_form import DatesForm, StayForm

from .filters import LANGUAGE, IsoDay
from .problems import ParameterError
from .resources import framework_day
from .schemas import FrameworkDay, Related

Country = Literal["erasmus", "joining", "other", ""]
Citizen = Literal["eu", "dz", "other"]


class DatesQuery(Schema):
    """The student's own days, and what decides about them."""

    first: IsoDay = Field(description="First day (ISO 8601).")
    last: IsoDay = Field(description="Last day (ISO 8601).")
    citizen: Citizen = Field(
        description="Citizenship, which decides about a visa: `eu` (EU, EEA, Switzerland), `dz` (Algeria), `other`."
    )
    university: Country = Field(
        "",
        description="The university’s country, which decides about Erasmus+: `erasmus` (takes part), `joining` (United "
        "Kingdom, Switzerland), `other`; empty where it is not known.",
    )
    earlier: int | None = Field(None, ge=0, le=366, description="Days in the Schengen area within 180 days before.")
    away: int | None = Field(None, ge=0, le=366, description="Working days that are not spent in the host.")
    offer: str = Field("", max_length=40, description="The `id` of a placement whose period, weeks and hours count.")
    lang: LANGUAGE[0] = LANGUAGE[1]


class Days(Schema):
    """A first and a last day."""

    first: dt.date
    last: dt.date


class RuleLink(Schema):
    """The entry of a rule in the register."""

    code: str
    url: str | None


class AdviceLine(Schema):
    """One sentence: good, not good (false), or only information (null). `days` are those that mend what is not good."""

    text: str
    good: bool | None
    rule: RuleLink | None
    days: Days | None


class PaperDay(Schema):
    """A paper to prepare, and by when to begin it; null where nobody knows how long it takes."""

    id: str
    name: str
    begin: dt.date | None
    late: bool


class DatesAnswer(Schema):
    """What the days mean. Guidance, not a decision."""

    offer: Related | None
    fits: bool = Field(description="False where the days are in a wrong order, or the placement does not allow them.")
    problems: list[ParameterError]
    calendar_days: int | None
    erasmus_days: int | None = Field(description="As the European Commission counts: in months of thirty days.")
    long_enough_for_erasmus: bool | None
    hours_of_presence: float | None
    pay_due: bool | None = Field(description="By law; null where the placement’s rule of pay is for others to judge.")
    advice: list[AdviceLine]
    deadlines: list[FrameworkDay] = Field(description="Of the placement’s frameworks; empty without a placement.")
    papers: list[PaperDay] = Field(description="The one to begin first is first.")


def answer_for(request: HttpRequest, query: DatesQuery, language: str) -> dict[str, Any]:
    """Return the answer to a question in the language that is active. Raises `Http404` where the offer is none."""
    asked = query.model_dump(mode="json", exclude_none=True)
    offer = _offer(query.offer, language) if query.offer else None
    form: DatesForm = StayForm(asked, offer=offer) if offer else DatesForm(asked)
    stay, hours = form.stay, form.weekly_hours
    presence = Presence(stay.first, stay.last, hours, away=query.away or 0) if stay and hours else None
    rules = _rules_address(request)
    return {
        "offer": _related(offer) if offer else None,
        "fits": stay is not None,
        "problems": [{"parameter": name, "detail": " ".join(map(str, texts))} for name, texts in form.errors.items()],
        "calendar_days": stay.days if stay else None,
        "erasmus_days": stay.erasmus_days if stay else None,
        "long_enough_for_erasmus": stay.long_enough_for_erasmus if stay else None,
        "hours_of_presence": float(presence.hours) if presence else None,
        "pay_due": _pay_due(presence, form.pay_regime) if presence else None,
        "advice": [_line(line, rules) for line in form.advice],
        "deadlines": [framework_day(offer, line) for line in offer.frameworks.all()] if offer else [],
        "papers": [
            {"id": step.paper.reference, "name": step.paper.name, "begin": step.begin, "late": step.late}
            for step in (steps_for(offer.asked_papers if offer else usual_papers(), form) if stay else [])
        ],
    }


def _pay_due(presence: Presence, regime: str) -> bool | None:
    """Say whether the law asks for pay, as the advice does."""
    if regime in {PayRegime.HOSPITAL_STUDENT, PayRegime.ABROAD}:
        return None
    return presence.is_paid and regime != PayRegime.PARAMEDICAL


def _offer(code: str, language: str) -> InternshipOfferPage:
    link = PermanentLink.named(code, InternshipOfferPage)
    french = french_of(link) if link else None
    if french is None or not is_shown(french):
        raise Http404("There is no placement with this id.")
    return in_language(french, language).specific


def _related(offer: InternshipOfferPage) -> dict[str, Any]:
    return {
        "id": offer.reference,
        "title": offer.title,
        "api_url": absolute(f"/api/v1/offers/{offer.reference}"),
    }


def _rules_address(request: HttpRequest) -> str:
    pages = in_reader_language(RulesPage.objects.filter(locale=source_locale())[:1])
    return absolute(pages[0].get_url(request)) if pages else ""


def _line(line: Advice, rules: str) -> dict[str, Any]:
    return {
        "text": line.text,
        "good": line.good,
        "rule": {"code": line.rule, "url": f"{rules}#{line.rule}" if rules else None} if line.rule else None,
        "days": {"first": line.days[0], "last": line.days[1]} if line.days else None,
    }

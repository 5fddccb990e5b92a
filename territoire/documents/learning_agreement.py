"""The receiving organisation's parts of an Erasmus+ Learning Agreement for Traineeships, filled in from an offer.

Source of the tables and their order: European Commission, Learning Agreement Student Mobility for Traineeships
(programme 2021–2027): table A and C before the mobility, table D, the Traineeship Certificate, after it.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.choices import ISCED_F, CefrLevel, FieldOfStudy
from core.dates import interval, long_date
from core.fields import in_language
from core.localization import is_french, localized, reader_language
from core.typesetting import typeset_pdf

from ..choices import HostSize, Support
from ..facts import support_text, weeks_text
from ..models import InternshipOfferPage, LearningAgreementTexts
from ..stay import Stay

SOURCE = Path(__file__).with_suffix(".typ")
# Of the offer's story: an agreement is no brochure (characters).
LONGEST_PROGRAMME = 1500
# After the end of the traineeship, within which the certificate is due (table C of the template: five weeks).
CERTIFICATE = dt.timedelta(weeks=5)

Row = dict[str, Any]


def learning_agreement(offer: InternshipOfferPage, texts: LearningAgreementTexts, stay: Stay | None = None) -> bytes:
    """Return the PDF in the active language, for a student's own stay or, without one, for the offer's period."""
    return typeset_pdf(SOURCE, agreement_data(offer, texts, stay))


def agreement_data(offer: InternshipOfferPage, texts: LearningAgreementTexts, stay: Stay | None) -> dict[str, Any]:
    """Return all that the document prints: sections of labels and values, in the active language."""
    title = _("Learning Agreement – Student Mobility for Traineeships")
    return {
        "title": title,
        "subtitle": _("Parts of the receiving organisation, for the placement %(reference)s")
        % {"reference": offer.reference},
        "language": reader_language(),
        "notices": _notices(offer, texts),
        "headers": [_("Item"), _("Content")],
        "blank": _("To be filled in"),
        "parts": [
            {
                "title": _("Before the mobility"),
                "sections": [
                    {"title": _("The trainee"), "rows": _trainee(offer)},
                    {"title": _("Receiving organisation"), "rows": _organisation(offer)},
                    {"title": _("Table A – Traineeship programme"), "rows": _programme(offer, texts, stay)},
                    {
                        "title": _("Table C – Commitments of the receiving organisation"),
                        "rows": _means(offer, texts, stay),
                    },
                ],
                "signatures": [_("Supervisor at the receiving organisation"), _("Trainee")],
            },
            {
                "title": _("After the mobility"),
                "sections": [
                    {"title": _("Table D – Traineeship Certificate"), "rows": _certificate(offer)},
                ],
                "signatures": [_("Supervisor at the receiving organisation")],
            },
        ],
        "signature": [_("Name"), _("Date"), _("Signature")],
        "footer": f"{settings.WAGTAIL_SITE_NAME} · {offer.reference}",
    }


def _notices(offer: InternshipOfferPage, texts: LearningAgreementTexts) -> list[str]:
    found = []
    if offer.fictional:
        found.append(_("Demo content: this record is fictional."))
    found.append(
        _(
            "Prefilled from the placement’s page as a help. The agreement that binds is the one that the trainee, the "
            "sending institution and the receiving organisation sign."
        )
    )
    if not texts.validated:
        found.append(_("The texts on monitoring, evaluation, support and insurance are to be validated."))
    return found


def _row(label: str, value: Any = "", owner: Any = None, *, running: bool = False) -> Row:
    """Return a line of a table; "" is to be filled in, a list is one of points.

    Where `running`, the list is one of paragraphs, and what is to be filled in has room for some.

    A text that is still French is marked.
    """
    values = [str(entry) for entry in value] if isinstance(value, list) else [str(value)] if value else []
    french = owner is not None and any(is_french(text, owner) for text in values)
    language = settings.LANGUAGE_CODE if french else ""
    return {"label": label, "values": values, "language": language, "running": running}


def _french(label: str, value: str) -> Row:
    """Return a line whose value is French in every language, such as the name of a hospital."""
    return {"label": label, "values": [value] if value else [], "language": settings.LANGUAGE_CODE, "running": False}


def _trainee(offer: InternshipOfferPage) -> list[Row]:
    codes = [f"{FieldOfStudy(code).label} ({ISCED_F[code]})" for code in offer.open_fields if code in ISCED_F]
    others = [str(FieldOfStudy(code).label) for code in offer.open_fields if code not in ISCED_F]
    return [
        _row(_("Last and first name")),
        _row(_("Sending institution")),
        _row(_("Study level"), offer.get_levels_labels()),
        _row(_("Field of education (ISCED-F 2013)"), [*codes, *others]),
    ]


def _organisation(offer: InternshipOfferPage) -> list[Row]:
    host, supervisor = localized(offer.host), localized(offer.supervisor)
    named = offer.named_supervisor
    return [
        _french(_("Name"), host.name),
        _row(_("Sector"), host.get_kind_display()),
        _row(_("Department"), localized(offer.specialty).name, localized(offer.specialty)),
        _french(_("Address"), f"{host.address}, {host.postcode} {host.town}".lstrip(", ")),
        _row(_("Country"), "France"),
        _row(_("Website"), host.website),
        _row(_("Size"), HostSize(host.size).label),
        _row(_("Contact person (name, position, e-mail, telephone)")),
        _row(_("Mentor: name"), named.name if named else ""),
        _row(_("Mentor: position"), supervisor.role if supervisor else "", supervisor),
        _row(_("Mentor: e-mail and telephone")),
    ]


def _programme(offer: InternshipOfferPage, texts: LearningAgreementTexts, stay: Stay | None) -> list[Row]:
    if stay:
        period = _("From %(first)s to %(last)s") % {"first": long_date(stay.first), "last": long_date(stay.last)}
        dates = [period, _("%(days)d days") % {"days": stay.days}]
    else:
        weeks = weeks_text(offer.min_weeks, offer.max_weeks)
        dates = [_("Within this period:") + f" {interval(offer.start_date, offer.end_date)}", weeks, _("From … to …")]
    level = CefrLevel(offer.french_level)
    languages = [_("French: %(level)s – %(sentence)s") % {"level": level, "sentence": offer.french_sentence}]
    if offer.english_level:
        sentence = {"level": offer.english_level, "sentence": offer.english_sentence}
        languages.append(_("English: %(level)s – %(sentence)s") % sentence)
    return [
        _row(_("Planned period of the physical mobility"), dates),
        _row(_("Traineeship title"), offer.title, offer),
        _row(_("Working hours a week"), offer.hours_per_week),
        _row(_("Detailed programme"), programme(offer), offer, running=True),
        _row(_("What the trainee may do"), offer.get_participation_codes_labels()),
        _row(_("Knowledge, skills and competences to be acquired"), outcomes(offer), offer),
        _row(_("Monitoring plan"), in_language(texts.monitoring)),
        _row(_("Evaluation plan"), in_language(texts.evaluation)),
        _row(_("Language competence at the start"), languages),
    ]


def programme(offer: InternshipOfferPage) -> list[str]:
    """Return what the trainee will do, in paragraphs: the offer's summary and the beginning of its text."""
    found, length = [], 0
    for block in offer.body:
        if block.block_type != "prose":
            continue
        for paragraph in block.value.source.replace("</p>", "</p>\n").replace("</li>", "</li>\n").split("\n"):
            text = " ".join(strip_tags(paragraph).split())
            if text and length + len(text) <= LONGEST_PROGRAMME:
                found.append(text)
                length += len(text)
    return [offer.summary, *found] if offer.summary else found


def outcomes(offer: InternshipOfferPage) -> list[str]:
    """Return the expected learning outcomes."""
    return [str(block.value) for block in offer.objectives]


def _means(offer: InternshipOfferPage, texts: LearningAgreementTexts, stay: Stay | None) -> list[Row]:
    lines = list(offer.supports.all())
    money = [support_text(line) for line in lines if line.kind not in {Support.FREE_HOUSING, Support.LUNCH}]
    in_kind = [support_text(line) for line in lines if line.kind in {Support.FREE_HOUSING, Support.LUNCH}]
    if offer.housing_included and not in_kind:
        in_kind.append(_("A room comes with it"))
    certificate = _("Issued within %(weeks)d weeks after the end of the traineeship.") % {
        "weeks": CERTIFICATE.days // 7
    }
    if stay:
        certificate = f"{certificate} ({long_date(stay.last + CERTIFICATE)})"
    return [
        _row(_("Financial support"), money or [_("None")]),
        _row(_("Contribution in kind"), in_kind or [_("None")]),
        _row(_("Accident and liability insurance"), in_language(texts.insurance)),
        _row(_("Support and equipment"), in_language(texts.equipment)),
        _row(_("Traineeship Certificate"), certificate),
    ]


def _certificate(offer: InternshipOfferPage) -> list[Row]:
    host = localized(offer.host)
    return [
        _row(_("Name of the trainee")),
        _french(_("Name of the receiving organisation"), host.name),
        _row(_("Sector"), host.get_kind_display()),
        _french(_("Address"), f"{host.address}, {host.postcode} {host.town}".lstrip(", ")),
        _row(_("Website"), host.website),
        _row(_("First and last day of the traineeship")),
        _row(_("Traineeship title"), offer.title, offer),
        _row(_("Detailed programme, with the tasks carried out"), programme(offer), offer, running=True),
        _row(_("Knowledge, skills and competences acquired"), outcomes(offer), offer),
        _row(_("Evaluation of the trainee"), running=True),
    ]

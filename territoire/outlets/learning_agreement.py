"""The receiving organisation's parts of an Erasmus+ Learning Agreement for Traineeships, filled in from an offer.

Source of the tables and their order: European Commission, Learning Agreement Student Mobility for Traineeships
(programme 2021–2027): table A and C before the mobility, table D, the Traineeship Certificate, after it.
"""

import datetime as dt
from html import unescape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from core.fields.choices import ISCED_F, FieldOfStudy
from core.fields.colours import Colours
from core.fields.columns import in_language
from core.languages.dates import long_date
from core.languages.localization import is_french, localized, reader_language
from core.pictures.typesetting import typeset_pdf

from ..choices import HostSize, Support
from ..models import InternshipOfferPage, LearningAgreementTexts
from ..offer_facts.room import is_free, room_detail, room_of, room_text
from ..offer_facts.wording import fictional_text, languages_needed, pay_text, specialty_text, support_text, weeks_text
from ..rules.stay import Stay

SOURCE = Path(__file__).with_suffix(".typ")
# Of the offer's story: an agreement is no brochure (characters).
LONGEST_PROGRAMME = 1500
# After the end of the traineeship, within which the certificate is due (table C of the template: five weeks).
CERTIFICATE = dt.timedelta(weeks=5)

Row = dict[str, Any]
BOX = "☐"


def learning_agreement(
    offer: InternshipOfferPage,
    texts: LearningAgreementTexts,
    site_name: str,
    stay: Stay | None = None,
    *,
    colours: Colours,
    days_refused: bool = False,
) -> bytes:
    """Return the PDF in the active language, for a student's own stay or, without one, for the offer's period.

    `days_refused` says in the document that days were asked for which do not fit the placement.
    """
    data = agreement_data(offer, texts, site_name, stay, days_refused=days_refused)
    return typeset_pdf(SOURCE, data | {"colours": colours})


def agreement_data(
    offer: InternshipOfferPage,
    texts: LearningAgreementTexts,
    site_name: str,
    stay: Stay | None = None,
    *,
    days_refused: bool = False,
) -> dict[str, Any]:
    """Return all that the document prints: sections of labels and values, in the active language."""
    return {
        "title": _("Learning Agreement – Student Mobility for Traineeships"),
        "subtitle": _("Parts of the receiving organisation, for the placement %(reference)s")
        % {"reference": offer.reference},
        "language": reader_language(),
        "notices": _notices(offer, texts, days_refused),
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
                "commitment": _("By signing, each approves this document and undertakes to keep to it."),
                "signatures": [
                    _("Trainee"),
                    _("Responsible person at the sending institution"),
                    _("Supervisor at the receiving organisation"),
                ],
            },
            {
                "title": _("After the mobility"),
                "sections": [
                    {"title": _("Table D – Traineeship Certificate"), "rows": _certificate(offer, stay)},
                ],
                "commitment": "",
                "signatures": [_("Supervisor at the receiving organisation")],
            },
        ],
        "signature": [_("Name and position"), _("Date"), _("Signature")],
        "footer": f"{site_name} · {offer.reference}",
    }


def _notices(offer: InternshipOfferPage, texts: LearningAgreementTexts, days_refused: bool) -> list[str]:
    found = []
    if offer.fictional:
        found.append(fictional_text(offer))
    if days_refused:
        found.append(_("The days that were asked for do not fit this placement: they are left open."))
    found.append(
        _(
            "Prefilled from the placement’s page as a help. Only the agreement that the trainee, the sending "
            "institution and the receiving organisation sign is binding."
        )
    )
    if not texts.validated:
        found.append(
            _("The Département has not confirmed the texts on monitoring, evaluation, support and insurance yet.")
        )
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


def _to_choose(values: list[Any]) -> list[str]:
    """Return values of which one is ticked, where there are several."""
    return [f"{BOX} {value}" for value in values] if len(values) > 1 else [str(value) for value in values]


def _yes_or_no() -> str:
    yes, no = _("Yes"), _("No")
    return f"{BOX} {yes}   {BOX} {no}"


def _trainee(offer: InternshipOfferPage) -> list[Row]:
    fields = [
        f"{FieldOfStudy(code).label} ({ISCED_F[code]})" if code in ISCED_F else FieldOfStudy(code).label
        for code in offer.open_fields
    ]
    return [
        _row(_("Last and first name")),
        _row(_("Date of birth, nationality")),
        _row(_("Sending institution, faculty, Erasmus code")),
        _row(_("Study level"), _to_choose(offer.get_levels_labels()), running=True),
        _row(_("Field of education (ISCED-F 2013)"), _to_choose(fields), running=True),
    ]


def _organisation(offer: InternshipOfferPage) -> list[Row]:
    host, supervisor = localized(offer.host), localized(offer.supervisor)
    named = offer.named_supervisor
    return [
        _french(_("Name"), host.name),
        _row(_("Sector"), host.get_kind_display()),
        _row(_("Department"), specialty_text(offer), localized(offer.specialty)),
        _french(_("Address"), host.postal_address),
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
        dates = [_days_of(stay), stay.erasmus_days_text]
    else:
        # gettext's collector reads no f-strings.
        within = _("Within this period:") + f" {long_date(offer.start_date)} – {long_date(offer.end_date)}"
        dates = [_("From … to …"), within, weeks_text(offer)]
    languages = [needed.text for needed in languages_needed(offer)]
    return [
        _row(_("Planned period of the physical mobility"), dates, running=True),
        _row(_("Virtual component"), _("No")),
        _row(_("Traineeship title"), offer.title, offer),
        *([] if offer.is_at_host else [_french(_("Place"), offer.town)]),
        _row(_("Working hours a week"), offer.hours_per_week),
        _row(_("Detailed programme"), programme(offer), offer, running=True),
        _row(_("Traineeship in digital skills"), _("No")),
        _row(_("What the trainee may do"), offer.get_participation_codes_labels()),
        _row(_("Knowledge, skills and competences to be acquired"), outcomes(offer), offer),
        _row(_("Monitoring plan"), in_language(texts.monitoring)),
        _row(_("Evaluation plan"), in_language(texts.evaluation)),
        _row(_("Language competence that the trainee has or acquires before the start"), languages),
    ]


def _days_of(stay: Stay) -> str:
    return _("From %(first)s to %(last)s") % {"first": long_date(stay.first), "last": long_date(stay.last)}


def programme(offer: InternshipOfferPage) -> list[str]:
    """Return what the trainee will do, in paragraphs: the offer's summary and the beginning of its text."""
    found = [offer.summary] if offer.summary else []
    left = LONGEST_PROGRAMME
    for block in offer.body:
        if block.block_type != "prose":
            continue
        # Each paragraph and point ends a line; tags say nothing here.
        lines = block.value.source.replace("</p>", "</p>\n").replace("</li>", "</li>\n").split("\n")
        for text in (" ".join(unescape(strip_tags(line)).split()) for line in lines):
            left -= len(text)
            if left < 0:
                return found
            found += [text] if text else []
    return found


def outcomes(offer: InternshipOfferPage) -> list[str]:
    """Return the expected learning outcomes."""
    return [str(block.value) for block in offer.objectives]


def _means(offer: InternshipOfferPage, texts: LearningAgreementTexts, stay: Stay | None) -> list[Row]:
    """What the host gives, apart from what others do: this table binds the host."""
    lines = list(offer.supports.all())
    money = [pay_text(offer)] if offer.is_paid_by_host else []
    in_kind = [support_text(line) for line in lines if line.kind in {Support.FREE_HOUSING, Support.LUNCH}]
    others = [support_text(line) for line in lines if line.kind in {Support.ALLOWANCE, Support.HOME_GRANT}]
    if room_of(offer) and not is_free(offer):
        others.append(f"{room_text(offer)} ({room_detail(offer)})")
    certificate = _("Issued within %(weeks)d weeks after the end of the traineeship.") % {
        "weeks": CERTIFICATE.days // 7
    }
    if stay:
        certificate = _("Issued by %(day)s at the latest.") % {"day": long_date(stay.last + CERTIFICATE)}
    return [
        # What the offer does not say is for the host to tick: it may owe pay by law (`rules.presence`).
        _row(_("Financial support by the receiving organisation"), money or _yes_or_no()),
        _row(_("Contribution in kind by the receiving organisation"), in_kind or _yes_or_no()),
        *([_row(_("From others, for information"), others)] if others else []),
        _row(_("Accident insurance by the receiving organisation"), _yes_or_no()),
        _row(_("It covers travel for work"), _yes_or_no()),
        _row(_("It covers the way to work and back"), _yes_or_no()),
        _row(_("Liability insurance by the receiving organisation"), _yes_or_no()),
        _row(_("About insurance"), in_language(texts.insurance)),
        _row(_("Support and equipment"), in_language(texts.equipment)),
        _row(_("Traineeship Certificate"), certificate),
    ]


def _certificate(offer: InternshipOfferPage, stay: Stay | None) -> list[Row]:
    """What was done and learnt is for the supervisor to write: the outcomes are there to be ticked."""
    host = localized(offer.host)
    aims = [f"{BOX} {text}" for text in outcomes(offer)]
    french = any(is_french(text, offer) for text in outcomes(offer))
    return [
        _row(_("Name of the trainee")),
        _french(_("Name of the receiving organisation"), host.name),
        _row(_("Sector"), host.get_kind_display()),
        _french(_("Address"), f"{host.postal_address}, France"),
        _row(_("Website, e-mail, telephone"), host.website),
        _row(_("First and last day of the traineeship"), _days_of(stay) if stay else ""),
        _row(_("Traineeship title"), offer.title, offer),
        _row(_("Detailed programme, with the tasks carried out"), running=True),
        _row(_("Knowledge, skills and competences acquired"), aims, running=True)
        | {"language": settings.LANGUAGE_CODE if french else ""},
        _row(_("Evaluation of the trainee"), running=True),
    ]

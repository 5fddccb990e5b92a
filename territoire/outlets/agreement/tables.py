"""The fields of the Learning Agreement, in the order of the official form: PDF, data and tests are made from here.

Source: European Commission, Learning Agreement Student Mobility for Traineeships (programme 2021–2027). Another layout
is allowed if everything is there, in this order.
"""

import datetime as dt
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from core.fields.choices import CefrLevel
from core.languages.countries import country_name
from core.languages.dates import interval
from core.languages.localization import is_french, localized

from ...choices import HostSize
from ...models import InternshipOfferPage
from ...offer_facts.wording import specialty_text, weeks_text
from ...rules import register
from .form import Field, Kind, Part, Party, Section
from .values import (
    PARAGRAPHS,
    Known,
    commented,
    eqf_level,
    isced_field,
    means,
    outcomes,
    programme,
)

# Of two more mentors there is room for the names.
MORE_MENTORS = (2, 3)

Options = tuple[tuple[str, str], ...]


def whole_agreement(known: Known) -> list[Part]:
    """Return the form as it is before anybody has signed, in the active language."""
    return [
        Part(
            "before",
            _("Before the mobility"),
            (
                _trainee(known.offer),
                _beneficiary(),
                _sending(),
                _host(known.offer),
                _second_host(),
                _table_a(known),
                *_table_b(),
                _table_c(known),
                _commitment("", _("Commitment of the three parties"), _commitment_text()),
            ),
        ),
        Part(
            "during",
            _("During the mobility"),
            (
                _changes(),
                _commitment(
                    "a2_", _("Approval of the changes"), _("The three parties approve the changes by e-mail or here.")
                ),
            ),
        ),
        *certificate_alone(known),
    ]


def certificate_alone(known: Known) -> list[Part]:
    """Return the certificate, which the receiving organisation hands out after the mobility."""
    return [Part("after", _("After the mobility"), (_table_d(known),))]


def _yes_or_no() -> Options:
    return (("yes", _("Yes")), ("no", _("No")))


def _asked(key: str, label: str, value: str = "", width: int = 6, hint: str = "", note: str = "") -> Field:
    """Return a question that is answered by yes or no."""
    return Field(key, label, Kind.CHOICE, value, options=_yes_or_no(), width=width, hint=hint, note=note)


# --- Before: the four who are named ----------------------------------------------------------------------------------
def _trainee(offer: InternshipOfferPage) -> Section:
    levels = (
        ("5", _("5 – short cycle")),
        ("6", _("6 – Bachelor or equivalent")),
        ("7", _("7 – Master or equivalent")),
        ("8", _("8 – Doctorate or equivalent")),
    )
    genders = (("f", _("Female")), ("m", _("Male")), ("x", _("Undefined")))
    fields = (
        Field("trainee_last_name", _("Last name"), width=6),
        Field("trainee_first_name", _("First name"), width=6),
        Field("trainee_birth_date", _("Date of birth"), Kind.DAY, width=3),
        Field("trainee_nationality", _("Nationality"), width=4, note="nationality"),
        Field("trainee_gender", _("Gender"), Kind.CHOICE, options=genders, width=5),
        Field("trainee_level", _("Study level (EQF)"), Kind.CHOICE, eqf_level(offer), options=levels, note="level"),
        Field("trainee_field", _("Field of education (ISCED-F 2013)"), value=isced_field(offer), note="field"),
    )
    return Section("trainee", _("The trainee"), fields).filled_by(Party.TRAINEE)


def _beneficiary() -> Section:
    fields = _organisation("beneficiary", _("Faculty or department"))
    section = Section("beneficiary", _("Beneficiary organisation"), fields, note="beneficiary")
    return section.filled_by(Party.BENEFICIARY)


def _sending() -> Section:
    fields = _organisation("sending", _("Faculty or department"))
    # The official form asks this one for its code before its address.
    name, department, address, country, code, contact, email = fields
    fields = (name, department, replace(code, width=3), replace(address, width=6), country, contact, email)
    section = Section(
        "sending",
        _("Sending institution"),
        fields,
        text=_("Only if it is not the beneficiary organisation."),
    )
    return section.filled_by(Party.SENDING)


def _organisation(prefix: str, department: str) -> tuple[Field, ...]:
    return (
        Field(f"{prefix}_name", _("Name"), width=6),
        Field(f"{prefix}_department", department, width=6),
        Field(f"{prefix}_address", _("Address"), width=6),
        Field(f"{prefix}_country", _("Country"), width=3),
        Field(f"{prefix}_erasmus_code", _("Erasmus code"), width=3, note="erasmus_code"),
        Field(f"{prefix}_contact", _("Contact person: name"), width=6, note="contact"),
        Field(f"{prefix}_email", _("Contact person: e-mail"), width=6),
    )


def _sizes() -> Options:
    return ((HostSize.UNDER_250, _("≤ 250 employees")), (HostSize.FROM_250, _("> 250 employees")))


def _person(prefix: str, who: str, group: str = "", note: str = "") -> tuple[Field, ...]:
    """Return the fields of somebody in an organisation."""
    return (
        Field(f"{prefix}_name", _("%(person)s: name") % {"person": who}, width=4, note=note, group=group),
        Field(f"{prefix}_position", _("%(person)s: position") % {"person": who}, width=4, group=group),
        Field(f"{prefix}_email", _("%(person)s: e-mail") % {"person": who}, width=4, group=group),
    )


def _receiving(prefix: str) -> tuple[Field, ...]:
    """Return the fields of a receiving organisation up to its contact person."""
    return (
        Field(f"{prefix}_name", _("Name"), width=6),
        Field(f"{prefix}_department", _("Department"), width=6),
        Field(f"{prefix}_address", _("Address"), width=6),
        Field(f"{prefix}_website", _("Website"), width=6),
        Field(f"{prefix}_country", _("Country"), width=4),
        Field(f"{prefix}_size", _("Size"), Kind.CHOICE, options=_sizes(), width=8),
        *_person(f"{prefix}_contact", _("Contact person"), note="contact"),
    )


def _host(offer: InternshipOfferPage) -> Section:
    host, supervisor, named = localized(offer.host), localized(offer.supervisor), offer.named_supervisor
    department = specialty_text(offer)
    french = settings.LANGUAGE_CODE
    known = {
        # The name and the address of a place are French in every language.
        "host_name": (host.name, french),
        "host_department": (department, french if is_french(department, localized(offer.specialty)) else ""),
        "host_address": (host.postal_address, french),
        "host_website": (host.website, ""),
        "host_country": (country_name("FR"), ""),
        "host_size": (host.size, ""),
        "mentor_name": (named.name if named else "", ""),
        "mentor_position": _role(supervisor),
    }
    fields = _receiving("host") + _person("mentor", _("Mentor"), note="mentor")
    for number in MORE_MENTORS:
        fields += _person(f"mentor_{number}", _("Mentor") + f" {number}", _("More mentors, if there are any"))
    filled = (
        replace(field, value=known[field.key][0], language=known[field.key][1]) if field.key in known else field
        for field in fields
    )
    return Section("host", _("Receiving organisation"), tuple(filled), Party.HOST)


def _role(supervisor: object) -> tuple[str, str]:
    """Return the position of an offer's supervisor with its language; a role is said where the name is not."""
    role = getattr(supervisor, "role", "")
    return role, settings.LANGUAGE_CODE if is_french(role, supervisor) else ""


def _second_host() -> Section:
    fields = (
        *_receiving("second_host"),
        *_person("second_mentor", _("Mentor")),
        Field("second_host_start", _("Period there: from"), Kind.DAY, width=4),
        Field("second_host_end", _("Period there: to"), Kind.DAY, width=4),
    )
    section = Section(
        "second_host",
        _("Second receiving organisation"),
        fields,
        text=_("Only if the trainee works in two organisations: this one signs, too."),
        minor=True,
    )
    return section.filled_by(Party.SECOND_HOST)


# --- Before: tables A, B and C ---------------------------------------------------------------------------------------
def _table_a(known: Known) -> Section:
    offer, stay = known.offer, known.stay
    aims, told = outcomes(offer), programme(offer)
    period = f"{interval(offer.start_date, offer.end_date)}, {weeks_text(offer)}"
    place = "" if offer.is_at_host else offer.town
    values = {
        "start": (stay.first.isoformat(), "") if stay else ("", ""),
        "end": (stay.last.isoformat(), "") if stay else ("", ""),
        "title": (offer.title, known.language(offer.title)),
        "hours": (str(offer.hours_per_week or ""), ""),
        "programme": (PARAGRAPHS.join(told), known.language(*told)),
        "outcomes": (PARAGRAPHS.join(f"– {aim}" for aim in aims), known.language(*aims)),
        "language_1": (_("French") if offer.french_level else "", ""),
        "language_1_level": (offer.french_level, ""),
        "language_2": (_("English") if offer.english_level else "", ""),
        "language_2_level": (offer.english_level, ""),
    }
    hints = {
        "start": stay.erasmus_days_text if stay else commented(_("Within this period"), period),
        "title": commented(_("Place"), place),
        "programme": commented(
            _("What the trainee may do"), ", ".join(map(str, offer.get_participation_codes_labels()))
        ),
    }
    proposals = {name: known.text(name) for name in ("monitoring", "evaluation")}
    fields = []
    for field in _programme_fields("a_"):
        name = field.key.removeprefix("a_")
        value, language = values.get(name, ("", ""))
        hint, proposal = hints.get(name, ""), proposals.get(name, "")
        fields.append(replace(field, value=value, language=language, hint=hint, proposal=proposal))
    return Section("a", _("Table A – Traineeship programme"), tuple(fields), Party.HOST)


def _changes() -> Section:
    return Section(
        "a2",
        _("Table A2 – Exceptional changes to the traineeship programme"),
        tuple(_programme_fields("a2_")),
        text=_("Only what changes is filled in."),
    )


def _programme_fields(prefix: str) -> list[Field]:
    """Return the fields of table A, blank: those of table A2 are the same."""
    levels = (*CefrLevel.choices, ("native", _("Native speaker")))
    language, level = _("Language of the traineeship"), _("Level that the trainee has or acquires before the start")
    fields = [
        Field("start", _("Physical period: from"), Kind.DAY, width=6),
        Field("end", _("Physical period: to"), Kind.DAY, width=6),
        Field("virtual_start", _("Virtual period, if any: from"), Kind.DAY, width=6, note="virtual"),
        Field("virtual_end", _("Virtual period, if any: to"), Kind.DAY, width=6),
        Field("title", _("Traineeship title"), width=9),
        Field("hours", _("Working hours a week"), width=3),
        Field("programme", _("Detailed programme"), Kind.LONG, lines=5),
        _asked("digital_skills", _("Traineeship in digital skills"), width=12, note="digital"),
        Field("outcomes", _("Knowledge, skills and competences to be acquired"), Kind.LONG, lines=4),
        Field("monitoring", _("Monitoring plan"), Kind.LONG, lines=2),
        Field("evaluation", _("Evaluation plan"), Kind.LONG, lines=2),
        Field("language_1", language, width=3, note="languages"),
        Field("language_1_level", level, Kind.CHOICE, options=levels, width=9),
        Field("language_2", _("Second language, if any"), width=3),
        Field("language_2_level", _("Level in the second language"), Kind.CHOICE, options=levels, width=9),
    ]
    return [replace(field, key=prefix + field.key) for field in fields]


def _table_b() -> tuple[Section, ...]:
    """Return the commitments of the sending side: one of three, each with its own fields, then insurance."""
    variants = (
        ("curriculum", _("1. The traineeship is embedded in the curriculum.")),
        ("voluntary", _("2. The traineeship is voluntary: it is not obligatory for the degree.")),
        ("graduate", _("3. The trainee is a recent graduate.")),
    )
    choice = Field(
        "b_variant", _("One of these is chosen"), Kind.CHOICE, options=variants, stacked=True, note="variants"
    )
    embedded = (
        Field("b1_ects", _("ECTS credits (or equivalent) awarded"), width=6, note="ects"),
        *_grade("b1"),
        _asked("b1_transcript", _("Recorded in the Transcript of Records"), width=4),
        _asked("b1_diploma_supplement", _("Recorded in the Diploma Supplement or equivalent"), width=4),
        _asked("b1_europass", _("Recorded in the Europass Mobility Document"), width=4, note="europass"),
    )
    voluntary = (
        _asked("b2_credits", _("Credits are awarded")),
        Field("b2_ects", _("If yes: how many ECTS credits or equivalent"), width=6),
        _asked("b2_grade", _("A grade is given")),
        *_grade("b2"),
        _asked("b2_transcript", _("Recorded in the Transcript of Records"), width=4),
        _asked("b2_diploma_supplement", _("Recorded in the Diploma Supplement or equivalent"), width=4),
        _asked("b2_europass", _("Recorded in the Europass Mobility Document"), width=4),
    )
    graduate = (
        _asked("b3_credits", _("Credits are awarded")),
        Field("b3_ects", _("If yes: how many ECTS credits or equivalent"), width=6),
        _asked("b3_europass", _("Recorded in the Europass Mobility Document (recommended)"), width=12),
    )
    insured = _insurance("b", _("Accident insurance for the trainee, if the receiving organisation provides none"))
    sections = (
        Section("b", _("Table B – Commitments of the sending side"), (choice,)),
        Section("b1", _("1. Embedded in the curriculum"), embedded, minor=True),
        Section("b2", _("2. Voluntary"), voluntary, minor=True),
        Section("b3", _("3. Recent graduate"), graduate, minor=True),
        Section("b_insurance", _("Insurance by the sending side"), insured, minor=True),
    )
    return tuple(section.filled_by(Party.SENDING) for section in sections)


def _grade(prefix: str) -> tuple[Field, ...]:
    group = _("The grade is based on")
    return (
        Field(f"{prefix}_certificate", _("Traineeship Certificate"), Kind.TICK, width=4, group=group),
        Field(f"{prefix}_report", _("Final report"), Kind.TICK, width=4, group=group),
        Field(f"{prefix}_interview", _("Interview"), Kind.TICK, width=4, group=group),
    )


def _insurance(prefix: str, accident: str) -> tuple[Field, ...]:
    return (
        _asked(f"{prefix}_accident", accident, width=12),
        _asked(f"{prefix}_accident_work", _("It covers travel for work")),
        _asked(f"{prefix}_accident_way", _("It covers the way to work and back")),
        _asked(f"{prefix}_liability", _("Liability insurance for the trainee"), width=12),
    )


def _table_c(known: Known) -> Section:
    given, weeks = means(known.offer), register.number(register.FigureCode.CERTIFICATE_WEEKS)
    fields = (
        _asked("c_pay", _("Financial support for the traineeship"), given.pay, hint=given.pay_detail),
        Field("c_pay_amount", _("If yes: euros a month"), value=given.monthly, width=6),
        _asked("c_in_kind", _("Contribution in kind"), given.in_kind, width=4),
        Field("c_in_kind_detail", _("If yes: what"), value=given.in_kind_detail, width=8),
        *_insurance("c", _("Accident insurance for the trainee, if the sending side provides none")),
        Field(
            "c_equipment",
            _("Support and equipment for the trainee"),
            Kind.LONG,
            proposal=known.text("equipment"),
            lines=2,
        ),
        Field(
            "c_certificate",
            _("Traineeship Certificate, issued within %(weeks)d weeks after the end: by") % {"weeks": weeks},
            Kind.DAY,
            (known.stay.last + dt.timedelta(weeks=weeks)).isoformat() if known.stay else "",
        ),
    )
    remarks = (
        *(commented(_("From others, for information"), text) for text in given.others),
        commented(_("About insurance, a proposal of the Département to be confirmed"), known.text("insurance")),
    )
    title = _("Table C – Commitments of the receiving organisation")
    return Section("c", title, fields, Party.HOST, remarks=tuple(filter(None, remarks)))


# --- Signatures ------------------------------------------------------------------------------------------------------
def _commitment_text() -> str:
    return _(
        "By signing, the trainee, the sending institution or beneficiary organisation and the receiving organisation "
        "approve this agreement and undertake to keep to it. Each tells the others of problems and changes. The "
        "sending institution or beneficiary organisation and the trainee also keep to the grant agreement. The "
        "institution keeps to the principles of the Erasmus Charter for Higher Education."
    )


def _commitment(prefix: str, title: str, text: str) -> Section:
    """Return the table of signatures: three parties, and the second receiving organisation where there is one."""
    people = (
        ("trainee", _("Trainee"), Party.TRAINEE, ""),
        (
            "sending",
            _("Responsible person at the sending institution or beneficiary organisation"),
            Party.SENDING,
            "responsible",
        ),
        ("host", _("Supervisor at the receiving organisation"), Party.HOST, "supervisor"),
        ("second_host", _("Supervisor at the second receiving organisation, if there is one"), Party.SECOND_HOST, ""),
    )
    fields: list[Field] = []
    for who, group, party, note in people:
        key = f"{prefix}sign_{who}"
        own = (
            Field(f"{key}_name", _("Name"), width=4, note=note),
            Field(f"{key}_email", _("E-mail"), width=4),
            Field(f"{key}_position", _("Position"), width=4),
            Field(f"{key}_date", _("Date"), Kind.DAY, width=4),
            Field(f"{key}_signature", _("Signature"), Kind.SIGNATURE, width=8, lines=2),
        )
        fields += [replace(field, by=party, group=group) for field in own]
    return Section(f"{prefix}signatures", title, tuple(fields), text=text, together=True)


# --- After -----------------------------------------------------------------------------------------------------------
def _table_d(known: Known) -> Section:
    """What was done and learnt is for the supervisor to write: the outcomes are there to be ticked."""
    offer, stay = known.offer, known.stay
    host, french = localized(offer.host), settings.LANGUAGE_CODE
    aims = outcomes(offer)
    address = f"{host.postal_address}, {country_name('FR')}"
    acquired = _("Knowledge, skills and competences acquired")
    skills = [
        Field(f"d_outcome_{number}", aim, Kind.TICK, group=acquired, label_language=known.language(aim))
        for number, aim in enumerate(aims, start=1)
    ]
    if aims:
        skills.append(Field("d_skills", _("Others, or how well"), Kind.LONG, lines=3, group=acquired))
    else:
        skills.append(Field("d_skills", acquired, Kind.LONG, lines=6))
    fields = (
        Field("d_trainee", _("Name of the trainee"), width=6),
        Field("d_host", _("Name of the receiving organisation"), value=host.name, width=6, language=french),
        Field("d_sector", _("Sector"), value=str(host.get_kind_display()), width=5),
        Field("d_address", _("Address"), value=address, width=7, language=french),
        Field("d_telephone", _("Telephone"), width=4),
        Field("d_email", _("E-mail"), width=4),
        Field("d_website", _("Website"), value=host.website, width=4),
        Field("d_start", _("Physical period: from"), Kind.DAY, stay.first.isoformat() if stay else "", width=3),
        Field("d_end", _("Physical period: to"), Kind.DAY, stay.last.isoformat() if stay else "", width=3),
        Field("d_virtual_start", _("Virtual period, if any: from"), Kind.DAY, width=3),
        Field("d_virtual_end", _("Virtual period, if any: to"), Kind.DAY, width=3),
        Field("d_title", _("Traineeship title"), value=offer.title, language=known.language(offer.title)),
        Field("d_programme", _("Detailed programme, with the tasks carried out"), Kind.LONG, lines=4),
        *skills,
        Field("d_evaluation", _("Evaluation of the trainee"), Kind.LONG, lines=4),
        Field("d_supervisor", _("Name of the supervisor at the receiving organisation"), width=5),
        Field("d_date", _("Date"), Kind.DAY, width=2),
        Field("d_signature", _("Signature of the supervisor"), Kind.SIGNATURE, width=5, lines=2),
    )
    return Section("d", _("Table D – Traineeship Certificate"), fields, Party.HOST)

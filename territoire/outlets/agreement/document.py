"""The Learning Agreement, or its certificate alone, as a tagged PDF to fill in."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.fields.colours import Colours
from core.languages.localization import reader_language
from core.pictures.pdf_forms.drawing import FieldStyle
from core.pictures.pdf_forms.fields import typeset_form

from ...choices import ERASMUS
from ...offer_facts.wording import fictional_text
from .form import Field, Part, Section, rows
from .notes import notes
from .values import Known

SOURCE = Path(__file__).with_name("form.typ")


def agreement_pdf(
    title: str, known: Known, parts: list[Part], site_name: str, colours: Colours, *, days_refused: bool = False
) -> bytes:
    """Return the PDF of parts of the form, in the active language.

    `days_refused` says in the document that days were asked for which do not fit the placement.
    """
    reference, layout = known.offer.reference, _Layout()
    data = {
        "title": title,
        "subtitle": _("Erasmus+ programme 2021–2027, placement %(reference)s") % {"reference": reference},
        "language": reader_language(),
        "notices": notices(known, parts, days_refused=days_refused),
        "parts": [layout.part(part) for part in parts],
        "notes": notes(),
        "footer": f"{site_name} · {reference}",
        "colours": colours,
    }
    style = FieldStyle(ink=colours["text"], line=colours["muted"], ground=colours["ground"])
    fields = [field for part in parts for section in part.sections for field in section.in_pdf]
    return typeset_form(SOURCE, data, fields, style)


def notices(known: Known, parts: Iterable[Part], *, days_refused: bool = False) -> list[str]:
    """Return what is to be known of parts of the form: of the certificate alone, nothing that is to be agreed on."""
    found, before = [], any(part.key == "before" for part in parts)
    if known.offer.fictional:
        found.append(fictional_text(known.offer))
    if before:
        found += _of_frameworks(known)
    if days_refused:
        found.append(_("The days that were asked for do not fit this placement: they are left open."))
    found.append(
        _("Prefilled from the placement’s page as a help: what is prefilled can be changed, what is blank is open.")
    )
    if before:
        found.append(_("Only the document that all parties sign is binding."))
    if before and not known.texts.validated:
        found.append(
            _("The Département has not confirmed the texts on monitoring, evaluation, support and insurance yet.")
        )
    return found


def _of_frameworks(known: Known) -> Iterator[str]:
    """Yield what the frameworks of the placement ask that the form has no field for; three parties read it."""
    offer, stay = known.offer, known.stay
    if offer.signing_universities:
        yield _(
            "Where the framework names a French university (%(universities)s), it signs the separate placement "
            "agreement (convention de stage), not this form."
        ) % {"universities": ", ".join(offer.signing_universities)}
    if stay and not stay.long_enough_for_erasmus and ERASMUS.intersection(offer.framework_codes):
        yield str(stay.erasmus_advice().text)
    if any(line.takes_part and not line.names_legal_basis for line in offer.frameworks.all()):
        yield _("By what right the trainee takes part in care is not said yet: to be settled before the signature.")


class _Layout:
    """Lays a form out for Typst: what a group is called, and a footnote, stand where they are first needed."""

    def __init__(self) -> None:
        self.explained: set[str] = set()
        self.group = ""

    def part(self, part: Part) -> dict[str, Any]:
        return {"title": part.title, "sections": [self.section(section) for section in part.sections]}

    def section(self, section: Section) -> dict[str, Any]:
        by = _("To be filled in by %(party)s.") % {"party": section.by.label} if section.by else ""
        self.group = ""
        return {
            "title": section.title,
            "note": self.note(section.note),
            "minor": section.minor,
            "text": " ".join(filter(None, [section.text, "" if section.minor else by])),
            "remarks": section.remarks,
            "blocks": [[[self.field(field) for field in row] for row in block] for block in rows(section)],
        }

    def field(self, field: Field) -> dict[str, Any]:
        heading = field.group if field.group != self.group else ""
        self.group = field.group
        note = self.note(field.note)
        return asdict(field) | {"value": field.written, "proposal": field.proposed, "heading": heading, "note": note}

    def note(self, key: str) -> dict[str, Any]:
        first = key != "" and key not in self.explained
        self.explained.add(key)
        return {"key": key, "first": first}

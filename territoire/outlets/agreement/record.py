"""The Learning Agreement's fields as data, for the software of an international office."""

from typing import Any

from core.languages.localization import reader_language

from .form import Field, Part, Section


def agreement_record(reference: str, parts: list[Part], notices: list[str], pdf: str) -> dict[str, Any]:
    """Return parts, sections and fields in the order of the form, in the active language; `pdf` is its address.

    A field's `value` is null where it is to be filled in; its `proposal`, null where there is none, is not agreed on.
    """
    return {
        "form": "Learning Agreement – Student Mobility for Traineeships, 2021–2027",
        "reference": reference,
        "language": reader_language(),
        "pdf": pdf,
        "notices": notices,
        "parts": [
            {"key": part.key, "title": part.title, "sections": [_section(section) for section in part.sections]}
            for part in parts
        ],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "text": section.text or None,
        "remarks": list(section.remarks),
        "fields": [_field(field) for field in section.fields],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "label": field.label,
        "group": field.group or None,
        "kind": field.kind.value,
        "filled_by": field.by.value,
        "options": [{"code": code, "label": label} for code, label in field.options],
        "value": field.value or None,
        "proposal": field.proposal or None,
        "language": field.language or reader_language(),
        "hint": field.hint or None,
    }

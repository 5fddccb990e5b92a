"""Dates and times in the admin's forms: what is shown is what is read, in every language.

Wagtail's widgets write dates in one format for everybody, while Django reads them as the editor's language does: a day
and a month that change places. Here the widgets ask that language, each time they are shown.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from django.db import models
from django.utils.formats import ISO_INPUT_FORMATS, get_format
from wagtail.admin.datetimepicker import to_datetimepicker_format
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminTimeInput

from .plausible import PlausibleDateField, PlausibleDateTimeField

Kind = Literal["DATE", "DATETIME", "TIME"]

# What each kind must say, no more (no seconds) and in figures only, so that the picker's script can write it too.
PARTS: dict[Kind, frozenset[str]] = {
    "DATE": frozenset({"%d", "%m", "%Y"}),
    "DATETIME": frozenset({"%d", "%m", "%Y", "%H", "%M"}),
    "TIME": frozenset({"%H", "%M"}),
}
WIDGETS: dict[type[Any], Kind] = {
    AdminDateInput: "DATE",
    AdminDateTimeInput: "DATETIME",
    AdminTimeInput: "TIME",
}


def input_format(kind: Kind) -> str:
    """Return the first format of the active language that says everything in figures, else the ISO one.

    Django reads that language's formats in the same order, and ISO in every language.
    """
    wanted = PARTS[kind]
    known = [*get_format(f"{kind}_INPUT_FORMATS"), *ISO_INPUT_FORMATS[f"{kind}_INPUT_FORMATS"]]
    return next(text for text in known if set(re.findall("%.", text)) == wanted)


class _OfLanguage:
    """A format of a widget: the one it was given, else that of the language in which the form is shown."""

    def __init__(self, kind: Kind, *, for_script: bool) -> None:
        self.kind, self.for_script = kind, for_script

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, widget: Any, owner: type | None = None) -> str:
        if widget is None:
            return ""
        own = widget.__dict__.get(self.name)
        if own:
            return own
        text = input_format(self.kind)
        return to_datetimepicker_format(text) if self.for_script else text

    def __set__(self, widget: Any, value: str | None) -> None:
        widget.__dict__[self.name] = value


def _keeping_what_is_typed(stock: Callable[[Any], dict[str, Any]]) -> Callable[[Any], dict[str, Any]]:
    """Let the picker leave a field as somebody typed it.

    It writes today where it cannot read a date, an ISO one too, and the third of March for the 31st of February: the
    form reads ISO, and refuses beside the field what is no date.
    """

    @wraps(stock)
    def get_config(widget: Any) -> dict[str, Any]:
        return stock(widget) | {"validateOnBlur": False}

    return get_config


def follow_language() -> None:
    """Let Wagtail's widgets write dates and times as the editor's language reads them, and its forms refuse nonsense.

    Wagtail names its widgets in so many places (filters, schedules, blocks) that they are changed, not replaced.
    """
    for widget, kind in WIDGETS.items():
        widget.get_config = _keeping_what_is_typed(widget.get_config)
        parts: dict[str, tuple[Kind, bool]] = {"format": (kind, False), "js_format": (kind, True)}
        if kind == "DATETIME":
            parts["js_time_format"] = ("TIME", True)
        for name, (of, for_script) in parts.items():
            descriptor = _OfLanguage(of, for_script=for_script)
            descriptor.__set_name__(widget, name)
            setattr(widget, name, descriptor)
    for column, widget, field in (
        (models.DateField, AdminDateInput, PlausibleDateField),
        (models.DateTimeField, AdminDateTimeInput, PlausibleDateTimeField),
    ):
        register_form_field_override(column, override={"widget": widget, "form_class": field})

"""Forms to fill in: a tagged PDF with fields that people and programs write in (AcroForm, ISO 32000-1, 12.7).

Typst sets no fields. Its source marks the place of each by a link around an empty box: `link("field:<key>", box(…))`,
and `link("field:<key>/<option>", …)` for each option of a choice. Typst writes a link as an annotation that stands
in the structure tree where it is read; here the annotation becomes a widget and its element `Link` a `Form`, and
nothing else in the tree moves. So reading order, tab order and place of the fields are those of the source.

PDF/UA-1 (ISO 14289-1, 7.18) asks of each widget a `Form` element with nothing but that widget, a name that is read
aloud (`TU`), and embedded fonts.
"""

import io
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Pdf, String

from ..typesetting import typeset_pdf
from .drawing import (
    FONT,
    FONT_NAME,
    SIGNS_NAME,
    FieldStyle,
    Looks,
    Size,
    Writing,
    field_font,
    rgb,
    shares,
    signs_font,
    written,
)

MARK = "field:"
# What says in the metadata that the file is PDF/UA: not where a character has no letter.
CLAIM = "pdfuaid:part"
ON, OFF = Name.yes, Name.Off
# Bits of a field's Ff (ISO 32000-1, tables 226 and 228).
MULTILINE, RADIO = 1 << 12, 1 << 15


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG = "long text"
    CHOICE = "choice"
    TICK = "tick"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class FormField:
    """A field as the file knows it.

    `name` is read aloud, in full: whoever hears it sees nothing around. `value` is the text, or the option's code of a
    choice, or "yes" of a box to tick; `language` is that of the value, where it is not the document's.
    """

    key: str
    name: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    language: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a field stands: its annotation, its element in the structure tree, and which option it is."""

    widget: pikepdf.Object
    element: pikepdf.Object
    option: str

    @property
    def size(self) -> Size:
        left, bottom, right, top = (float(number) for number in self.widget.Rect)
        return round(right - left, 2), round(top - bottom, 2)


def typeset_form(source: Path, data: dict[str, Any], fields: list[FormField], style: FieldStyle) -> bytes:
    """Return a tagged PDF/UA-1 of a source with its fields, in their order; the source has `style` in its data.

    Raises `KeyError` where the source marks a field that is not named, or marks one of those named nowhere.
    """
    with pikepdf.open(io.BytesIO(typeset_pdf(source, data | {"style": style.data}, fonts=FONT.parent))) as pdf:
        places = _places(pdf)
        if unknown := places.keys() ^ {field.key for field in fields}:
            raise KeyError(f"marked or named only: {sorted(unknown)}")
        texts, whole = _texts(pdf, style, fields, places)
        if not whole:
            with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
                metadata.pop(CLAIM, None)
        looks = Looks(pdf, style)
        fonts = Dictionary({str(FONT_NAME): field_font(pdf), str(SIGNS_NAME): signs_font(pdf)})
        pdf.Root.AcroForm = pdf.make_indirect(
            Dictionary(
                Fields=Array([_made(looks, field, places[field.key], texts.get(field.key)) for field in fields]),
                DR=Dictionary(Font=fonts),
                DA=_default_look(style),
            )
        )
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _places(pdf: Pdf) -> dict[str, list[_Place]]:
    """Return what the source has marked, by key, in the order of the pages."""
    elements = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    found: dict[str, list[_Place]] = {}
    for page in pdf.pages:
        for annotation in page.get(Name.Annots, Array()):
            address = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
            if address.startswith(MARK):
                key, _slash, option = address.removeprefix(MARK).partition("/")
                place = _Place(annotation, elements[int(annotation.StructParent)], option)
                found.setdefault(key, []).append(place)
    return found


def _texts(
    pdf: Pdf, style: FieldStyle, fields: list[FormField], places: dict[str, list[_Place]]
) -> tuple[dict[str, pikepdf.Object], bool]:
    """Return how the texts of the fields look that have one, by key, and whether a font shows each character."""
    filled = [field for field in fields if field.value and field.kind in (FieldKind.TEXT, FieldKind.LONG)]
    document = str(pdf.Root.get(Name.Lang, ""))
    writings = [
        Writing(field.value, *places[field.key][0].size, field.kind == FieldKind.LONG, field.language or document)
        for field in filled
    ]
    looks, whole = written(pdf, style, writings)
    return {field.key: look for field, look in zip(filled, looks, strict=True)}, whole


def _made(looks: Looks, field: FormField, places: list[_Place], text: pikepdf.Object | None) -> pikepdf.Object:
    """Turn the links of a field into the field; return what the form lists."""
    for place in places:
        del place.widget.A, place.widget.Contents, place.widget.Border
        place.widget.Subtype = Name.Widget
        place.element.S = Name.Form
        if field.language:
            place.element.Lang = String(field.language)
    if field.kind == FieldKind.CHOICE:
        return _choice(looks, field, places)
    (place,) = places
    widget, size = place.widget, place.size
    widget.T, widget.TU = String(field.key), String(field.name)
    if field.kind == FieldKind.TICK:
        widget.FT = Name.Btn
        _say_how_to_draw(widget, looks.style, "4")
        widget.V = widget.AS = ON if field.value else OFF
        widget.AP = _states(ON, *(looks.box(size, ticked=ticked) for ticked in (True, False)))
        return widget
    widget.AP = Dictionary(N=looks.text(size, text))
    style = looks.style
    widget.MK = Dictionary(BG=Array(shares(style.ground)), BC=Array(shares(style.line)))
    if field.kind == FieldKind.SIGNATURE:
        widget.FT = Name.Sig
        return widget
    long = field.kind == FieldKind.LONG
    widget.FT, widget.Ff, widget.V = Name.Tx, MULTILINE if long else 0, String(field.value)
    # One size for all, since size 0 (“as fits”) is twice as large to some viewers where there is room.
    widget.DA = _default_look(style)
    return widget


def _choice(looks: Looks, field: FormField, places: list[_Place]) -> pikepdf.Object:
    """Return a group of which one option is chosen; nothing is chosen for whoever has not said."""
    names = dict(field.options)
    if len(places) != len(names):
        raise KeyError(f"{field.key}: as many places as options")
    group = looks.pdf.make_indirect(
        Dictionary(
            FT=Name.Btn,
            Ff=RADIO,
            T=String(field.key),
            TU=String(field.name),
            V=_state(field.value) if field.value else OFF,
            Kids=Array([place.widget for place in places]),
        )
    )
    for place in places:
        state = _state(place.option)
        place.widget.Parent = group
        place.widget.TU = String(f"{field.name} – {names[place.option]}")
        _say_how_to_draw(place.widget, looks.style, "l")
        place.widget.AS = state if place.option == field.value else OFF
        place.widget.AP = _states(state, *(looks.ring(place.size, ticked=on) for on in (True, False)))
    return group


def _say_how_to_draw(widget: pikepdf.Object, style: FieldStyle, mark: str) -> None:
    """Say how viewers that draw fields anew draw one to tick: its line, and the sign of ZapfDingbats in it."""
    widget.MK = Dictionary(BC=Array(shares(style.ink)), BG=Array(shares(style.ground)), CA=String(mark))
    widget.BS = Dictionary(W=0.7, S=Name.S)
    widget.DA = _default_look(style, SIGNS_NAME)


def _state(code: str) -> Name:
    return Name("/" + code)


def _states(name: Name, on: pikepdf.Object, off: pikepdf.Object) -> Dictionary:
    """Return the two looks of what is ticked or not."""
    return Dictionary(N=Dictionary({str(name): on, str(OFF): off}))


def _default_look(style: FieldStyle, font: Name = FONT_NAME) -> String:
    """Return how viewers write what is typed: font, size and colour."""
    return String(f"{font} {style.size:g} Tf {rgb(style.ink)} rg")

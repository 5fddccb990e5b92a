"""Forms to fill in: what a Typst source marks becomes a field of the file."""

import io

import pikepdf
import pytest
from pikepdf import Name

from core.pictures.pdf_forms.drawing import FieldStyle
from core.pictures.pdf_forms.fields import FieldKind, FormField, typeset_form

pytestmark = pytest.mark.once

STYLE = FieldStyle(ink="#000000", line="#808080", ground="#ffffff")
SOURCE = """
#set document(title: "A form")
#set text(lang: "en")
= A form
Name #link("field:name", box(width: 100pt, height: 20pt))
Yes #link("field:answer/yes", box(width: 10pt, height: 10pt))
No #link("field:answer/no", box(width: 10pt, height: 10pt))
Agreed #link("field:agreed", box(width: 10pt, height: 10pt))
#link("https://example.org/")[An address]
"""
ANSWER = FormField("answer", "An answer", FieldKind.CHOICE, options=(("yes", "Yes"), ("no", "No")))
AGREED = FormField("agreed", "Agreed", FieldKind.TICK)
NAME = FormField("name", "Your name", value="Żółć ≤ ok")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "form.typ"
    path.write_text(SOURCE)
    return path


def made(source, *fields):
    return pikepdf.open(io.BytesIO(typeset_form(source, {}, list(fields), STYLE)))


def test_links_to_fields_become_fields_and_other_links_stay(source):
    with made(source, NAME, ANSWER, AGREED) as pdf:
        notes = list(pdf.pages[0].Annots)
        assert [str(note.Subtype) for note in notes] == ["/Widget"] * 4 + ["/Link"]
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        elements = [tree[int(note.StructParent)] for note in notes]
        assert [str(element.S) for element in elements] == ["/Form"] * 4 + ["/Link"]
        assert all(len(element.K) == 1 and element.K[0].Type == Name.OBJR for element in elements[:4])
        assert "field:" not in str([note.get("/A") for note in notes])


def test_fields_stand_in_the_order_that_they_are_named_in(source):
    with made(source, AGREED, NAME, ANSWER) as pdf:
        assert [str(field.T) for field in pdf.Root.AcroForm.Fields] == ["agreed", "name", "answer"]


def test_nothing_is_chosen_that_nobody_chose(source):
    with made(source, NAME, ANSWER, AGREED) as pdf:
        _name, answer, agreed = pdf.Root.AcroForm.Fields
        assert (answer.V, [kid.AS for kid in answer.Kids], agreed.AS) == (Name.Off, [Name.Off, Name.Off], Name.Off)
    chosen = FormField("answer", "An answer", FieldKind.CHOICE, "no", ANSWER.options)
    with made(source, NAME, chosen, FormField("agreed", "Agreed", FieldKind.TICK, "yes")) as pdf:
        _name, answer, agreed = pdf.Root.AcroForm.Fields
        assert (answer.V, [kid.AS for kid in answer.Kids], agreed.AS) == (Name.no, [Name.Off, Name.no], Name.yes)
        assert [str(kid.TU) for kid in answer.Kids] == ["An answer – Yes", "An answer – No"]


def test_a_value_has_any_letter_and_looks_as_typst_sets_it(source):
    with made(source, NAME, ANSWER, AGREED) as pdf:
        name = pdf.Root.AcroForm.Fields[0]
        assert str(name.V) == NAME.value
        (text,) = name.AP.N.Resources.XObject.as_dict().values()
        assert b"Tj" in text.read_bytes() or b"TJ" in text.read_bytes()


def test_viewers_that_draw_the_fields_anew_know_how(source):
    """Some programs ask them to (NeedAppearances): with what font, how large, with which outline."""
    long = FormField("name", "Your name", FieldKind.LONG, "As long as it takes")
    with made(source, long, ANSWER, AGREED) as pdf:
        name, answer, agreed = pdf.Root.AcroForm.Fields
        fonts = pdf.Root.AcroForm.DR.Font
        assert str(name.DA).split()[:3] == ["/NotoSans", "9", "Tf"]
        for button in (*answer.Kids, agreed):
            assert str(button.DA).split()[:3] == ["/ZaDb", "9", "Tf"]
            assert (button.BS.W > 0, list(button.MK.BC), list(button.MK.BG)) == (True, [0, 0, 0], [1, 1, 1])
        assert fonts.ZaDb.BaseFont == Name.ZapfDingbats
        assert {"/NotoSans", "/ZaDb"} == set(fonts.keys())


@pytest.mark.parametrize(("value", "claims"), [("Żółć", True), ("Żółć 🏥", False)])
def test_a_file_claims_pdf_ua_only_where_each_character_has_a_letter(source, value, claims):
    with made(source, FormField("name", "Your name", value=value), ANSWER, AGREED) as pdf:
        assert ("pdfuaid:part" in pdf.open_metadata()) is claims


@pytest.mark.parametrize("fields", [(NAME, ANSWER), (NAME, ANSWER, AGREED, FormField("age", "Your age"))])
def test_a_field_that_is_only_marked_or_only_named_is_a_mistake(source, fields):
    with pytest.raises(KeyError, match=r"agreed|age"):
        made(source, *fields)


def test_an_option_without_a_place_is_a_mistake(source):
    three = FormField("answer", "An answer", FieldKind.CHOICE, options=(*ANSWER.options, ("perhaps", "Perhaps")))
    with pytest.raises(KeyError, match="answer"):
        made(source, NAME, three, AGREED)

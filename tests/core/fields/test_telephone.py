"""A number on the page calls the same telephone from Blois, Cluj and Lima."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.fields.telephone import dial_links, dialled, from_abroad

pytestmark = pytest.mark.once

NBSP, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("02 54 00 00 00", "tel:+33254000000"),
        ("+33(0)254000000", "tel:+33254000000"),
        ("+33 (0) 2 54 00 00 00", "tel:+33254000000"),
        ("(+33) 2.54.00.00.00", "tel:+33254000000"),
        ("+33 02 54 00 00 00", "tel:+33254000000"),
        ("0033 2-54-00-00-00", "tel:+33254000000"),
        ("0033 (0)2 54 00 00 00", "tel:+33254000000"),
        ("(0)2 54 00 00 00", "tel:+33254000000"),
        (f"02{NBSP}54{NARROW}00 00\t00", "tel:+33254000000"),
        ("02 54 00 00 00 poste 12", "tel:+33254000000;ext=12"),
        ("02 54 00 00 00, poste 12", "tel:+33254000000;ext=12"),
        ("+33 2 54 00 00 00 ext. 7", "tel:+33254000000;ext=7"),
        ("+33 2 54 00 00 00 x7", "tel:+33254000000;ext=7"),
        ("02 54 00 00 00 #34", "tel:+33254000000;ext=34"),
        ("02 54 00 00 00 ou 06 00 00 00 01", "tel:+33254000000"),
        ("02 54 00 00 00 / 06 00 00 00 01", "tel:+33254000000"),
        ("02/54/00/00/00", "tel:+33254000000"),
        ("+49 (0)30 123456", "tel:+4930123456"),
        ("+39 06 1234 5678", "tel:+390612345678"),
        ("15", "tel:15"),
        ("116 117", "tel:116117"),
        ("3624", "tel:3624"),
        ("Tél. : 02 54 00 00 00", "tel:+33254000000"),
        ("02 54 58 41 41 (15)", "tel:+33254584141"),
        ("02 54 58 41 41 - 42", "tel:+33254584141"),
        ("+33 (0)2 54 58 41 41 / 42", "tel:+33254584141"),
        ("02 54 58 41 41 (de 9h à 17h)", "tel:+33254584141"),
        ("02 54 58 41 41 de 9h à 17h", "tel:+33254584141"),
        ("+33 2 54 58 41 41 (standard 8 h–18 h)", "tel:+33254584141"),
        ("02 54 58 41 41 poste 12 (de 9 h à 17 h)", "tel:+33254584141;ext=12"),
        ("+49 30 1234567 (9–17 Uhr)", "tel:+49301234567"),
        ("+49 30 1234567 - 0", "tel:+493012345670"),
        ("+49 (30) 1234567", "tel:+49301234567"),
        ("sur rendez-vous", ""),
        ("", ""),
    ],
)
def test_what_an_editor_types_is_what_a_telephone_dials(typed, called):
    assert dialled(typed) == called


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("02 54 00 00 00", "+33 2 54 00 00 00"),
        ("+33(0)254000000", "+33 2 54 00 00 00"),
        ("0033 2 54 00 00 00", "+33 2 54 00 00 00"),
        ("02 54 00 00 00 poste 12", "+33 2 54 00 00 00 poste 12"),
        ("02 54 58 41 41 (de 9h à 17h)", "+33 2 54 58 41 41 (de 9h à 17h)"),
        ("15", "15"),
        ("+49 30 123456", "+49 30 123456"),
        ("02 54 00 00 00 ou 06 00 00 00 01", "02 54 00 00 00 ou 06 00 00 00 01"),
    ],
)
def test_what_a_reader_abroad_sees(typed, read):
    assert from_abroad(typed) == read


@settings(max_examples=100)
@given(
    st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
    st.sampled_from(["0", "+33", "+33 ", "+33(0)", "+33 (0) ", "0033", "0033 (0)", "(+33) ", "(0)", "+33 0"]),
    st.lists(st.sampled_from(["", " ", ".", "-", "/", NBSP, NARROW]), min_size=8, max_size=8),
)
def test_however_a_french_number_is_written_one_number_is_called(national, before, gaps):
    written = before + national[0] + "".join(gap + digit for gap, digit in zip(gaps, national[1:], strict=True))
    assert dialled(written) == f"tel:+33{national}"
    assert dialled(from_abroad(written)) == dialled(written)


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_no_text_breaks_a_page(text):
    address = dialled(text)
    assert address == "" or address.isascii()
    assert not set(address) & set("\"<>& '")


@pytest.mark.parametrize("piece", [" ", "(", "( ", "0", "\n", " ou ", ",", "+"])
def test_a_long_text_is_no_number_and_keeps_nobody_waiting(piece):
    """Read as a number, spaces alone would take hours."""
    long = f"a{piece * 50_000}a"
    assert dialled(long) == ""
    assert from_abroad(long) == long


def test_links_in_a_text_call_too():
    assert dial_links('<a href="tel:+33(0)254000000">ici</a>') == '<a href="tel:+33254000000">ici</a>'
    assert dial_links('<a href="/fr/">tel:12</a>') == '<a href="/fr/">tel:12</a>'

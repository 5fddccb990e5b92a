"""A file has a name that each browser stores, whatever the name is made of."""

from email.message import Message

import pytest
from django.http import HttpResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from core.files.downloads import name_file

pytestmark = pytest.mark.once


def stored(header):
    """The name as a browser reads it (RFC 6266, RFC 8187)."""
    message = Message()
    message["Content-Disposition"] = header
    return message.get_filename()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LC41-2027-001.pdf", "LC41-2027-001.pdf"),
        ("Stage « été ».pdf", "Stage « été ».pdf"),
        ('a"b;c.pdf', 'a"b;c.pdf'),
        ("a\r\nSet-Cookie: x=1.pdf", "a-Set-Cookie: x=1.pdf"),
        ("../../etc/passwd", "..-..-etc-passwd"),
        ("C:\\x.pdf", "C:-x.pdf"),
        ("stage\u2028.pdf", "stage-.pdf"),
    ],
)
def test_a_name_arrives_as_it_was_given(name, expected):
    response = HttpResponse()
    name_file(response, name, download=True)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert stored(response["Content-Disposition"]) == expected


@given(st.text(max_size=60))
@settings(max_examples=100)
def test_no_name_breaks_a_header(name):
    response = HttpResponse()
    name_file(response, name)
    assert response.get("Content-Disposition", "inline").startswith("inline")

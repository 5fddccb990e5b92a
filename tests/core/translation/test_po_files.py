"""PO files that translators bring."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail_localize.models import Translation

from factories import EditorialFactory, languages, publish, the_home, translate

pytestmark = pytest.mark.once

WHOLE = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"X-WagtailLocalize-TranslationID: {id}\\n"\n'
)
MALFORMED = {
    "no header": b'msgid "Titre"\nmsgstr "Title"\n',
    "another header": b'msgid ""\nmsgstr ""\n"Language: en\\n"\n\nmsgid "Titre"\nmsgstr "Title"\n',
    "unknown letters": b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n',
    "not utf-8": b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "\xe9"\nmsgstr ""\n',
    "cut": b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Tit',
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0",
    "a name of a file": b"/etc/passwd",
    "empty": b" ",
    "none": None,
}


@pytest.fixture
def address(home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(the_home())
        page = publish(EditorialFactory())
        languages("en")
        translate(page, "en", {"title": "A page"})
    translation = Translation.objects.get(source__object_id=page.translation_key)
    return reverse("wagtail_localize:upload_pofile", args=[translation.pk]), translation


@pytest.mark.parametrize("content", MALFORMED.values(), ids=list(MALFORMED))
def test_what_is_no_po_file_of_ours_is_said(admin, address, content):
    files = {} if content is None else {"file": SimpleUploadedFile("page.po", content)}
    answer = admin.post(address[0], files, follow=True)
    assert answer.status_code == 200
    assert any("PO" in str(message) for message in answer.context["messages"])


def test_a_whole_one_is_read(admin, address):
    content = WHOLE.format(id=address[1].uuid).encode()
    answer = admin.post(address[0], {"file": SimpleUploadedFile("page.po", content)}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]

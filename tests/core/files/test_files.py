"""Files that visitors fetch: who may, in which parts, under which spellings, and for how long."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import Collection, CollectionViewRestriction

from core.files.sending import asked_part
from core.models import SiteDocument, SiteImage
from factories import TODAY, DocumentFactory, EditorialFactory, ImageFactory, block, person
from spellings import SPELLINGS

pytestmark = pytest.mark.once

BYTES = bytes(range(256)) * 4
SIZE = len(BYTES)


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def video(db):
    return DocumentFactory(title="Film", file=ContentFile(BYTES, "film.mp4"))


@pytest.fixture
def picture_url(db):
    name = default_storage.save("images/range.avif", ContentFile(BYTES))
    yield f"/media/{name}"
    default_storage.delete(name)


# --- Parts (RFC 9110, section 14) ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        (None, 200, 0, SIZE),
        ("bytes=0-1", 206, 0, 2),
        ("bytes=0-", 206, 0, SIZE),
        ("bytes=100-199", 206, 100, 200),
        ("Bytes = 0-1", 200, 0, SIZE),
        ("bytes= 5-5 ", 206, 5, 6),
        ("bytes=-10", 206, SIZE - 10, SIZE),
        ("bytes=-99999", 206, 0, SIZE),
        ("bytes=1000-99999", 206, 1000, SIZE),
        (f"bytes={SIZE}-", 416, 0, 0),
        ("bytes=-0", 416, 0, 0),
        # Several parts may be answered whole; what is not understood is ignored.
        ("bytes=0-1,5-6", 200, 0, SIZE),
        ("bytes=9-1", 200, 0, SIZE),
        ("bytes=-", 200, 0, SIZE),
        ("bytes=a-b", 200, 0, SIZE),
        ("lines=0-1", 200, 0, SIZE),
        ("bytes=" + "9" * 5000 + "-", 200, 0, SIZE),
    ],
)
def test_players_and_downloads_get_the_part_they_ask_for(client, video, picture_url, asked, status, first, last):
    for url in (video.url, picture_url):
        answer = client.get(url, headers={"range": asked} if asked else {})
        assert answer.status_code == status, url
        assert answer["Accept-Ranges"] == "bytes"
        assert body(answer) == BYTES[first:last]
        assert answer["Content-Length"] == str(last - first)
        expected = {200: None, 206: f"bytes {first}-{last - 1}/{SIZE}", 416: f"bytes */{SIZE}"}[status]
        assert answer.get("Content-Range") == expected
        if status != 416:
            assert answer["Content-Type"] in {"video/mp4", "image/avif"}


def test_a_part_is_only_sent_of_the_version_that_one_began_with(client, video, picture_url):
    whole = client.get(video.url)
    tag, date = whole["ETag"], client.get(picture_url)["Last-Modified"]
    cases = [
        (video.url, tag, 206),
        (video.url, '"another"', 200),
        (video.url, f"W/{tag}", 200),
        (picture_url, date, 206),
        (picture_url, "Mon, 01 Jan 2024 00:00:00 GMT", 200),
        (picture_url, "nonsense", 200),
    ]
    for url, condition, status in cases:
        answer = client.get(url, headers={"range": "bytes=0-9", "if-range": condition})
        assert (answer.status_code, condition) == (status, condition)
    assert client.get(video.url, headers={"range": "bytes=0-9", "if-none-match": tag}).status_code == 304


def test_a_head_request_says_how_long_a_film_is_and_that_parts_may_be_asked_for(client, video, picture_url):
    for url in (video.url, picture_url):
        answer = client.head(url, headers={"range": "bytes=0-9"})
        assert (answer.status_code, answer["Content-Length"], answer["Accept-Ranges"]) == (200, str(SIZE), "bytes")
        assert body(answer) == b""


@settings(max_examples=100)
@given(st.integers(1, 500), st.one_of(st.none(), st.integers(0, 600)), st.one_of(st.none(), st.integers(0, 600)))
def test_any_part_is_what_slicing_gives(size, first, last):
    asked = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    part = asked_part(asked, size)
    if (first is None and last is None) or (None not in (first, last) and last < first):
        assert part is None
    elif first is None:
        assert part == range(max(size - last, 0), size)
    else:
        whole = range(size)
        assert list(part) == list(whole[first:] if last is None else whole[first : last + 1])


def test_behind_the_door_the_site_leaves_the_sending_to_it(client, video, settings):
    settings.FILES_BY_DOOR = True
    answer = client.get(video.url, headers={"range": "bytes=0-9"})
    assert answer["X-Accel-Redirect"] == f"/-/media/{video.file.name}"
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"", "video/mp4")
    assert "film" in answer["Content-Disposition"]


# --- Compression ------------------------------------------------------------------------------------------------
def test_only_text_is_compressed(client, home, video, picture_url):
    page = EditorialFactory(body=[block("prose", "<p>Un long texte.</p>" * 50)])
    asked = {"accept-encoding": "gzip"}
    assert client.get(page.url, headers=asked)["Content-Encoding"] == "gzip"
    assert client.get("/api/v1/openapi.json", headers=asked)["Content-Encoding"] == "gzip"
    for url in (video.url, picture_url):
        answer = client.get(url, headers=asked)
        assert "Content-Encoding" not in answer
        assert body(answer) == BYTES


# --- Spellings --------------------------------------------------------------------------------------------------
@pytest.fixture
def secret(db, settings, tmp_path):
    """A document that its address under /media/ must not give away, and a link to its folder."""
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("documents/secret.pdf", ContentFile(b"secret"))
    default_storage.save("images/seen.jpg", ContentFile(b"seen"))
    (tmp_path / "images" / "link").symlink_to(tmp_path / "documents")
    return name


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_document_has_no_address_under_media_however_it_is_spelled(client, secret, spelling):
    answer = client.get(f"/media/{spelling}")
    assert answer.status_code in {400, 404}
    assert b"secret" not in body(answer)


def test_a_picture_is_found_under_its_address_and_runs_nothing(client, secret):
    answer = client.get("/media/images/seen.jpg")
    assert (answer.status_code, body(answer)) == (200, b"seen")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "public, max-age=604800"
    assert not answer.cookies
    assert body(client.get("/media/original_images/../images//seen.jpg")) == b"seen"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["..", ".", "", "images", "documents", "%2e", "secret.pdf", "\\"]), max_size=8))
def test_no_way_through_folders_leads_to_a_document(parts):
    from core.pictures.public_files import PUBLIC_FOLDERS, shortest

    name = shortest("/".join(parts))
    assert ".." not in name.split("/")
    if name.partition("/")[0] in PUBLIC_FOLDERS:
        assert not name.startswith("documents")


# --- Documents that are replaced ----------------------------------------------------------------------------------
def test_the_address_of_a_replaced_leaflet_leads_to_the_current_one(client, db):
    leaflet = DocumentFactory(file=ContentFile(b"2026", "livret-2026.pdf"))
    old = leaflet.url
    leaflet.file = ContentFile(b"2027", "livret-2027.pdf")
    leaflet.save()
    new = SiteDocument.objects.get(pk=leaflet.pk).url
    assert old != new
    for url in (old, old.lower().replace(".pdf", ".PDF")):
        answer = client.get(url)
        assert (answer.status_code, answer["Location"]) == (302, new), url
        assert client.head(url).status_code == 302
    assert body(client.get(old, follow=True)) == b"2027"
    leaflet.delete()
    assert client.get(old).status_code == 404
    assert client.get("/documents/999999999999999999999/x.pdf").status_code == 404


def test_a_name_that_a_document_never_had_leads_nowhere(client, db):
    leaflet = DocumentFactory(file=ContentFile(b"2026", "livret-2026.pdf"))
    leaflet.title = "Livret"
    leaflet.save()
    for name in ("", "x", "été.pdf", "livret-2025.pdf", "livret-2026.pdf/", "../livret-2026.pdf"):
        assert client.get(f"/documents/{leaflet.pk}/{name}").status_code == 404, name


def test_a_document_remembers_each_name_that_an_editor_replaced(client, admin, db):
    leaflet = DocumentFactory(file=ContentFile(b"2025", "livret-2025.pdf"))
    urls = [leaflet.url]
    for year in ("2026", "2027"):
        given = {"title": "Livret", "tags": "", "collection": leaflet.collection_id}
        given["file"] = ContentFile(f"%PDF-1.7 {year}".encode(), f"livret-{year}.pdf")
        answer = admin.post(f"/admin/documents/edit/{leaflet.pk}/", given)
        assert answer.status_code == 302, answer.context["form"].errors
        urls.append(SiteDocument.objects.get(pk=leaflet.pk).url)
    assert len(set(urls)) == 3
    for url in urls:
        assert body(client.get(url, follow=True)) == b"%PDF-1.7 2027"


def test_the_old_address_of_a_restricted_document_tells_strangers_nothing(client, admin, db):
    inside = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=inside, restriction_type="login")
    document = DocumentFactory(collection=inside, file=ContentFile(b"2026", "ancien.pdf"))
    old = document.url
    document.file = ContentFile(b"2027", "nom-secret.pdf")
    document.save()
    stranger = type(client)()
    answer = stranger.get(old)
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert "nom-secret" not in answer["Location"]
    assert stranger.get(document.url, headers={"range": "bytes=0-1"}).status_code == 302
    assert body(admin.get(old, follow=True)) == b"2027"


def test_a_document_has_no_encoding_of_nothing(client, video):
    assert "Content-Encoding" not in client.get(video.url)


# --- Documents are what their names say -----------------------------------------------------------------------------
def zipped(**parts):
    """A ZIP file of these parts, as office programs write it."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(part):
    return zipped(**{"[Content_Types].xml": "<Types/>", part: "<x/>"})


PAGE = b"<!doctype html><script>alert(1)</script>"
GENUINE = {
    "a.pdf": b"%PDF-1.7\n",
    "a.PDF": b"\r\n%PDF-1.4\n",
    "a.mp4": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "a.webm": b"\x1aE\xdf\xa3\x9fB\x86\x81\x01",
    "a.vtt": b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nBonjour",
    "a.docx": office("word/document.xml"),
    "a.xlsx": office("xl/workbook.xml"),
    "a.pptx": office("ppt/presentation.xml"),
    "a.odt": zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>"}),
    "a.csv": b"ville;places\nBlois;3",
}


def upload(admin, name, content):
    given = {"title": "Livret", "tags": "", "collection": Collection.get_first_root_node().pk}
    return admin.post("/admin/documents/add/", given | {"file": ContentFile(content, name)})


@pytest.mark.parametrize("name", GENUINE)
def test_a_document_is_taken_whose_content_is_what_its_name_says(admin, home, name):
    answer = upload(admin, name, GENUINE[name])
    assert answer.status_code == 302, answer.context["form"].errors
    assert body(admin.get(SiteDocument.objects.get().url)) == GENUINE[name]


WRONG = [(name, PAGE) for name in GENUINE if name != "a.csv"]
WRONG += [
    ("a.xlsx", GENUINE["a.docx"]),
    ("a.odt", GENUINE["a.docx"]),
    ("a.pdf", GENUINE["a.mp4"]),
    ("a.vtt", b"WEBVTTS"),
]


@pytest.mark.parametrize(("name", "content"), WRONG, ids=range(len(WRONG)))  # a ZIP says when it was made
def test_a_document_of_another_kind_is_refused_beside_its_field(admin, home, name, content):
    errors = upload(admin, name, content).context["form"].errors
    assert list(errors) == ["file"]
    assert name.rpartition(".")[2].upper() in errors["file"][0]
    assert not SiteDocument.objects.exists()


# --- Consent ----------------------------------------------------------------------------------------------------
def portrait(**fields):
    given = {"shows_people": True, "consent_on": TODAY - dt.timedelta(400), "consent_until": TODAY + dt.timedelta(30)}
    return ImageFactory(**(given | fields))


def fresh(image):
    return SiteImage.objects.get(pk=image.pk)


def addresses(image):
    """The public addresses of a picture and its sizes."""
    image = fresh(image)
    return [image.file.url, image.get_rendition("width-10|format-webp").url]


def statuses(reader, urls):
    return [reader.get(url).status_code for url in urls]


def test_a_picture_whose_consent_is_withdrawn_has_no_address_and_has_it_again_when_renewed(client, db):
    image = portrait()
    urls = addresses(image)
    assert statuses(client, urls) == [200, 200]
    files = [url.removeprefix("/media/") for url in urls]

    image = fresh(image)
    image.consent_until = TODAY - dt.timedelta(1)
    image.save()
    assert statuses(client, urls) == [404, 404]
    # A proxy that hands out these folders itself finds nothing either.
    assert [default_storage.exists(name) for name in files] == [False, False]
    # A size that is made now lies no better.
    assert statuses(client, addresses(image)) == [404, 404]

    image = fresh(image)
    image.consent_until = TODAY + dt.timedelta(365)
    image.save()
    assert addresses(image) == urls
    assert statuses(client, urls) == [200, 200]


def test_the_night_takes_away_what_has_ended_since(client, db, monkeypatch):
    image = portrait(consent_until=TODAY)
    urls = addresses(image)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY + dt.timedelta(1))
    # Where the site hands out pictures itself, midnight is enough; elsewhere the command is.
    assert statuses(client, urls) == [404, 404]
    call_command("withhold_pictures")
    assert not default_storage.exists(urls[0].removeprefix("/media/"))
    call_command("withhold_pictures")
    assert fresh(image).file.name.startswith("withheld/")
    SiteImage.objects.filter(pk=image.pk).update(shows_people=False)
    call_command("withhold_pictures")
    assert statuses(client, urls[:1]) == [200]


def test_editors_still_see_what_they_withhold(client, admin, db):
    image = portrait(consent_until=TODAY - dt.timedelta(1))
    url = fresh(image).file.url
    assert url.startswith("/media/withheld/")
    answer = admin.get(url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert type(client)().get(url).status_code == 404


def test_others_who_enter_the_admin_do_not_see_what_is_withheld(client, home):
    """Who keeps no pictures, and a session that owes the second factor."""
    url = fresh(portrait(consent_until=TODAY - dt.timedelta(1))).file.url
    for role, status in (("Rédaction", 200), ("Publication", 200), ("Administration", 200), ("Guichet", 404)):
        client.force_login(person(role))
        assert client.get(url).status_code == status, role
    keeper = person("Rédaction")
    TOTPDevice.objects.create(user=keeper, name="telephone")
    client.force_login(keeper)
    assert client.get(url).status_code == 404


def test_a_withheld_picture_whose_file_is_lost_stops_nothing(db):
    image = portrait()
    default_storage.delete(image.file.name)
    image.consent_until = TODAY - dt.timedelta(1)
    image.save()
    call_command("withhold_pictures")

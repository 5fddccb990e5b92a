"""A page never falls with its picture: whatever is wrong with the file, readers and machines get the rest."""

import logging
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage

from core.models import SiteDocument, SiteImage, SiteRendition
from factories import (
    DocumentFactory,
    EditorialFactory,
    EventFactory,
    HousingFactory,
    ImageFactory,
    OfferFactory,
    QuestionFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    block,
    the_desk,
    the_home,
)
from territoire.models.strength import StrengthGalleryImage

pytestmark = pytest.mark.once


def missing(image, monkeypatch):
    Path(image.file.path).unlink()


def damaged(image, monkeypatch):
    Path(image.file.path).write_bytes(Path(image.file.path).read_bytes()[:90])


def no_picture(image, monkeypatch):
    Path(image.file.path).write_bytes(b"GIF89a, they said")


def disk_full(image, monkeypatch):
    def save(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)


def files_gone(image, monkeypatch):
    """The rows of the renditions are there, their files are not."""
    image.get_renditions("width-800|format-jpeg", "width-400|format-avif")
    for rendition in image.renditions.all():
        Path(rendition.file.path).unlink()
    missing(image, monkeypatch)


def deleted(image, monkeypatch):
    SiteRendition.objects.filter(image=image).delete()
    SiteImage.objects.filter(pk=image.pk)._raw_delete("default")


STATES = [missing, damaged, no_picture, disk_full, files_gone]
PAGES = (
    *(StrengthFactory, HousingFactory, OfferFactory, TestimonialFactory),
    *(UniversityFactory, EventFactory, QuestionFactory, EditorialFactory),
)


def body_of(image):
    video, captions = DocumentFactory(), DocumentFactory()
    film = {"title": "Un film", "poster": image.pk, "video": video.pk, "captions": captions.pk, "transcript": ""}
    return [
        block("prose", "<p>La suite du texte.</p>"),
        block("picture", {"image": image.pk, "caption": "Sous la photo", "alt": ""}),
        block("video", film),
    ]


@pytest.fixture
def readers(client, home):
    """Someone who reads and whom an error does not stop."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_pages_lists_and_what_machines_fetch_answer_without_the_picture(readers, monkeypatch, state):
    the_desk()
    image = ImageFactory(file__width=50, file__height=30)
    body = body_of(image)
    pages = [factory(picture=image, body=body) for factory in PAGES]
    pages[0].gallery.add(StrengthGalleryImage(image=image, caption="Dans la galerie"))
    pages[0].save()
    state(image, monkeypatch)
    for page in pages:
        for address in [page.url, page.get_parent().url, f"/oembed?url=http://localhost{page.url}"]:
            assert readers.get(address).status_code == 200, address
        html = readers.get(page.url).content.decode()
        assert "La suite du texte." in html
        assert "Un film" in html


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_home_desk_share_picture_and_api_answer_too(readers, monkeypatch, state):
    image = ImageFactory(file__width=50, file__height=30)
    offer, desk = OfferFactory(picture=image), the_desk()
    home = the_home()
    for page in home, desk:
        type(page).objects.filter(pk=page.pk).update(picture=image)
    state(image, monkeypatch)
    link = offer.lasting_link.code
    addresses = [home.url, desk.url, f"/o/{link}/share-fr.jpg", "/api/v1/offers", f"/api/v1/offers/{link}"]
    for address in addresses:
        assert readers.get(address).status_code == 200, address


def test_a_picture_that_is_gone_while_blocks_name_it_is_left_out(readers, monkeypatch):
    image = ImageFactory()
    page = EditorialFactory(body=body_of(image))
    deleted(image, monkeypatch)
    html = readers.get(page.url).content.decode()
    assert "La suite du texte." in html
    assert "Sous la photo" not in html


def test_a_film_that_is_gone_leaves_no_empty_player(readers):
    image = ImageFactory()
    page = EditorialFactory(body=body_of(image))
    for document in page.body[2].value["video"], page.body[2].value["captions"]:
        SiteDocument.objects.filter(pk=document.pk)._raw_delete("default")
    html = readers.get(page.url).content.decode()
    assert "La suite du texte." in html
    assert "<video" not in html


def test_it_is_said_once_in_the_log(readers, caplog, monkeypatch):
    image = ImageFactory()
    page = StrengthFactory(picture=image)
    missing(image, monkeypatch)
    with caplog.at_level(logging.ERROR):
        for address in [page.url, page.get_parent().url, page.url]:
            readers.get(address)
    assert len([record for record in caplog.records if record.name == "core.pictures.renditions"]) == 1


@pytest.mark.parametrize("state", STATES[:3], ids=lambda state: state.__name__)
def test_editors_see_the_library_and_change_the_picture(admin, home, monkeypatch, state):
    image = ImageFactory()
    StrengthFactory(picture=image)
    state(image, monkeypatch)
    for address in ["/admin/images/", f"/admin/images/{image.pk}/", "/admin/images/chooser/"]:
        assert admin.get(address).status_code == 200, address
    fields = {
        "title": "Autre",
        "licence": "own",
        "collection": "1",
        "alt_texts_fr": "Le pont",
        "credit": "",
        "tags": "",
    }
    assert admin.post(f"/admin/images/{image.pk}/", fields).status_code == 302

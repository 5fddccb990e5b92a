"""What is set in type from an offer: the picture that a shared link shows."""

import io

import pytest
from django.conf import settings
from PIL import Image

from factories import OfferFactory, open_site, publish, translate, version
from scenarios import scenario
from territoire.outlets import documents

# What is set in type says nothing about the database.
pytestmark = pytest.mark.once


@scenario
def offer():
    open_site("en", "de")
    offer = OfferFactory(title="Médecine à Blois", reference="LC41-1999-001")
    publish(offer)
    translate(offer, "en", {"title": "Medicine in Blois"})
    return version(offer, "fr")


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_a_shared_link_shows_a_picture_of_the_offer(offer, client, language):
    page = version(offer, language)
    head = client.get(page.url).content.decode()
    address = f"/o/LC41-1999-001/share-{language}.jpg"
    assert f'<meta property="og:image" content="{settings.SITE_URL}{address}">' in head
    answer = client.get(address)
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert len(answer.content) < 300_000


def test_the_longest_title_leaves_the_site_s_name_free(offer, client):
    """Where nothing is printed on the ground colour between the facts and the foot, they do not touch."""
    publish(offer, title=("Un très long intitulé de stage en médecine générale " * 5)[:255], fictional=True)
    picture = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content)).convert("L")
    rows = [picture.crop((60, y, 700, y + 1)).getextrema()[0] > 200 for y in range(440, 540)]
    assert any(all(rows[start : start + 8]) for start in range(len(rows) - 8))


def test_the_picture_shows_the_offer_s_own_and_its_words(offer, client):
    """Another title, another picture; the right third is the offer's own picture."""
    before = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content))
    publish(offer, title="Tout autre chose", town="Vendôme")
    after = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content))
    assert before.crop((0, 0, 790, 630)).tobytes() != after.crop((0, 0, 790, 630)).tobytes()


def test_a_character_that_no_font_has_costs_no_picture(offer, client):
    publish(offer, title="Stage 🏥 été")
    assert client.get("/o/LC41-1999-001/share-fr.jpg").status_code == 200


def test_nothing_that_an_editor_writes_is_read_as_a_command(offer, client):
    publish(offer, title='#panic("x") *gras* $x$ \\ @ref <label>', summary='#read("/etc/passwd") "')
    assert client.get("/o/LC41-1999-001/share-fr.jpg").status_code == 200


def test_no_picture_of_nothing(offer, client):
    assert client.get("/o/unknown/share-fr.jpg").status_code == 404


def test_who_has_papers_set_in_type_too_often_is_told_when_to_come_back(offer, client, monkeypatch):
    monkeypatch.setattr(documents.SETTING, "most", 2)
    papers = [f"/o/LC41-1999-001/{name}-fr.pdf" for name in ("learning-agreement", "traineeship-certificate")]
    answers = [client.get(paper) for paper in papers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert not any("RateLimit" in answer for answer in answers), "caches hand them out to others"
    refused = client.get(papers[0])
    assert (refused.status_code, refused["Content-Type"]) == (429, "text/plain; charset=utf-8")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert client.get(papers[0], REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/o/LC41-1999-001/learning-agreement-fr.json").status_code == 200

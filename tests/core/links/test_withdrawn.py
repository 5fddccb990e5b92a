"""Whatever names a page that was taken back says so, to readers and to editors."""

import pytest
from wagtail.models import ReferenceIndex

from core.admin.waiting import all_notices
from factories import EditorialFactory, HousingFactory, OfferFactory, block, items

pytestmark = pytest.mark.once


@pytest.fixture
def room(home):
    return HousingFactory(title="Chambre sur le quai", monthly_rent=150)


def naming(room):
    """A page with a link in its text and a card to the room."""
    link = f'<p>Voyez <a linktype="page" id="{room.pk}">cette chambre</a>.</p>'
    links = block("page_links", {"title": "Où loger", "pages": items(room.pk)})
    page = EditorialFactory(title="Se loger", body=[block("prose", link), links])
    ReferenceIndex.create_or_update_for_object(page)
    return page


def test_readers_are_promised_no_room_that_was_withdrawn(client, room):
    offer = OfferFactory(housing=room, housing_included=True)
    before = client.get(offer.url).content.decode()
    assert "150" in before
    room.unpublish()
    html = client.get(offer.url).content.decode()
    assert "Chambre sur le quai" not in html
    assert "150" not in html
    assert "n’est pas proposée" in html
    listed = client.get("/api/v1/offers").json()
    assert [entry["room"]["reserved"] for entry in listed["results"]] == [False]


def test_links_to_a_withdrawn_page_keep_their_words_only(client, room):
    page = naming(room)
    assert f'href="{room.url}"' in client.get(page.url).content.decode()
    room.unpublish()
    html = client.get(page.url).content.decode()
    assert "cette chambre" in html
    assert room.url not in html
    assert "Chambre sur le quai" not in html


def test_editors_are_told_on_the_home_and_above_the_form(admin, rf, editor, room):
    page = naming(room)
    address = f"/admin/pages/{page.pk}/edit/"
    room.unpublish()
    request = rf.get("/admin/")
    request.user = editor
    reasons = [notice.reason for notice in all_notices(request) if notice.title == "Se loger"]
    assert any("Chambre sur le quai" in reason for reason in reasons)
    answer = admin.get(address)
    assert any("Chambre sur le quai" in str(message) for message in answer.context["messages"])

"""Who must give a password or sign in reads a page of the site, which tells nothing of what it hides."""

import pytest
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.translation import gettext, pgettext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from factories import DocumentFactory, EditorialFactory

pytestmark = pytest.mark.once


@pytest.fixture
def asked(client, home):
    """A page that asks for a password, as a stranger gets it."""
    page = EditorialFactory(title="Plan secret", summary="Rien pour personne")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="loire")
    return client.get(page.url)


def test_a_page_that_asks_for_a_password_stands_in_the_sites_frame_and_tells_nothing(asked):
    said = asked.content.decode()
    assert asked.status_code == 200
    assert 'class="site-footer"' in said
    assert '<label for="id_password">' in said
    assert "Plan secret" not in said
    assert "Rien pour personne" not in said


def test_a_wrong_password_is_told_beside_its_field_and_the_right_one_opens(client, asked):
    action, back = asked.context["action_url"], asked.context["form"].initial["return_url"]
    answer = client.post(action, {"password": "cher", "return_url": back})
    said = answer.content.decode()
    assert 'aria-describedby="id_password_error"' in said
    assert '<p class="error" id="id_password_error">' in said
    answer = client.post(action, {"password": "loire", "return_url": back}, follow=True)
    assert "Plan secret" in answer.content.decode()


def test_a_document_asks_for_its_password(client, home):
    inside = Collection.get_first_root_node().add_child(name="Interne")
    CollectionViewRestriction.objects.create(collection=inside, restriction_type="password", password="loire")
    document = DocumentFactory(title="Plan secret", collection=inside, file=ContentFile(b"2027", "nom-secret.pdf"))
    said = client.get(document.url).content.decode()
    assert gettext("This document opens with a password. Who sent you the link knows it.") in said
    assert 'class="site-footer"' in said
    assert "Plan secret" not in said


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
def test_signing_in_is_asked_in_each_language(client, home, language):
    answer = client.get(f"/{language}/_util/login/?next=/fr/")
    said = answer.content.decode()
    with translation.override(language):
        assert f"<h1>{pgettext('site', 'Sign in')}</h1>" in said
    assert '<label for="id_username">' in said
    assert '<label for="id_password">' in said


def test_a_wrong_account_is_told_once(client, home):
    answer = client.post("/fr/_util/login/", {"username": "x", "password": "y", "next": "/fr/"})
    assert answer.content.decode().count('<p class="error" role="alert">') == 1

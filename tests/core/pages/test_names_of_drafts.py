"""A page that is not public is never named by what only a draft says, whatever leads to it."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from core.models import PermanentLink
from factories import (
    EditorialFactory,
    EventFactory,
    HousingFactory,
    OfferFactory,
    QuestionFactory,
    SectionFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    languages,
    prose,
    publish,
    the_desk,
    translate,
)
from home.api.kinds import resources

pytestmark = pytest.mark.once

SECRET = "Projet secret du brouillon"
TYPES = [
    EditorialFactory,
    EventFactory,
    HousingFactory,
    OfferFactory,
    QuestionFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
]


def draft(page, **changes):
    """Save a draft of a page that is not public, as the editor does."""
    page = type(page).objects.get(pk=page.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision()
    # What Wagtail's editor does with a page that is not public.
    page.save()
    return page


@pytest.mark.parametrize("make", TYPES, ids=lambda make: make._meta.model.__name__)
def test_nothing_names_a_page_by_a_draft_that_came_after_it_was_taken_back(client, home, settings, make):
    """Permanent link, own and old address, embedding, QR code, API, search engines' files and everything around."""
    publish(home)
    languages("en")
    the_desk()
    page = publish(make(title="Ce qui fut public", reference="PAGE-1"))
    link = PermanentLink.objects.get(translation_key=page.translation_key)
    own, old = page.url, "/fr/ancienne-adresse/"
    Redirect.add_redirect(old.rstrip("/"), redirect_to=page)
    page.unpublish()
    named = client.get(f"{link.path}?lang=fr")
    assert named.status_code == 410
    assert "Ce qui fut public" in named.content.decode()
    page = draft(page, title=SECRET, slug="projet-secret-du-brouillon")
    addresses = [
        *(f"{link.path}?lang={language}" for language in ("fr", "en")),
        own,
        page.url,
        old,
        f"/oembed?url={settings.SITE_URL}{own}",
        f"/oembed?url={settings.SITE_URL}{link.path}",
        f"/fr/embed/offres?reference={link.code}",
        f"{link.path}/qr.svg",
        f"{link.path}/agreement-fr.pdf",
        "/sitemap-fr.xml",
        "/fr/",
        page.get_parent().url,
        *(f"/api/v1/{resource.name}/{link.code}?lang=fr" for resource in resources()),
        *(f"/api/v1/{resource.name}?lang=fr" for resource in resources()),
    ]
    for address in addresses:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = body.decode(errors="replace") + answer.headers.get("Location", "")
        assert SECRET not in told, address
        assert "projet-secret" not in told or address == page.url, address
    assert client.get(old).status_code == 410


def test_what_is_around_a_draft_does_not_name_it(client, home):
    """The way to a page that stands below, a placement's testimonial, a room's placements, the desk's notice."""
    desk = the_desk()
    section = publish(SectionFactory(title="Rubrique"))
    below = publish(EditorialFactory(parent=section, title="Dessous"))
    room = publish(HousingFactory(title="Chambre", body=prose("Calme.")))
    offer = publish(OfferFactory(title="Stage", housing=room, housing_included=True))
    voice = publish(TestimonialFactory(offer=offer))
    for page in (section, room, offer):
        page.unpublish()
        draft(page, title=SECRET)
    for address in (below.url, voice.url, f"{desk.url}?about={offer.reference}", "/fr/"):
        answer = client.get(address)
        assert SECRET not in answer.content.decode(), address


def test_a_translation_that_was_taken_back_is_not_named_by_its_draft_either(client, home):
    publish(home)
    languages("en")
    voice = publish(TestimonialFactory(title="Une voix"))
    english = translate(voice, "en", {"title": "A voice"})
    type(voice).objects.get(pk=voice.pk).unpublish()
    draft(english, title=SECRET)
    assert SECRET not in client.get(f"/t/{voice.lasting_link.code}?lang=en").content.decode()

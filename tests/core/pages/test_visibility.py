"""What a restriction hides, it hides everywhere."""

import pytest
from wagtail.models import PageViewRestriction

from factories import OfferFactory, StrengthFactory, TestimonialFactory, block, items, the_desk, the_index
from scenarios import scenario
from territoire.models import OfferIndexPage


def restrict(page):
    """Only people who signed in may read this page and those below it."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@scenario
def secret():
    """A restricted offer among public ones of the same place and specialty."""
    other = OfferFactory(title="Stage public")
    secret = OfferFactory(title="Stage confidentiel", specialty=other.specialty, town=other.town)
    TestimonialFactory(offer=secret)
    restrict(secret)
    return secret


def test_a_restricted_offer_is_named_nowhere(client, home, secret):
    index = secret.get_parent()
    public = OfferIndexPage.objects.get(pk=index.pk).entries().get()
    desk = the_desk()
    addresses = [
        home.url,
        index.url,
        f"{index.url}?points=1",
        public.url,
        f"{desk.url}?about={secret.reference}",
        secret.testimonials.get().url,
        "/sitemap-fr.xml",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Stage confidentiel" not in answer.content.decode(), address
        assert secret.url not in answer.content.decode(), address


def test_what_stands_below_a_restricted_list_is_hidden_too(client, home):
    offer = OfferFactory(title="Stage confidentiel")
    restrict(offer.get_parent())
    assert "Stage confidentiel" not in client.get(home.url).content.decode()


def test_blocks_leave_restricted_pages_out(client, home):
    place = StrengthFactory(title="Lieu réservé", latitude=47.5, longitude=1.3)
    page = StrengthFactory(
        body=[
            block("map", {"title": "Où c’est", "places": items(place.pk)}),
            block("pages", {"title": "À lire", "pages": items(place.pk)}),
        ]
    )
    assert "Lieu réservé" in client.get(page.url).content.decode()
    restrict(place)
    assert "Lieu réservé" not in client.get(page.url).content.decode()


def test_a_lifted_restriction_brings_the_page_back(client, home):
    offer = OfferFactory(title="De nouveau public")
    restriction = restrict(offer)
    assert "De nouveau public" not in client.get(offer.get_parent().url).content.decode()
    restriction.delete()
    assert "De nouveau public" in client.get(offer.get_parent().url).content.decode()


@pytest.mark.parametrize("label", ["FaqIndexPage", "TestimonialIndexPage", "PartnerIndexPage"])
def test_a_list_without_places_has_no_points(client, home, label):
    from home.models import FaqIndexPage
    from temoignages.models import TestimonialIndexPage
    from territoire.models import PartnerIndexPage

    models = {model.__name__: model for model in (FaqIndexPage, TestimonialIndexPage, PartnerIndexPage)}
    page = the_index(models[label], "Liste")
    answer = client.get(page.url, {"points": "1"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/html")

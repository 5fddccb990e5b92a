"""Nobody is named on the site who has not agreed to it."""

import pytest

from factories import OfferFactory, SupervisorFactory

pytestmark = pytest.mark.once


def offer_of(supervisor):
    return OfferFactory(supervisor=supervisor, host=supervisor.host)


def test_a_supervisor_who_agrees_is_named(client, home, text_of):
    offer = offer_of(SupervisorFactory(name="Dr Camille Essai", role="Médecin généraliste"))
    assert "Dr Camille Essai , Médecin généraliste" in text_of(client.get(offer.url))


def test_without_agreement_the_page_says_only_the_role(client, home, text_of):
    supervisor = SupervisorFactory(name="Dr Anonyme", role="Cardiologue de garde", publication_agreed=False)
    offer = offer_of(supervisor)
    assert offer.named_supervisor is None
    for address in (offer.url, offer.get_parent().url, "/fr/"):
        assert "Anonyme" not in client.get(address).content.decode()
    assert "Cardiologue de garde" in text_of(client.get(offer.url))


def test_an_agreement_that_is_taken_back_counts_at_once(client, home):
    supervisor = SupervisorFactory(name="Dr Camille Essai")
    offer = offer_of(supervisor)
    client.get(offer.url)
    supervisor.publication_agreed = False
    supervisor.save()
    assert "Camille" not in client.get(offer.url).content.decode()


def test_the_demo_names_only_those_who_agreed(crawl):
    from territoire.models import InternshipOfferPage, Supervisor

    silent = set(Supervisor.objects.filter(publication_agreed=False).values_list("name", flat=True))
    assert silent
    for offer in InternshipOfferPage.objects.live():
        assert not [name for name in silent if name in crawl(offer.url).html]

"""What machines fetch costs as many queries for 240 offers as for 24."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import PermanentLink
from factories import (
    EventFactory,
    HousingFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    offers_in_bulk,
)
from territoire.models import InternshipOfferPage

# How many queries there are does not depend on the database.
pytestmark = pytest.mark.once

MOST = 18


def queries_of(client, address):
    """How many queries an answer takes once caches are warm."""

    def read():
        answer = client.get(address)
        assert answer.status_code == 200, address
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    read()
    with CaptureQueriesContext(connection) as caught:
        read()
    return len(caught)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/offers?per_page=100",
        "/api/v1/offers?field=medecine&place=Blois&french=B2&sort=newest",
        "/api/v1/hosts?per_page=100",
        "/feeds/fr/offers.atom",
        "/feeds/fr/deadlines.ics",
        "/data/offers.csv",
        "/data/offers.json",
        "/sitemap.xml",
        "/sitemap-fr.xml",
        "/fr/embed/offres?count=12",
        "/api/v1/search?q=stage&type=offers",
    ],
)
def test_what_is_fetched_of_offers_costs_the_same_for_240_as_for_24(client, home, address):
    index = offers_in_bulk(240)
    offers = InternshipOfferPage.objects.child_of(index)
    kind = InternshipOfferPage._meta.label
    PermanentLink.objects.bulk_create(
        PermanentLink(code=offer.reference, translation_key=offer.translation_key, page_type=kind) for offer in offers
    )
    many = queries_of(client, address)
    few = offers.values_list("pk", flat=True)[24:]
    offers.filter(pk__in=list(few)).update(live=False)
    cache.clear()
    assert queries_of(client, address) == many <= MOST


@pytest.mark.parametrize(
    ("name", "factory"),
    [
        ("housing", HousingFactory),
        ("strengths", StrengthFactory),
        ("testimonials", TestimonialFactory),
        ("partners", UniversityFactory),
        ("events", EventFactory),
    ],
)
def test_every_list_costs_the_same_for_eight_as_for_two(client, home, name, factory):
    counts = []
    for _time in (2, 6):
        factory.create_batch(_time)
        counts.append(queries_of(client, f"/api/v1/{name}"))
        if name == "events":
            counts[-1] += queries_of(client, "/feeds/fr/events.ics")
    assert counts[0] == counts[1] <= MOST + 6

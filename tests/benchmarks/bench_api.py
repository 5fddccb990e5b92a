"""What machines fetch, with 240 and with 10,000 offers: `make bench-api`. A table to read, no assertion on times."""

import statistics
import time

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
from home.api import limits
from territoire.models import InternshipOfferPage

TIMES = 5
ASKED = {
    "API, first page": "/api/v1/offers",
    "API, 100 a page": "/api/v1/offers?per_page=100",
    "API, filtered": "/api/v1/offers?field=medecine&french=B2&place=Blois",
    "API, page 50": "/api/v1/offers?page=50",
    "API, hosts": "/api/v1/hosts",
    **{f"API, {name}": f"/api/v1/{name}" for name in ("housing", "strengths", "testimonials", "partners", "events")},
    "Atom": "/feeds/fr/offers.atom",
    "Atom, filtered": "/feeds/fr/offers.atom?field=medecine",
    "calendar, deadlines": "/feeds/fr/deadlines.ics",
    "calendar, events": "/feeds/fr/events.ics",
    "data, CSV": "/data/offers.csv",
    "data, JSON": "/data/offers.json",
    "sitemap, index": "/sitemap.xml",
    "sitemap, a part": "/sitemap-fr.xml",
    "embedded list": "/fr/embed/offres?field=medecine",
}


def read(client, address):
    """The whole answer; its status and its size."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, len(content)


@pytest.mark.parametrize("count", [240, 10_000])
def test_what_machines_fetch(client, home, count, capsys, monkeypatch):
    """Print the median in milliseconds, the number of queries and the size."""
    for limit in (limits.READING, limits.SEARCHING):
        monkeypatch.setattr(limit, "most", 1_000_000)
    index = offers_in_bulk(count)
    for factory in (HousingFactory, StrengthFactory, TestimonialFactory, UniversityFactory, EventFactory):
        factory.create_batch(20)
    offers = InternshipOfferPage.objects.child_of(index).values_list("reference", "translation_key")
    kind = InternshipOfferPage._meta.label
    links = [PermanentLink(code=code, translation_key=key, page_type=kind) for code, key in offers]
    PermanentLink.objects.bulk_create(links)
    cache.clear()
    lines = [f"\n{count} offers", f"  {'asked':<22}{'median ms':>10}{'queries':>9}{'kB':>9}"]
    for name, address in ASKED.items():
        status, size = read(client, address)
        if status == 404 and "page=50" in address:
            continue  # too few offers
        assert status == 200, address
        with CaptureQueriesContext(connection) as caught:
            read(client, address)
        queries, taken = len(caught), []
        for _turn in range(TIMES):
            begun = time.perf_counter()
            read(client, address)
            taken.append((time.perf_counter() - begun) * 1000)
        lines.append(f"  {name:<22}{statistics.median(taken):>10.1f}{queries:>9}{size / 1000:>9.0f}")
    with capsys.disabled():
        print("\n".join(lines))

"""How long the list of offers takes with 240 and 2,400 offers: `make bench`. A table to read, no assertion on times."""

import statistics
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import offers_in_bulk

TIMES = 30
ASKED = {
    "first page": "",
    "filtered": "?field=medecine&french=B2&place=Blois&place=Vend%C3%B4me",
    "period": "?from=2027-03-15&to=2027-07-01",
    "last page": "?page=9999",
    "points": "?points=1",
}


@pytest.mark.parametrize("count", [240, 2400])
def test_list_of_offers(client, home, count, capsys):
    """Print median and 95th percentile in milliseconds, and the number of queries."""
    index = offers_in_bulk(count)
    lines = [f"\n{count} offers", f"  {'asked':<12}{'median ms':>10}{'p95 ms':>10}{'queries':>10}"]
    for name, query in ASKED.items():
        address = index.url + query
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        queries = len(caught)
        taken = []
        for _turn in range(TIMES):
            begun = time.perf_counter()
            client.get(address)
            taken.append((time.perf_counter() - begun) * 1000)
        p95 = statistics.quantiles(taken, n=20)[-1]
        lines.append(f"  {name:<12}{statistics.median(taken):>10.1f}{p95:>10.1f}{queries:>10}")
    with capsys.disabled():
        print("\n".join(lines))

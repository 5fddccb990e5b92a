"""Pages cost few queries, and lists as many for 24 offers as for 240."""

import re
from collections import defaultdict

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.kinds.table import page_types
from factories import offers_in_bulk

# Finding the tree of another language takes two more than of French, and the switcher one; an offer's share kit takes
# two: its lasting link, and its words in all languages.
MOST = 20
# An offer asks for papers, aids, windows, sheets with the partners that name them, and similar offers with theirs.
MORE = {"InternshipOfferPage": 25}
# Pages of one type and language are alike: where there are many, the first ones and the last are asked for.
SAMPLE = 3


def queries_of(client, address):
    """How many queries an answer takes once caches are warm, and what kind of page it is."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        answer = client.get(address)
    page = (answer.context or {}).get("page")
    return len(caught), type(page).__name__


@pytest.mark.once
def test_no_page_of_the_demo_takes_more_queries_than_it_may(demo, client):
    """The page of a type that takes the most is named when it is too much."""
    from wagtail.models import Page

    by_type = defaultdict(list)
    for page in Page.objects.live().filter(depth__gt=1).select_related("content_type", "locale"):
        by_type[page.content_type_id, page.locale_id].append(page.url)
    worst = {}
    for urls in by_type.values():
        sample = urls if len(urls) <= 2 * SAMPLE else [*urls[:SAMPLE], *urls[-SAMPLE:]]
        for url in sample:
            count, kind = queries_of(client, url)
            worst[kind] = max(worst.get(kind, (0, "")), (count, url))
    print("\n".join(f"{kind}: {count} ({url})" for kind, (count, url) in sorted(worst.items())))
    assert set(worst) == {model.__name__ for model in page_types()}, "every page type was seen"
    assert {kind: found for kind, found in worst.items() if found[0] > MORE.get(kind, MOST)} == {}


@pytest.mark.parametrize("query", ["", "?field=medecine&place=Blois&french=B2", "?from=2027-03-01&page=2", "?points=1"])
def test_a_list_costs_as_many_queries_for_240_offers_as_for_24(client, home, query):
    from territoire.models import InternshipOfferPage

    counts = []
    index = offers_in_bulk(240)
    counts.append(queries_of(client, index.url + query)[0])
    few = InternshipOfferPage.objects.child_of(index).values_list("pk", flat=True)[24:]
    InternshipOfferPage.objects.filter(pk__in=list(few)).update(live=False)
    cache.clear()
    counts.append(queries_of(client, index.url + query)[0])
    assert counts[0] == counts[1] <= MOST


def test_the_sitemap_does_not_cost_a_query_a_page(client, home):
    index = offers_in_bulk(60)
    client.get("/sitemap-fr.xml")
    with CaptureQueriesContext(connection) as caught:
        answer = client.get("/sitemap-fr.xml")
    assert len(re.findall("<loc>", answer.content.decode())) >= 54
    assert len(caught) <= MOST
    assert index.url

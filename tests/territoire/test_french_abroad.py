"""French citizens who study abroad find the placements that are open to them, and the page that is theirs."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Site

from core.models import SiteSettings
from factories import EditorialFactory, OfferFactory, the_desk

pytestmark = pytest.mark.once

ERASMUS = [("erasmus_stage", "", "observation"), ("ifmsa_scope", "", "observation")]
OTHERS = [("ifmsa_scope", "", "observation"), ("stage_conventionne", "", "observation")]


def test_the_filter_keeps_offers_with_a_framework_that_asks_for_no_citizenship(client, home):
    erasmus, other = OfferFactory(title="Ouvert", frameworks=ERASMUS), OfferFactory(title="Autre", frameworks=OTHERS)
    listed = client.get(erasmus.get_parent().url, {"french_abroad": "1"}).context["entries"]
    assert [offer.title for offer in listed] == ["Ouvert"]
    assert (erasmus.takes_french_citizens, other.takes_french_citizens) == (True, False)
    told = client.get("/api/v1/offers", {"french_abroad": "1"}).json()["results"]
    assert [record["title"] for record in told] == ["Ouvert"]


def test_each_framework_says_whether_they_may_come_or_have_to_ask(client, home):
    offer = OfferFactory(frameworks=ERASMUS)
    rows = BeautifulSoup(client.get(offer.url).content, "html.parser").select("section.frameworks summary")
    assert ["Français inscrits à l’étranger" in row.text for row in rows] == [True, False]
    record = client.get(f"/api/v1/offers/{offer.reference}").json()
    assert record["french_citizens"] is True
    assert [line["french_citizens"] for line in record["frameworks"]] == [True, None]


def test_offers_and_the_desk_lead_to_their_page(client, home):
    page = EditorialFactory(title="Français à l’étranger")
    chosen = SiteSettings.for_site(Site.objects.get())
    chosen.french_abroad_page = page
    chosen.save()
    for address in (OfferFactory().url, the_desk().url):
        links = BeautifulSoup(client.get(address).content, "html.parser").select(".for-whom a")
        assert [link["href"] for link in links] == [page.url]

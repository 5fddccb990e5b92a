"""A students' union shows our offers on its own site: in a frame, or by pasting a link."""

import re
from html import unescape

import pytest
from django.conf import settings

from factories import (
    OfferFactory,
    StrengthFactory,
    UniversityFactory,
    days,
    open_site,
    publish,
    the_home,
    translate,
    version,
)
from scenarios import scenario
from territoire.models import InternshipOfferPage

pytestmark = pytest.mark.once


@scenario
def site():
    return open_site("en")


@scenario
def offers():
    open_site("en")
    for number, field in enumerate(["medecine", "odontologie", "medecine", "medecine"]):
        days_and_name = {"start_date": days(100 + number), "end_date": days(170), "reference": f"LC41-1998-{number:03}"}
        offer = OfferFactory(title=f"Stage {number}", field=field, **days_and_name)
        publish(offer)
    return offer.get_parent().specific


def titles(answer):
    return [entry.title for entry in answer.context["entries"]]


def test_a_frame_shows_three_offers_of_a_filter_and_leads_to_all(offers, client):
    answer = client.get("/fr/embed/offres?field=medecine")
    assert titles(answer) == ["Stage 0", "Stage 2", "Stage 3"]
    assert f'href="{offers.full_url}?field=medecine"' in answer.content.decode()
    assert titles(client.get("/fr/embed/offres?count=1")) == ["Stage 0"]
    assert len(titles(client.get("/fr/embed/offres?count=99"))) == 4
    assert len(titles(client.get("/fr/embed/offres?count=-1"))) == 3


def test_a_frame_with_a_filter_that_does_not_exist_is_none(offers, client):
    """Else it would show all offers under a heading that promises some."""
    for query in ("field=zahnmedizin", "french=Z9", "from=2027-05-01&to=2027-03-01"):
        for address in ("/fr/embed/offres", "/feeds/fr/offers.atom", "/feeds/fr/deadlines.ics"):
            assert client.get(f"{address}?{query}").status_code == 404, address
    assert client.get("/fr/embed/offres?utm_source=fachschaft").status_code == 200


def test_a_frame_needs_no_script_and_sets_no_cookie(offers, client):
    answer = client.get("/fr/embed/offres")
    assert "<script" not in answer.content.decode()
    assert not answer.cookies
    assert "script-src 'none'" in answer["Content-Security-Policy"]
    assert len(answer.content) < 20_000


def test_a_list_offers_its_own_frame_to_copy(offers, client):
    page = client.get(f"{offers.url}?field=medecine").content.decode()
    code = re.search(r'<textarea id="embed-code"[^>]*>(.*?)</textarea>', page)[1]
    assert unescape(code).startswith(f'<iframe src="{settings.SITE_URL}/fr/embed/offres?field=medecine"')


def test_only_frames_may_be_framed(offers, client):
    framed = client.get("/fr/embed/offres")
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    for address in ("/fr/", offers.url, "/o/LC41-1998-000/learning-agreement-fr.pdf", "/api/v1/offers", "/api/v1/docs"):
        answer = client.get(address)
        assert answer["X-Frame-Options"] == "SAMEORIGIN", address
        assert "frame-ancestors 'self'" in answer["Content-Security-Policy"], address


@pytest.mark.parametrize("query", ["field=xx", "from=2027-05-01&to=2027-03-01", "reference=NOPE"])
def test_what_a_frame_no_longer_knows_is_said_inside_the_frame(offers, client, query):
    answer = client.get(f"/en/embed/offres?{query}")
    assert answer.status_code == 404
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    html = answer.content.decode()
    assert "not known here any more" in " ".join(html.split())
    assert "No placement is open" not in html
    assert re.search(r'class="all"><a href="[^"?]+/en/', html)


def test_the_frame_of_one_offer_follows_what_becomes_of_it(offers, client):
    address = "/fr/embed/offres?reference=LC41-1998-001"
    answer = client.get(address)
    assert titles(answer) == ["Stage 1"]
    assert not answer.context["over"]
    old = answer.context["entries"][0]
    publish(OfferFactory(title="Stage 1, l’année suivante", repeats=old, start_date=days(400), end_date=days(470)))
    publish(version(old, "fr"), start_date=days(-90), end_date=days(-20), deadline=days(-120), max_weeks=8)
    answer = client.get(address)
    assert titles(answer) == ["Stage 1, l’année suivante"]
    assert answer.context["over"]


def test_the_frame_of_an_offer_that_is_over_shows_those_like_it(offers, client):
    offer = client.get("/fr/embed/offres?reference=LC41-1998-000").context["entries"][0]
    offer.unpublish()
    answer = client.get("/fr/embed/offres?reference=LC41-1998-000")
    assert answer.status_code == 200
    assert answer.context["over"]
    assert sorted(titles(answer)) == ["Stage 1", "Stage 2", "Stage 3"]
    assert client.get("/fr/embed/offres?reference=unknown").status_code == 404


def test_a_frame_speaks_the_language_of_its_address(offers, client):
    offer = client.get("/fr/embed/offres?count=1").context["entries"][0]
    translate(offer, "en", {"title": "Placement 0"})
    page = client.get("/en/embed/offres", headers={"accept-language": "fr"}).content.decode()
    assert '<html lang="en">' in page
    assert "Placement 0" in page
    assert "Requests until" in page
    assert '<span lang="fr">Stage 1</span> <span class="french-mark">in French</span>' in " ".join(page.split())


def test_a_withdrawn_offer_s_neighbours_are_in_the_frame_s_language(offers, client):
    offer = client.get("/fr/embed/offres?count=1").context["entries"][0]
    offer.unpublish()
    answer = client.get("/en/embed/offres?reference=LC41-1998-000")
    assert {entry.locale.language_code for entry in answer.context["entries"]} == {"en"}
    assert client.get("/fr/embed/offres?reference=%00").status_code == 404


# --- oEmbed -----------------------------------------------------------------------------------------------------------
def ask(client, address, **more):
    return client.get("/oembed", {"url": address, **more})


def test_a_pasted_link_becomes_a_card(offers, client):
    offer = client.get("/fr/embed/offres?count=1").context["entries"][0]
    for address in (offer.full_url, f"{settings.SITE_URL}/o/LC41-1998-000"):
        card = ask(client, address).json()
        assert (card["version"], card["type"], card["title"]) == ("1.0", "rich", "Stage 0")
        source = re.search(r'src="([^"]+)"', card["html"])[1].replace("&amp;", "&")
        assert source == f"{settings.SITE_URL}/fr/embed/offres?reference=LC41-1998-000"
        assert titles(client.get(source.removeprefix(settings.SITE_URL))) == ["Stage 0"]
        assert client.get(card["thumbnail_url"].removeprefix(settings.SITE_URL)).status_code == 200


def test_pages_name_their_card(offers, client):
    for page in (offers, client.get("/fr/embed/offres?count=1").context["entries"][0]):
        head = client.get(page.url).content.decode()
        found = re.search(r'type="application/json\+oembed" href="([^"]+)"', head)[1].replace("&amp;", "&")
        card = client.get(found.removeprefix(settings.SITE_URL)).json()
        assert card["title"] == page.title


def test_a_list_s_card_keeps_its_filters_and_its_size(offers, client):
    card = ask(client, f"{offers.full_url}?field=medecine&field=pharmacie", maxwidth="320", maxheight="400").json()
    assert "embed/offres?field=medecine&amp;field=pharmacie" in card["html"]
    assert (card["width"], card["height"]) == (320, 400)
    assert "thumbnail_url" not in card


def test_a_card_speaks_the_language_of_the_pasted_link(offers, client):
    offer = client.get("/fr/embed/offres?count=1").context["entries"][0]
    translate(offer, "en", {"title": "Placement 0"})
    card = ask(client, f"{settings.SITE_URL}/o/LC41-1998-000?lang=en").json()
    assert card["title"] == "Placement 0"
    assert "/en/embed/offres" in card["html"]


def test_other_pages_are_links_and_universities_frames(site, client):
    strength = publish(StrengthFactory(title="La Loire"))
    assert ask(client, strength.full_url).json()["type"] == "link"
    university = publish(UniversityFactory(fields=["medecine"]))
    for address in (university.full_url, f"{settings.SITE_URL}/u/{university.lasting_link.code}/offers?lang=fr"):
        assert "embed/offres?field=medecine" in ask(client, address).json()["html"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.com/fr/",
        "/fr/",
        "http://localhost:8000/admin/",
        "http://localhost:8000/fr/rien/",
        "http://[",
        "http://localhost:99999/fr/",
        "http://localhost:81/fr/",
        "ftp://localhost/fr/",
        "javascript://localhost/fr/",
        "http://localhost.example.org/fr/",
        "http://localhost/fr/%00",
    ],
)
def test_no_card_for_what_is_not_a_public_page_here(site, client, address):
    assert ask(client, address).status_code == 404


def test_an_address_is_understood_however_it_is_pasted(offers, client):
    """What a browser would follow to the page, oEmbed follows too."""
    offer = client.get("/fr/embed/offres?count=1").context["entries"][0]
    host, path = settings.SITE_URL.partition("://")[2], offer.url
    name = host.partition(":")[0]
    for address in (
        f"http://{host.upper()}{path}",
        f"HTTP://{name}:80{path}",
        f"https://{name}{path}",
        f"http://{host}{path.rstrip('/')}",
        f"http://{host}{path}#share-title",
        f"http://{host}{path}?utm_source=x",
        f"http://{host}{path.replace('stage', '%73tage')}",
        f"http://{host}{path.removeprefix('/fr')}",
        f"http://{host}/o/lc41-1998-000/",
    ):
        assert ask(client, address).json()["title"] == "Stage 0", address


def test_an_old_address_leads_to_where_the_page_has_moved(offers, client, django_capture_on_commit_callbacks):
    offer = InternshipOfferPage.objects.get(reference="LC41-1998-000", alias_of=None)
    path, old = offer.url, offer.full_url
    with django_capture_on_commit_callbacks(execute=True):
        publish(offer, slug="autre-nom")
    assert client.get(path).status_code == 301
    assert "reference=LC41-1998-000" in ask(client, old).json()["html"]


def cards_and_pages(client, addresses):
    """(address, what a browser ends at, what oEmbed says) where the two differ."""
    found = []
    for address in addresses:
        page = client.get(address, follow=True, headers={"accept-language": "fr"}).status_code
        card = ask(client, settings.SITE_URL + address).status_code
        found += [(address, page, card)] if page != card else []
    return found


def test_whatever_leads_a_browser_to_a_page_leads_to_its_card(offers, client, django_capture_on_commit_callbacks):
    university = publish(UniversityFactory(reference="uni-bochum", fields=["medecine"]))
    moved, deleted, repeated = InternshipOfferPage.objects.filter(alias_of=None).order_by("title")[:3]
    old, former, over = moved.url, [deleted.url, version(deleted, "en").url], repeated.url
    again = publish(OfferFactory(title="L’année suivante", repeats=repeated))
    with django_capture_on_commit_callbacks(execute=True):
        publish(moved, slug="autre-nom")
        deleted.delete()
        repeated.delete()
    whole = [
        *("/O/LC41-1998-000", "/o/LC41-1998-000.", "/o/LC41-%0A1998-000)", "/fr/STAGES/?field=medecine"),
        *("/U/uni-bochum/offers", "/u/uni-bochum/offers.", university.url.upper(), f"{university.url}%C2%AD"),
        *(old, old.upper(), f"{old.rstrip('/')}).", over, f"{over}?utm_source=x", again.url.removeprefix("/fr")),
    ]
    gone = [*former, former[0].upper()]
    assert cards_and_pages(client, whole) == []
    assert {ask(client, settings.SITE_URL + address).status_code for address in whole} == {200}
    assert {ask(client, settings.SITE_URL + address).status_code for address in gone} == {404}
    assert ask(client, settings.SITE_URL + over).json()["title"] == "L’année suivante"
    assert "?field=medecine" in ask(client, f"{settings.SITE_URL}/fr/STAGES/?field=medecine").json()["html"]


def test_the_cards_of_a_closed_language_are_french(offers, client):
    offer = InternshipOfferPage.objects.get(reference="LC41-1998-000", alias_of=None)
    address = version(offer, "en").url
    home = version(the_home(), "en")
    home.alias_of = None
    home.save()
    home.unpublish()
    for asked in (address, address.upper(), f"{address}?x=1", "/en/", "/o/LC41-1998-000?lang=en"):
        assert cards_and_pages(client, [asked]) == []
        assert "/fr/embed/offres" in ask(client, settings.SITE_URL + asked).json().get("html", "/fr/embed/offres")
    assert client.get("/en/?utm_source=x")["Location"] == "/fr/?utm_source=x"


def test_what_repeats_an_offer_is_its_card_once_it_is_over(offers, client):
    over = publish(OfferFactory(title="Dernière année", archived=True, reference="LC41-1997-001"))
    publish(OfferFactory(title="Cette année", reference="LC41-1998-900", repeats=over))
    assert ask(client, over.full_url).json()["title"] == "Cette année"


@pytest.mark.parametrize("path", ["", "/", "/fr", "/fr/"])
def test_the_home_page_has_a_card(site, client, path):
    card = ask(client, settings.SITE_URL + path).json()
    assert (card["type"], card["title"]) == ("link", site.title)


@pytest.mark.parametrize("query", ["field=rien", "french=Z9", "from=2027-02-30", "from=2027-05-01&to=2027-04-01"])
def test_a_filter_that_the_list_has_not_makes_no_frame(offers, client, query):
    assert client.get(f"/fr/embed/offres?{query}").status_code == 404
    assert ask(client, f"{offers.full_url}?{query}").status_code == 404


def test_the_filters_of_the_list_s_own_form_make_a_frame(offers, client):
    query = "field=medecine&french=&from=&to=&sort=start"
    assert client.get(f"/fr/embed/offres?{query}").status_code == 200
    assert ask(client, f"{offers.full_url}?{query}").json()["type"] == "rich"


def test_cards_are_json_only(offers, client):
    assert ask(client, offers.full_url, format="xml").status_code == 501

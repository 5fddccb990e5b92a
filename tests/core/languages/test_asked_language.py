"""One rule says in which language an address answers that names none: the first visit, links, the API."""

import pytest
from wagtail.models import Locale

from core.languages.localization import asked_language
from factories import OfferFactory, StrengthFactory, open_site, publish, version
from scenarios import scenario

pytestmark = pytest.mark.once


@scenario
def site():
    """A site in four languages."""
    return open_site("en", "es", "de")


# What a browser sends → what its reader gets.
ASKED = {
    "": "fr",
    "*": "fr",
    "fr-FR,fr;q=0.9": "fr",
    "fr;q=0.3,en;q=0.2,cs": "fr",
    "de-AT,de;q=0.9,en;q=0.8": "de",
    "cs,en;q=0.5,fr;q=0.1": "en",
    **dict.fromkeys(["cs", "ro-RO,ro", "it", "pt-BR", "pl", "zh-Hans-CN,zh", "uk"], "en"),
    "ro,es;q=0.2": "es",
    "fr;q=0": "en",
    "fr;q=0,*": "en",
    "fr;q=0,de;q=0.1": "de",
    "en;q=0,cs": "fr",
    **dict.fromkeys(["en;q=0,fr;q=0", "fr;q=0,en;q=0,cs"], "en"),
    "de;q=0": "fr",
    "not a language at all;;;": "fr",
}


def test_home_and_links_answer_in_the_same_language(site, client):
    strength = publish(StrengthFactory(reference="atout-velo"))
    for asked, language in ASKED.items():
        pages = {"/": version(site, language).url, "/s/atout-velo": version(strength, language).url}
        for address, page in pages.items():
            answer = client.get(address, headers={"accept-language": asked})
            assert (answer.status_code, answer["Location"]) == (302, page), asked
            assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("asked", ["ro,it;q=0.5", "fr;q=0", "de", ""])
def test_every_address_without_a_language_speaks_the_asked_one(site, client, asked):
    language, headers = {"ro,it;q=0.5": "en", "fr;q=0": "en", "de": "de", "": "fr"}[asked], {"accept-language": asked}
    for address in ("/o/LC41-2027-999", "/e/none", "/u/none/offers", "/documents/999/rien.pdf", "/media/rien.jpg"):
        answer = client.get(address, headers=headers, follow=True)
        assert (answer.status_code, answer["Content-Language"]) == (404, language), address
        # A file answers with a line of text.
        assert answer["Content-Type"].startswith("text/plain") or f'<html lang="{language}"' in answer.content.decode()
        assert "Accept-Language" in answer["Vary"]
    for address in ("/placements/", "/ro/", "/nimic/", "/xx", "/it/placements/", "/embed/offres"):
        assert client.get(address, headers=headers)["Location"].startswith(f"/{language}{address}"), address


def test_an_address_s_own_language_and_the_admin_are_not_touched(site, client):
    for address, language in {"/de/nichts/": "de", "/fr/rien/": "fr", "/admin/login/": "fr"}.items():
        answer = client.get(address, headers={"accept-language": "ro"})
        assert f'<html lang="{language}"' in answer.content.decode(), address


def test_the_address_s_own_word_comes_first(site, rf):
    assert asked_language(rf.get("/?lang=DE", headers={"accept-language": "fr"})) == "de"
    assert asked_language(rf.get("/?lang=cs", headers={"accept-language": "es"})) == "es"


def test_a_site_without_english_leads_everybody_to_french(home, client):
    for asked in ASKED:
        assert client.get("/", headers={"accept-language": asked})["Location"] == "/fr/"


# --- A language whose home page is not published --------------------------------------------------------------------
@pytest.fixture
def without_english(site):
    """The English home was taken back; what stands below it is still published."""
    strength = publish(StrengthFactory(reference="atout-velo", title="À vélo"))
    offered = version(strength, "en")
    english = version(site, "en")
    english.alias_of = None
    english.save()
    english.unpublish()
    assert type(offered).objects.get(pk=offered.pk).live
    return strength


def test_no_link_leads_into_a_closed_language(without_english, client):
    strength = without_english
    for address in ("/s/atout-velo?lang=en", "/?lang=en"):
        assert client.get(address)["Location"].startswith("/fr/"), address
    assert "/en/" not in client.get(strength.url).content.decode()
    assert "/en/" not in client.get("/fr/").content.decode()
    assert "sitemap-en" not in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-en.xml").status_code == 404
    assert "/en/" not in client.get("/sitemap-fr.xml").content.decode()
    assert client.get("/api/v1/strengths?lang=en").json()["results"][0]["url"].endswith(strength.url)


def test_files_of_a_closed_language_go_on_in_french(without_english, client):
    """A calendar that somebody follows for years does not break without a word."""
    OfferFactory(reference="LC41-1999-001")
    publish(OfferFactory.index_page())
    for file in ("feeds/{}/offers.atom", "feeds/{}/events.ics", "feeds/{}/deadlines.ics"):
        answer = client.get(f"/{file.format('en')}?field=medecine")
        assert (answer.status_code, answer["Location"]) == (302, f"/{file.format('fr')}?field=medecine")
        assert client.get(f"/{file.format('xx')}").status_code == 404


def test_an_address_of_a_closed_language_leads_to_the_french_page_until_it_opens_again(without_english, client):
    strength = without_english
    english = version(strength, "en")
    address = f"/en/{english.url_path.split('/', 2)[2]}"
    assert client.get(address)["Location"] == strength.url
    home = english.get_parent().get_parent()
    home.specific.save_revision().publish()
    assert client.get(address).status_code == 200
    assert client.get("/s/atout-velo?lang=en")["Location"] == address


def test_the_tree_of_a_closed_language_stays_for_its_translators(without_english):
    assert Locale.objects.filter(language_code="en").exists()
    assert version(without_english, "en").live

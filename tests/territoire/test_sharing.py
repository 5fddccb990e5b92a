"""An Erasmus officer takes a link, a code, a text or a list along, and it still works in five years."""

import io

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image

from factories import OfferFactory, UniversityFactory, open_site, publish, translate, version
from scenarios import scenario

pytestmark = pytest.mark.once


@scenario
def site():
    return open_site("en", "es", "de")


@scenario
def offer():
    open_site("en", "es", "de")
    offer = publish(OfferFactory(title="Médecine à Blois", reference="LC41-1999-001", french_level="B1"))
    translate(offer, "en", {"title": "Medicine in Blois"})
    translate(offer, "de", {"title": "Medizin in Blois"})
    return version(offer, "fr")


LINK = f"{settings.SITE_URL}/o/LC41-1999-001"


def test_an_offer_s_page_offers_its_link_its_code_and_a_text_in_four_languages(offer, client):
    kit = next(
        section.context["kit"] for section in client.get(offer.url).context["sections"] if "kit" in section.context
    )
    assert kit.link.url == LINK
    texts = {text.language: text.text for text in kit.texts}
    assert texts["fr"].startswith("Médecine à Blois (Blois, Loir-et-Cher, France)")
    assert "Demandes jusqu’au 21 janvier 2027" in texts["fr"]
    assert texts["en"].startswith("Medicine in Blois")
    assert texts["en"].endswith(f"{LINK}?lang=en")
    assert texts["de"].startswith("Medizin in Blois")
    assert "Anfragen bis 21. Januar 2027" in texts["de"]
    # What is not translated says it in French, around it the language's own words.
    assert texts["es"].startswith("Médecine à Blois")
    assert "Solicitudes hasta el 21 de enero de 2027" in texts["es"]


def test_the_kit_can_be_copied_from_the_page(offer, client):
    page = client.get(version(offer, "en").url).content.decode()
    assert f'<a href="{LINK}">' in page
    assert "/en/embed/offres?reference=LC41-1999-001&quot;" in page
    for file in ("qr.svg", "qr.png", "learning-agreement-en.pdf", "learning-agreement-fr.pdf"):
        address = f"/o/LC41-1999-001/{file}"
        assert f'"{address}"' in page
        assert client.get(address).status_code == 200


def test_a_telephone_reads_the_link_from_the_code(offer, client):
    png = client.get("/o/LC41-1999-001/qr.png")
    assert png["Content-Type"] == "image/png"
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(png.content)))
    assert [code.text for code in read] == [LINK]


def test_the_code_for_posters_is_a_drawing_with_a_name(offer, client):
    svg = client.get("/o/LC41-1999-001/qr.svg")
    assert svg["Content-Type"] == "image/svg+xml"
    assert f"<title>{LINK}</title>" in svg.content.decode()


def test_no_code_for_a_page_that_never_was(site, client):
    assert client.get("/o/nothing/qr.svg").status_code == 404


def test_a_fictional_offer_says_so_in_every_text_to_paste(site, client):
    offer = publish(OfferFactory(fictional=True, reference="LC41-1999-002"))
    kit = client.get(offer.url).context["sections"][-1].context["kit"]
    for text, word in zip(kit.texts, ("fictive", "fictional", "ficticia", "fiktiv"), strict=True):
        assert word in text.text.split("\n")[0]


# --- Partner universities -------------------------------------------------------------------------------------------
@scenario
def university():
    open_site("en", "es", "de")
    for number, (title, field) in enumerate(
        [("Médecine", "medecine"), ("Officine", "pharmacie"), ("Soins dentaires", "odontologie")]
    ):
        publish(OfferFactory(title=title, field=field, reference=f"LC41-1999-01{number}"))
    return publish(UniversityFactory(title="Universitatea de Medicină", fields=["medecine", "pharmacie"]))


def test_a_university_s_page_lists_the_offers_that_its_students_may_take(university, client):
    titles = {offer.title for offer in client.get(university.url).context["offers"]}
    assert titles == {"Médecine", "Officine"}


def test_a_university_s_link_leads_to_just_these_offers_in_the_reader_s_language(university, client):
    link = university.lasting_link
    for language in ("fr", "en"):
        answer = client.get(f"/u/{link.code}/offers", headers={"accept-language": language}, follow=True)
        assert len(answer.redirect_chain) == 1
        assert answer.wsgi_request.path.startswith(f"/{language}/")
        assert {entry.title for entry in answer.context["entries"]} == {"Médecine", "Officine"}


def test_the_link_follows_the_fields_of_the_university(university, client):
    publish(university, fields=["odontologie"])
    answer = client.get(f"/u/{university.lasting_link.code}/offers", follow=True)
    assert [entry.title for entry in answer.context["entries"]] == ["Soins dentaires"]


def test_the_link_of_a_university_that_is_no_partner_any_more_says_so(university, client):
    university.unpublish()
    assert client.get(f"/u/{university.lasting_link.code}/offers").status_code == 410
    assert client.get("/u/unknown/offers").status_code == 404


def test_a_town_without_placements_shows_none_rather_than_all(site, client):
    """A link with a filter, pasted years ago, never shows what it did not promise."""
    index = OfferFactory(town="Blois").get_parent()
    answer = client.get(f"{index.url}?place=Vend%C3%B4me")
    assert answer.status_code == 200
    assert list(answer.context["entries"]) == []
    assert [chip["text"] for chip in answer.context["listing"].chips] == ["Vendôme"]

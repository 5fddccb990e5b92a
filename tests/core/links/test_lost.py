"""An address that no page has leads on where somebody can know what was meant."""

import io

import pytest
from PIL import Image

from core.models import FormerAddress
from factories import (
    EditorialFactory,
    OfferFactory,
    SectionFactory,
    StrengthFactory,
    open_site,
    publish,
    translate,
    version,
)
from scenarios import scenario


@scenario
def site():
    """A site in French, English and German."""
    return open_site("en", "de")


@scenario
def offer():
    """An open offer, translated into English."""
    open_site("en", "de")
    offer = publish(OfferFactory(title="Médecine à Blois", slug="medecine-a-blois", reference="LC41-1999-001"))
    translate(offer, "en", {"title": "Medicine in Blois", "slug": "medicine-in-blois"})
    return type(offer).objects.get(pk=offer.pk)


def end_of(client, address, **headers):
    """Where an address ends, and with what status."""
    answer = client.get(address, headers={"accept-language": "fr"} | headers, follow=True)
    return (answer.redirect_chain[-1][0] if answer.redirect_chain else address), answer.status_code


# --- Typed otherwise ------------------------------------------------------------------------------------------------
MANGLED = [
    *("/O/LC41-1999-001", "/o/LC41-1999-001.", "/o/lc41-1999-001,", "/o/LC41-1999-001).", "/o/LC41-1999-001%C2%BB"),
    *("/o/LC41-1999-001/.", "/o/LC41-1999-001%20", "/o/LC41-%0A1999-001", "/o/LC41-1999-001%E2%80%A6"),
    "/o/LC41-1999-001_",
]
SIGNS = [".", ",", ")", "%C2%BB", "%20", "%E2%80%9D."]


def test_a_link_with_the_sentence_s_signs_leads_to_its_page(offer, client):
    addresses = [*MANGLED, *(address + sign for sign in SIGNS for address in (offer.url, offer.url.rstrip("/")))]
    ends = {address: end_of(client, address) for address in [*addresses, offer.url.upper()]}
    assert {address: end for address, end in ends.items() if end != (offer.url, 200)} == {}


def test_what_nobody_knows_is_404_and_addresses_of_programs_are_not_guessed(site, client):
    for address in ("/fr/nulle-part/", "/fr/nulle-part.", "/x/", "/o/nothing."):
        assert end_of(client, address)[1] == 404
    for address in ("/api/v1/Nothing", "/static/Nothing.css", "/Admin.php", "/media/Nothing.jpg"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/fr/%ff%fe/", "/de/%C3", "/o/%ff", "/fr/x%e9t%e9/", "/FR/%FF", "/fr/%C3%A9t%C3%A9.", "/fr/%C3%89%ff/"),
        *("/fr/%25ff/", "/fr/%25FF", "/fr/%2525ff/", "/fr/%25", "/fr/%25zz", "/fr/%3Fx", "/fr/%23x/", "/fr/a%2FB"),
    ],
)
def test_no_address_leads_in_a_circle(site, client, address):
    """The test's browser stops at an address that it has had."""
    assert client.get(address, follow=True).status_code in {200, 404}


@pytest.mark.parametrize("address", ["//fr/Foo!", "//o/FOO.", "///fr/foo", "//fr/", "//fr", "//FR//Foo", "/\\fr/Foo."])
def test_no_address_leads_to_another_site(site, client, address):
    location = client.get(f"http://testserver{address}", headers={"accept-language": "fr"}).get("Location", "/")
    assert location.startswith("/")
    assert location[1:2] not in {"/", "\\"}


def test_a_slash_too_many_behind_a_file_is_left_out(offer, client):
    for address in ("/oembed", "/feeds/fr/offers.atom", "/data/offers.csv", "/robots.txt", "/api/v1/docs"):
        assert client.get(f"{address}/?x=1")["Location"] == f"{address}?x=1"
    assert client.get("/api/v1/offers/LC41-1999-001/?lang=en")["Location"] == "/api/v1/offers/LC41-1999-001?lang=en"
    for address in ("/data/nothing.csv/", "/feeds/fr/"):
        assert client.get(address, follow=True).status_code == 404
    for address in ("/fr/embed/offres/", "/FR/embed/offres", "/fr/embed/offres"):
        assert end_of(client, address)[1] == 200


# --- What an address asks for ---------------------------------------------------------------------------------------
def test_an_ampersand_that_was_meant_as_a_question_mark_is_one(offer, client):
    assert end_of(client, "/o/LC41-1999-001&lang=en") == (version(offer, "en").url, 200)
    assert end_of(client, f"{offer.url}&first=2027-03-01")[0] == f"{offer.url}?first=2027-03-01"


def test_links_and_old_addresses_keep_what_they_ask_for(offer, client, django_capture_on_commit_callbacks):
    asked = "first=2027-03-01&last=2027-05-07"
    assert end_of(client, f"/o/LC41-1999-001?{asked}&lang=fr")[0] == f"{offer.url}?{asked}"
    assert end_of(client, "/O/LC41-1999-001.?lang=en")[0] == version(offer, "en").url
    old = offer.url
    with django_capture_on_commit_callbacks(execute=True):
        publish(offer, slug="ailleurs")
    assert end_of(client, f"{old}?{asked}")[0] == f"{type(offer).objects.get(pk=offer.pk).url}?{asked}"


# --- Deleted --------------------------------------------------------------------------------------------------------
def test_the_own_address_of_a_deleted_offer_says_410_as_its_link_does(
    offer, client, django_capture_on_commit_callbacks
):
    nearest = publish(OfferFactory(title="Médecine à Vendôme", specialty=offer.specialty))
    addresses = {"fr": offer.url, "en": version(offer, "en").url, "de": version(offer, "de").url}
    with django_capture_on_commit_callbacks(execute=True):
        offer.delete()
    for language, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 410, address
        assert f'<html lang="{language}"' in answer.content.decode()
    assert nearest.url in client.get(addresses["fr"]).content.decode()


def test_earlier_addresses_of_a_deleted_page_lead_on_too(offer, client, django_capture_on_commit_callbacks):
    old = offer.url
    with django_capture_on_commit_callbacks(execute=True):
        publish(offer, slug="ailleurs")
    with django_capture_on_commit_callbacks(execute=True):
        type(offer).objects.get(pk=offer.pk).delete()
    assert client.get(old).status_code == 410


def test_a_deleted_offer_s_address_leads_to_the_one_that_repeats_it(offer, client, django_capture_on_commit_callbacks):
    old = version(offer, "en").url
    again = publish(OfferFactory(title="L’année suivante", repeats=offer))
    with django_capture_on_commit_callbacks(execute=True):
        type(offer).objects.get(pk=offer.pk).delete()
    assert end_of(client, old) == (version(again, "en").url, 200)


@pytest.mark.parametrize("factory", [StrengthFactory, SectionFactory])
def test_a_deleted_translation_s_address_leads_to_what_stands_in_for_it(
    site, client, factory, django_capture_on_commit_callbacks
):
    page = publish(factory(title="Une page"))
    translate(page, "en", {"title": "A page", "slug": "a-page-in-english"})
    old = version(page, "en").url
    with django_capture_on_commit_callbacks(execute=True):
        version(page, "en").delete()
    assert version(page, "en").url != old
    assert end_of(client, old) == (version(page, "en").url, 200)


def test_all_below_a_deleted_section_leads_on(site, client, django_capture_on_commit_callbacks):
    section = publish(SectionFactory(title="Préparer"))
    page = publish(EditorialFactory(title="Papiers", parent=section))
    with django_capture_on_commit_callbacks(execute=True):
        type(section).objects.get(pk=section.pk).delete()
    assert client.get(page.url).status_code == 410


def test_a_new_page_takes_the_address_of_a_deleted_one(site, client, django_capture_on_commit_callbacks):
    page = publish(EditorialFactory(title="Papiers", slug="papiers"))
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    new = publish(EditorialFactory(title="Papiers", slug="papiers"))
    assert client.get(new.url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        new.delete()
    assert FormerAddress.objects.filter(path="/fr/papiers").count() == 1
    assert client.get(new.url).status_code == 410


def test_a_draft_that_is_deleted_was_never_there(site, client):
    draft = EditorialFactory(title="Brouillon", live=False, first_published_at=None)
    draft.delete()
    assert not FormerAddress.objects.exists()
    assert client.get(draft.url or "/fr/brouillon/").status_code == 404


# --- The sign of the site -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("address", "kind"), [("/favicon.ico", "ICO"), ("/apple-touch-icon.png", "PNG")])
def test_programs_find_the_site_s_sign_where_they_look_for_it(client, db, address, kind):
    answer = client.get(address)
    assert answer.status_code == 200
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.format == kind

"""A link that is given once works for ever: it leads to the page, to its successor, or to a helpful 410."""

import pytest
from wagtail.models import PageViewRestriction

from core.models import PermanentLink
from factories import (
    EditorialFactory,
    OfferFactory,
    StrengthFactory,
    days,
    open_site,
    publish,
    the_home,
    translate,
)
from scenarios import scenario
from territoire.models import OfferIndexPage

LANGUAGES = ("fr", "en", "es", "de")


@scenario
def site():
    """A site in four languages, all of it in French so far."""
    return open_site("en", "es", "de")


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """A block after which everything is committed: Wagtail makes redirects then."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def fresh(page):
    """A page as it is stored."""
    return type(page).objects.get(pk=page.pk)


def in_all(page):
    """A page in each language, by code."""
    found = type(page).objects.filter(translation_key=page.translation_key).select_related("locale")
    return {entry.locale.language_code: entry for entry in found}


@scenario
def offer():
    """An open offer, translated into English and German; in Spanish a stand-in."""
    open_site("en", "es", "de")
    offer = publish(OfferFactory(title="Médecine à Blois", reference="LC41-1999-001"))
    translate(offer, "en", {"title": "Medicine in Blois"})
    translate(offer, "de", {"title": "Medizin in Blois"})
    return fresh(offer)


def follow(client, address, language=""):
    """Where an address ends, by how many redirects, and with what status."""
    answer = client.get(address, headers={"accept-language": language}, follow=True)
    chain = answer.redirect_chain
    assert len(chain) <= 1, chain
    return (chain[-1][0] if chain else address), answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_leads_to_the_page_in_the_visitor_s_language(offer, client, language):
    page = in_all(offer)[language]
    assert follow(client, "/o/LC41-1999-001", language)[0] == page.url
    assert follow(client, f"/o/lc41-1999-001/?lang={language}", "fr")[0] == page.url


def test_who_asks_for_another_language_is_led_to_english(offer, client):
    assert follow(client, "/o/LC41-1999-001", "ro,hu;q=0.5")[0] == in_all(offer)["en"].url
    assert follow(client, "/o/LC41-1999-001?lang=xx")[0] == offer.url
    assert "Accept-Language" in client.get("/o/LC41-1999-001").headers["Vary"]


def test_every_page_has_a_link_once_it_was_public_and_only_one(site, client):
    strength = publish(StrengthFactory(reference="atout-velo"))
    plain = publish(EditorialFactory(reference=""))
    draft = OfferFactory(draft=True)
    assert PermanentLink.objects.get(translation_key=strength.translation_key).code == "atout-velo"
    link = PermanentLink.objects.get(translation_key=plain.translation_key)
    assert follow(client, f"/p/{link.code}", "fr")[0] == plain.url
    assert not PermanentLink.objects.filter(translation_key=draft.translation_key).exists()
    assert client.get("/o/never-given", follow=True).status_code == 404


def test_two_types_with_one_reference_get_two_codes(site):
    first = publish(StrengthFactory(reference="blois"))
    second = publish(EditorialFactory(reference="blois"))
    codes = {PermanentLink.objects.get(translation_key=page.translation_key).code for page in (first, second)}
    assert codes == {"blois", f"blois-{second.pk}"}


# --- The life of an offer, in four languages ------------------------------------------------------------------------
LINKS = {
    "permanent": lambda offer, language: f"/o/LC41-1999-001?lang={language}",
    "first address": lambda offer, language: in_all(offer)[language].url,
}


@pytest.fixture
def given(offer):
    """All links that were given while the offer was open: permanent ones and addresses, with their language."""
    return [(link(offer, language), language) for link in LINKS.values() for language in LANGUAGES]


def ends(client, given, page=None, status=200):
    """Each link that was given ends on this page of its language, or with this status, by one redirect at most."""
    pages = in_all(page) if page else {}
    for address, language in given:
        end, answer = follow(client, address)
        assert answer.status_code == status, (address, answer.status_code)
        if page:
            assert end == pages[language].url, address


def test_what_is_not_for_everybody_is_not_named(offer, client):
    PageViewRestriction.objects.create(page=fresh(offer), restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/o/LC41-1999-001", headers={"accept-language": "fr"})
    assert answer.status_code == 302
    assert "/login/" in client.get(answer.url).url  # Wagtail asks who it is
    fresh(offer).unpublish()
    gone = client.get("/o/LC41-1999-001", headers={"accept-language": "fr"})
    assert gone.status_code == 410
    assert "Médecine à Blois" not in gone.content.decode()


def test_links_outlive_moves_and_new_names(offer, given, client, commits):
    index = offer.get_parent().specific

    def renamed():
        publish(offer, title="Stage de médecine à Blois", slug="stage-de-medecine-a-blois")

    def renamed_in_english():
        translate(fresh(offer), "en", {"title": "General medicine", "slug": "general-medicine"})

    def translated_at_last():
        translate(fresh(offer), "es", {"title": "Medicina en Blois", "slug": "medicina-en-blois"})

    def index_renamed():
        publish(index, title="Nos stages", slug="nos-stages")

    def moved():
        other = publish(the_home().add_child(instance=OfferIndexPage(title="Ailleurs", locale=offer.locale)))
        fresh(offer).move(other, pos="last-child")

    def moved_back():
        fresh(offer).move(fresh(index), pos="last-child")

    for change in (renamed, renamed_in_english, translated_at_last, index_renamed, moved, moved_back):
        with commits():
            change()
        ends(client, given, offer)
        given += [(page.url, language) for language, page in in_all(offer).items()]
    assert len(set(given)) > 12


def test_a_withdrawn_offer_says_410_in_each_language_until_it_comes_back(offer, given, client):
    other = publish(OfferFactory(title="Une offre ouverte"))
    fresh(offer).unpublish()
    ends(client, given, status=410)
    assert other.title in follow(client, "/o/LC41-1999-001?lang=fr")[1].content.decode()
    publish(offer)
    ends(client, given, offer)


def test_an_offer_that_is_over_leads_to_its_successor_and_says_410_without_one(offer, given, client, commits):
    over = {"start_date": days(-80), "end_date": days(-1), "deadline": days(-120)}
    with commits():
        publish(offer, slug="medecine-2026")
        publish(offer, **over)
    ends(client, given, status=410)
    again = publish(OfferFactory(title="Médecine à Blois, encore", reference="LC41-2028-007", repeats=offer))
    ends(client, given, again)
    third = publish(OfferFactory(title="Médecine à Blois, toujours", reference="LC41-2029-001", repeats=again))
    ends(client, given, again)
    publish(again, **over)
    ends(client, given, third)
    publish(third, **over)
    ends(client, given, status=410)


@pytest.mark.parametrize("state", ["filled", "closed"])
def test_an_offer_that_is_full_or_closed_is_still_its_own_page(offer, given, client, state):
    publish(offer, **({"places_left": 0} if state == "filled" else {"deadline": days(-1)}))
    again = publish(OfferFactory(title="L’année suivante", repeats=offer))
    ends(client, given, offer)
    assert follow(client, f"/o/{again.reference}", "fr")[0] == again.url


def test_the_link_of_a_deleted_offer_leads_to_its_successor_or_says_410(offer, client):
    links = [(f"/o/LC41-1999-001?lang={language}", language) for language in LANGUAGES]
    again = publish(OfferFactory(title="L’année suivante", repeats=offer))
    fresh(offer).delete()
    ends(client, links, again)
    fresh(again).delete()
    ends(client, links, status=410)
    assert PermanentLink.objects.filter(code="LC41-1999-001").exists()


def test_a_deleted_page_of_another_type_says_410(site, client):
    strength = publish(StrengthFactory(reference="atout-velo"))
    fresh(strength).delete()
    assert client.get("/s/atout-velo").status_code == 410


def test_a_link_asks_few_queries(offer, client, django_assert_max_num_queries):
    client.get("/o/LC41-1999-001")
    with django_assert_max_num_queries(8):
        client.get("/o/LC41-1999-001")

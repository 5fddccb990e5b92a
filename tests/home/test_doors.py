"""Whoever comes finds a door: doctors, universities, press, a student who reads about a place."""

import re

import pytest

from core.models import Menu
from core.models.navigation import MenuSlot
from factories import (
    EditorialFactory,
    OfferFactory,
    SectionFactory,
    StrengthFactory,
    UniversityFactory,
    block,
    items,
    open_site,
    publish,
    translate,
    version,
)
from scenarios import scenario

pytestmark = pytest.mark.once

# An entry of a list of links: the page's title, and what is said behind it.
LINK = re.compile(r"(?s)<a [^>]*>(?:(?!</li>).)*?(Papiere|Argent)\b((?:(?!</li>).)*)</li>")


@scenario
def site():
    """A site in French and German."""
    return open_site("de")


def menu(slot, *pages, locale):
    """A menu in French."""
    links = [block("link", {"page": page.pk, "label": ""}) for page in pages]
    return Menu.objects.create(slot=slot, title="Par où entrer ?", locale=locale, links=links)


def test_the_home_page_has_doors_for_others_than_students(site, client, text_of):
    section = publish(SectionFactory(title="Accueillir un étudiant"))
    menu(MenuSlot.DOORS, section, locale=site.locale)
    page = client.get("/fr/")
    assert "Par où entrer ? Accueillir un étudiant" in text_of(page)
    assert f'href="{section.url}"' in page.content.decode()


def test_links_say_that_they_lead_to_french(site, client, text_of):
    written, not_written = publish(EditorialFactory(title="Papiers")), publish(EditorialFactory(title="Argent"))
    translate(written, "de", {"title": "Papiere"})
    linking = publish(
        EditorialFactory(body=[block("pages", {"title": "", "pages": items(written.pk, not_written.pk)})])
    )
    for slot in (MenuSlot.MAIN, MenuSlot.FOOTER_1, MenuSlot.LEGAL, MenuSlot.DOORS):
        menu(slot, written, not_written, locale=site.locale)
    for address in ("/de/", version(linking, "de").url, "/de/nirgendwo/"):
        links = re.findall(
            r"(?s)<a [^>]*>(?:(?!</li>).)*?(Papiere|Argent)\b((?:(?!</li>).)*)</li>",
            client.get(address).content.decode(),
        )
        assert {title for title, _behind in links} == {"Papiere", "Argent"}, address
        for title, behind in links:
            assert ("auf Französisch" in behind) is (title == "Argent"), (address, title)
    assert "en français" not in text_of(client.get("/fr/"))


def test_a_section_says_who_answers(site, client, text_of):
    section = publish(SectionFactory(title="Accueillir un étudiant"))
    page = text_of(client.get(section.url))
    assert "Une personne vous répond" in page


def test_a_university_s_page_leads_to_all_its_placements_and_counts_them(site, client):
    for number in range(8):
        publish(OfferFactory(title=f"Stage {number}", field="medecine"))
    publish(OfferFactory(field="odontologie"))
    page = client.get(publish(UniversityFactory(fields=["medecine"])).url).content.decode()
    address, words = re.search(
        r'<a href="([^"]*)"\s*>\s*Les (8 stages ouverts dans les filières de vos étudiants)', page
    ).groups()
    assert client.get(address.replace("&amp;", "&")).context["listing"].total == 8
    assert words


def test_a_place_leads_to_the_placements_near_it(site, client, text_of):
    near = publish(OfferFactory(title="Tout près", latitude=47.59, longitude=1.33))
    publish(OfferFactory(title="Bien loin", latitude=47.36, longitude=1.74, start_date=near.start_date))
    here = publish(StrengthFactory(title="Blois", latitude=47.6, longitude=1.3))
    page = text_of(client.get(here.url))
    assert "Des stages tout près" in page
    assert "Tout près" in page
    assert "Bien loin" not in page


def test_a_strength_without_a_place_leads_to_the_next_placements(site, client, text_of):
    publish(OfferFactory(title="Bientôt"))
    page = text_of(client.get(publish(StrengthFactory(title="La vie", latitude=None, longitude=None)).url))
    assert "Des stages qui commencent bientôt" in page or "Bientôt" in page

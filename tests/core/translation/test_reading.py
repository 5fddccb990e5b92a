"""What a reader of another language gets: their own words where they are, French that says that it is French."""

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext, override
from wagtail.models import Locale, PageViewRestriction, Site

from core.languages.localization import (
    active_locale,
    is_french,
    localized,
    localized_all,
    reader_language,
    with_language,
)
from core.languages.richtext import said_html
from core.models import Menu, SiteSettings
from factories import (
    BLOIS,
    EditorialFactory,
    GlossaryTermFactory,
    HostFactory,
    HousingFactory,
    ImageFactory,
    LexiconEntryFactory,
    OfferFactory,
    QuestionFactory,
    SectionFactory,
    SpecialtyFactory,
    StrengthFactory,
    SupervisorFactory,
    TestimonialFactory,
    UniversityFactory,
    block,
    items,
    languages,
    publish,
    the_desk,
    the_home,
    translate,
    version,
)
from home.models.home_page import HomeReason
from scenarios import scenario

pytestmark = pytest.mark.once

OTHERS = ("en", "es", "de")
ALL = ("fr", *OTHERS)
NOTICE = "This page is not translated yet: its text is in French."
PARTLY = "Some parts of this page are not translated yet: they are in French."
MARK = "in French"


def soup_of(client, page, language, query=""):
    """The page in a language, parsed."""
    answer = client.get(version(page, language).url + query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def words(element):
    """The words of an element, with plain spaces."""
    return " ".join(element.get_text(" ").split())


def in_french(soup, text):
    """Say whether the element that holds a text, or one around it, is marked as French (the page itself is not)."""
    found = [string for string in soup.body.find_all(string=True) if " ".join(string.split()).strip(", ") == text]
    assert found, f"{text!r} is not on the page"
    marked = {any(parent.get("lang") == "fr" for parent in string.parents if parent.name != "html") for string in found}
    assert len(marked) == 1, f"{text!r} is marked here and not there"
    return marked.pop()


# --- A page that is not translated ----------------------------------------------------------------------------------
BODY = (
    "<h2>La bourse</h2><p>Le Département verse <b>200\u00a0€ par mois</b>.</p>"
    "<ul><li>Une carte</li><li>Un compte<ul><li>en France</li></ul></li></ul>"
)


@scenario
def alias():
    """A French page that is translated nowhere, with its stand-ins."""
    page = EditorialFactory(
        title="Argent",
        summary="Ce que l’on touche.",
        body=[
            block("prose", BODY),
            block("quote", {"text": "On s’en sort.", "author": "Une étudiante"}),
            block("call_out", {"tone": "info", "title": "Bon à savoir", "text": "<p>Gardez vos tickets.</p>"}),
        ],
    )
    page = publish(page)
    languages()
    return page


@pytest.mark.parametrize("language", OTHERS)
def test_a_stand_in_says_in_the_readers_language_that_it_is_french(alias, client, language):
    soup = soup_of(client, alias, language)
    with override(language):
        notice = gettext(NOTICE)
    assert soup.html["lang"] == language
    assert words(soup.select_one("main .french-notice p")) == notice
    assert not soup.select_one(".french-notice [lang=fr]")
    if language != "en":
        assert notice != NOTICE, "the catalogue lacks the notice"


@pytest.mark.parametrize("language", OTHERS)
def test_the_texts_of_a_stand_in_are_marked_as_french(alias, client, language):
    soup = soup_of(client, alias, language)
    assert soup.title["lang"] == "fr"
    for text in ("Argent", "Ce que l’on touche.", "On s’en sort.", "Une étudiante", "Bon à savoir"):
        assert in_french(soup, text), text
    body = soup.select_one(".body")
    for element in body.find_all(["p", "h2", "li"]):
        assert any(parent.get("lang") == "fr" for parent in (element, *element.parents, *element.find_all("span"))), (
            element
        )
    assert soup.select_one(".body .prose").decode_contents().replace(' lang="fr"', "") == BODY
    # What the site itself says is not French.
    assert not soup.select_one(".site-footer .legal-line [lang=fr]")
    assert soup.html["lang"] == language


def test_the_french_page_says_nothing_of_languages(alias, client):
    soup = soup_of(client, alias, "fr")
    assert soup.html["lang"] == "fr"
    assert not soup.select(".french-notice, .french-mark, main [lang], title[lang]")


@pytest.mark.parametrize("language", OTHERS)
def test_a_stand_in_is_for_no_search_engine(alias, client, language, settings):
    settings.DEMO = False
    soup = soup_of(client, alias, language)
    assert [meta["content"] for meta in soup.select('meta[name="robots"]')] == ["noindex"]
    assert [link["href"] for link in soup.select('link[rel="canonical"]')] == [alias.full_url]
    assert not soup.select('link[rel="alternate"]')


def test_a_stand_in_is_in_no_sitemap_and_no_hreflang(alias, client, settings):
    settings.DEMO = False
    for language in OTHERS:
        address = version(alias, language).full_url
        for sitemap in ALL:
            assert address not in client.get(f"/sitemap-{sitemap}.xml").content.decode()
    french = soup_of(client, alias, "fr")
    assert [link["hreflang"] for link in french.select('link[rel="alternate"]')] == ["fr"]
    assert not french.select('meta[name="robots"]')


@pytest.mark.parametrize("language", ["es", "de"])
def test_a_reader_of_german_is_led_to_english_where_that_is_written(alias, client, language):
    """Most students read English better than French."""
    assert not soup_of(client, alias, language).select(".french-notice a")
    translate(alias, "en", {"title": "Money", "slug": "money"})
    link = soup_of(client, alias, language).select_one(".french-notice a")
    assert (link["href"], link["hreflang"]) == (version(alias, "en").url, "en")


@pytest.mark.parametrize("language", OTHERS)
def test_a_card_of_a_stand_in_is_marked_in_the_readers_language(home, client, language):
    section = publish(SectionFactory(title="Vivre"))
    for title in ("Argent", "Trajet"):
        publish(EditorialFactory(title=title, summary=f"Sur : {title}", parent=section))
    travel = section.get_children().get(title="Trajet").specific
    languages()
    translate(travel, language, {"title": "Aa", "summary": "Bb"})
    cards = soup_of(client, section, language).select(".card")
    marks = {words(card.h3.a): [words(mark) for mark in card.select(".french-mark")] for card in cards}
    with override(language):
        mark = gettext(MARK)
    assert marks == {"Argent": [mark], "Aa": []}
    if language != "en":
        assert mark != MARK, "the catalogue lacks the mark"
    assert cards[0].h3.a.span["lang"] == "fr"
    assert not cards[1].select("[lang]")


# --- A page that is translated in part ------------------------------------------------------------------------------
@scenario
def partly():
    """A page whose title, one paragraph, one item and one cell are English, and the rest French."""
    page = EditorialFactory(
        title="Papiers",
        summary="Ce qu’il faut & faut pas.",
        body=[
            block("prose", '<p>Une <a href="https://exemple.fr/">carte</a>.</p><p>Un visa.</p><ul><li>Un</li></ul>'),
            block(
                "table",
                {
                    "caption": "Numéros",
                    "headings": items("Numéro", "Pour"),
                    "rows": items(items("112", "Toutes les urgences"), items("15", "Le Samu")),
                },
            ),
        ],
    )
    page = publish(page)
    languages()
    translate(
        page,
        "en",
        {"title": "Papers", "Une carte.": 'A <a id="a1">card</a>.', "Un": "One", "Toutes les urgences": "Emergencies"},
    )
    return page


def test_only_what_is_french_is_marked(partly, client):
    soup = soup_of(client, partly, "en")
    assert "lang" not in soup.title.attrs
    assert not in_french(soup, "Papers")
    for text, french in {
        "Ce qu’il faut & faut pas.": True,
        "card": False,
        "Un visa.": True,
        "One": False,
        "Numéros": True,
        "Emergencies": False,
        "Le Samu": True,
    }.items():
        assert in_french(soup, text) is french, text
    prose = soup.select_one(".body .prose")
    assert prose.decode_contents() == (
        '<p>A <a href="https://exemple.fr/">card</a>.</p><p lang="fr">Un visa.</p><ul><li>One</li></ul>'
    )
    assert words(soup.select_one(".french-notice p")) == PARTLY


def test_a_page_translated_in_part_is_for_search_engines(partly, client, settings):
    settings.DEMO = False
    soup = soup_of(client, partly, "en")
    assert not soup.select('meta[name="robots"]')
    assert soup.select_one('link[rel="canonical"]')["href"] == version(partly, "en").full_url


def test_a_page_translated_in_full_has_no_notice_and_no_mark(partly, client):
    translate(
        partly,
        "en",
        {
            "summary": "What you need & what not.",
            "Un visa.": "A visa.",
            "Numéros": "Numbers",
            "Numéro": "Number",
            "Pour": "For",
            "112": "112",
            "15": "15",
            "Le Samu": "Ambulance",
        },
    )
    soup = soup_of(client, partly, "en")
    assert not soup.select(".french-notice, main article [lang]")


def test_a_section_whose_title_is_french_is_marked_in_the_trail_of_its_pages(home, client):
    """Both where it is a stand-in and where it is translated in part."""
    for title, texts in (("Vivre", None), ("Préparer", {"summary": "A sentence."})):
        section = publish(SectionFactory(title=title, summary="Une phrase."))
        page = publish(EditorialFactory(title=f"Page de {title}", parent=section))
        languages("en")
        if texts:
            translate(section, "en", texts)
        translate(page, "en", {"title": f"Page in {title}"})
        trail = soup_of(client, page, "en").select_one(".breadcrumb")
        assert in_french(soup_of(client, section, "en"), title)
        assert [link.span and link.span.get("lang") for link in trail.select("a") if words(link) == title] == ["fr"]


def test_a_french_title_is_marked_in_cards_and_links_too(home, client):
    section = publish(SectionFactory(title="Vivre", summary=""))
    page = publish(EditorialFactory(title="Argent", summary="Une phrase.", parent=section))
    links = block("pages", {"title": "", "pages": items(page.pk)})
    other = publish(EditorialFactory(title="Trajet", summary="", parent=section, body=[links]))
    languages("en")
    for entry, texts in (
        (section, {"title": "Living"}),
        (page, {"summary": "A sentence."}),
        (other, {"title": "Travel"}),
    ):
        translate(entry, "en", texts)
    for shown in (section, other):
        assert in_french(soup_of(client, shown, "en"), "Argent")
    card = soup_of(client, section, "en").select_one(".card")
    assert not card.select(".french-mark")


def test_every_link_to_a_french_page_says_where_it_leads(home, client):
    """In lists, notices and maps as in menus and cards."""
    strength = publish(StrengthFactory(title="Le château", summary="", **BLOIS))
    places = block("map", {"title": "Où", "places": items(strength.pk)})
    guide = publish(EditorialFactory(title="Trajet", summary="", body=[places]))
    enrolled = publish(EditorialFactory(title="Déjà en France", summary=""))
    university = publish(UniversityFactory())
    question = publish(QuestionFactory(title="Qui signe ?"))
    offer = publish(OfferFactory(title="Soins à Blois", **BLOIS))
    other = publish(OfferFactory(title="Ailleurs"))
    chosen = SiteSettings.for_site(Site.objects.get())
    chosen.enrolled_in_france_page = chosen.accessibility_page = enrolled
    chosen.save()
    languages("de")
    for entry in (guide, other):
        translate(entry, "de", {"title": f"Deutsch {entry.pk}"})

    def marked(page, link):
        found = soup_of(client, page, "de").select_one(link)
        mark = found.find_next_sibling()
        return mark is not None and mark.get("class") == ["french-mark"] and words(mark) == "auf Französisch"

    assert marked(other, ".for-whom a")
    assert marked(other, f".site-footer a[href='{version(enrolled, 'de').url}']")
    assert marked(university.get_parent(), ".university-line a")
    assert marked(question.get_parent(), ".answer .more a")
    assert marked(guide, ".place-list a")
    index = version(offer.get_parent(), "de")
    points = {point["title"]: point for point in client.get(index.url, {"points": "1"}).json()["points"]}
    assert points["Soins à Blois"]["french_title"] is True
    assert points["Soins à Blois"]["stands_in"] is True
    assert soup_of(client, offer.get_parent(), "de").select_one("[data-map]")["data-french"] == "auf Französisch"
    pasted = soup_of(client, offer, "de").select_one("#share-text-de").text
    assert pasted.strip().endswith("?lang=de (auf Französisch)")
    assert "Französisch)" not in soup_of(client, other, "de").select_one("#share-text-de").text


def test_a_picture_described_in_french_alone_says_so(home, client):
    picture = ImageFactory(alt_texts={"fr": "Un château", "en": "A castle"})
    page = publish(EditorialFactory(title="Château", picture=picture))
    languages("en", "de")
    for language in ("en", "de"):
        translate(page, language, {"title": f"Castle ({language})"})
    images = {language: soup_of(client, page, language).select_one(".lead-picture img") for language in ("en", "de")}
    assert (images["en"]["alt"], images["en"].get("lang")) == ("A castle", None)
    assert (images["de"]["alt"], images["de"].get("lang")) == ("Un château", "fr")


# --- Rich text ------------------------------------------------------------------------------------------------------
class Owner:
    """Stands for a page that is translated in part, for the rules of marking alone."""

    alias_of_id = None

    def __init__(self, locale, parts):
        self.locale_id, self.french_parts = locale.pk, parts


@pytest.mark.parametrize(
    ("html", "parts", "marked"),
    [
        ("<p>Un.</p><p>Two.</p>", ["Un."], '<p lang="fr">Un.</p><p>Two.</p>'),
        ("<p>Un <b>deux</b>\u00a0trois.</p>", ["Un deux trois."], '<p lang="fr">Un <b>deux</b>\u00a0trois.</p>'),
        (
            "<ul><li>Un<ul><li>Two</li></ul></li></ul>",
            ["Un"],
            '<ul><li lang="fr">Un<ul><li lang="en">Two</li></ul></li></ul>',
        ),
        ("<h2>Titre</h2><h3>Title</h3>", ["Titre"], '<h2 lang="fr">Titre</h2><h3>Title</h3>'),
        ("<p>R&amp;D</p>", ["R&D"], '<p lang="fr">R&amp;D</p>'),
        ("<p></p>", [""], "<p></p>"),
    ],
)
def test_the_elements_that_are_french_are_marked(home, html, parts, marked):
    english = languages("en")["en"]
    with override("en"):
        assert said_html(html, Owner(english, parts)) == marked
    with override("fr"):
        assert said_html(html, Owner(Locale.get_default(), parts)) == html


def test_an_item_in_english_below_one_in_french_says_that_it_is_english(home):
    """`lang` is inherited: what is English inside of what is French needs a mark of its own (RGAA 8.7)."""
    english = languages("en")["en"]
    with override("en"):
        html = said_html("<ul><li>Un<ul><li>Two</li></ul></li></ul>", Owner(english, ["Un"]))
    inner = BeautifulSoup(html, "html.parser").find(string="Two")
    assert next(parent["lang"] for parent in inner.parents if parent.get("lang")) == "en"


# --- What is asked without a page -----------------------------------------------------------------------------------
def test_the_readers_language_has_no_region(db):
    for code, language in {"de-at": "de", "en-gb": "en", "fr": "fr"}.items():
        with override(code):
            assert reader_language() == language


def test_where_a_language_has_no_tree_french_is_shown(home):
    with override("de"):
        assert active_locale() == Locale.get_default()
        languages("de")
        assert active_locale().language_code == "de"


def test_records_are_found_in_the_readers_language_else_in_french(home, django_assert_num_queries):
    languages()
    heart, lungs = (SpecialtyFactory(name=name, reference=name.lower()) for name in ("Cardiologie", "Pneumologie"))
    translate(heart, "de", {"name": "Kardiologie"})
    with override("de"):
        assert [entry.name for entry in localized_all([heart, lungs])] == ["Kardiologie", "Pneumologie"]
        assert localized(heart).name == "Kardiologie"
        assert localized(None) is None
        assert is_french("Pneumologie", lungs)
        assert not is_french("Kardiologie", localized(heart))
        assert with_language("Pneumologie", lungs) == '<span lang="fr">Pneumologie</span>'
        assert not is_french("", lungs)
        with django_assert_num_queries(0):
            localized_all([heart, lungs])
    with override("fr"):
        assert localized(heart) == heart
        assert with_language("Pneumologie", lungs) == "Pneumologie"


def test_a_text_is_said_without_its_tags_taking_effect(home):
    languages("en")
    specialty = SpecialtyFactory(name="<b>Fièvre</b> & toux", reference="fievre")
    with override("en"):
        assert with_language(specialty.name, specialty) == '<span lang="fr">&lt;b&gt;Fièvre&lt;/b&gt; &amp; toux</span>'


def test_pages_are_found_in_the_readers_language_in_one_query(home, django_assert_num_queries):
    pages = [publish(EditorialFactory(title=title)) for title in ("Un", "Deux", "Trois")]
    languages("en")
    translate(pages[0], "en", {"title": "One"})
    version(pages[1], "en").unpublish()
    with override("en"):
        active_locale()
        with django_assert_num_queries(1):
            found = localized_all(pages)
    assert [page.title for page in found] == ["One", "Deux", "Trois"]
    assert [page.locale.language_code for page in found] == ["en", "fr", "en"]


# --- The same page in the other languages ---------------------------------------------------------------------------
@scenario
def site():
    """A section and a page in it in French, English and German; Spanish has stand-ins."""
    section = publish(SectionFactory(title="Préparer"))
    page = publish(EditorialFactory(title="Papiers", parent=section))
    languages()
    for entry, texts in (
        (publish(the_home()), {"en": "Welcome", "de": "Willkommen"}),
        (section, {"en": "Prepare", "de": "Vorbereiten"}),
        (page, {"en": "Papers", "de": "Dokumente"}),
    ):
        for language, title in texts.items():
            translate(entry, language, {"title": title, "slug": title.lower()})
    return type(page).objects.get(pk=page.pk)


def hreflang(soup):
    """The other languages that a page names to search engines."""
    return {link["hreflang"]: link["href"] for link in soup.select('link[rel="alternate"][hreflang]')}


def switcher(soup):
    """The languages that a page offers to its reader: {language: address}."""
    return {link["hreflang"]: link["href"] for link in soup.select("nav.languages a")}


def test_hreflang_is_reciprocal_and_names_the_page_itself(site, client):
    named = {language: hreflang(soup_of(client, site, language)) for language in ("fr", "en", "de")}
    wanted = {language: version(site, language).full_url for language in ("fr", "en", "de")}
    assert named == dict.fromkeys(named, wanted)
    for language in ("fr", "en", "de"):
        soup = soup_of(client, site, language)
        assert soup.select_one('link[rel="canonical"]')["href"] == wanted[language]


def test_the_home_page_names_the_address_that_chooses_the_language(site, client, settings):
    for language in ("fr", "en", "de"):
        named = hreflang(soup_of(client, the_home(), language))
        assert set(named) == {"fr", "en", "de", "x-default"}
        assert named["x-default"] == f"{settings.SITE_URL}/"
    assert "x-default" not in hreflang(soup_of(client, site, "fr"))


def test_hreflang_leaves_out_what_is_not_public(site, client):
    version(site, "en").unpublish()
    for language in ("fr", "de"):
        assert set(hreflang(soup_of(client, site, language))) == {"fr", "de"}


def test_the_sitemap_names_the_same_languages_as_the_page(site, client):
    version(site, "de").unpublish()
    for language in ("fr", "en"):
        sitemap = ElementTree.fromstring(client.get(f"/sitemap-{language}.xml").content)
        entries = {urlsplit(entry.find("{*}loc").text).path: entry for entry in sitemap}
        found = entries[version(site, language).url].findall("{http://www.w3.org/1999/xhtml}link")
        links = {link.get("hreflang"): urlsplit(link.get("href")).path for link in found}
        assert links == {code: version(site, code).url for code in ("fr", "en")}
    assert version(site, "de").url not in client.get("/sitemap-de.xml").content.decode()


def test_the_switcher_leads_to_the_same_page(site, client):
    for language in ALL:
        soup = soup_of(client, site, language)
        assert switcher(soup) == {code: version(site, code).url for code in ALL}
        links = soup.select("nav.languages a")
        # The name of the page's own language needs no mark.
        assert [link.get("lang", language) for link in links] == list(ALL)
        assert [words(link) for link in links] == ["Français", "English", "Español", "Deutsch"]
        assert [link["hreflang"] for link in links if link.get("aria-current") == "true"] == [language]
        for address in switcher(soup).values():
            assert client.get(address).status_code == 200


def test_a_page_that_is_not_public_leads_to_the_nearest_page_above(site, client):
    section = site.get_parent().specific
    version(site, "en").unpublish()
    assert switcher(soup_of(client, site, "fr"))["en"] == version(section, "en").url
    version(section, "en").unpublish()
    for language in ("fr", "es", "de"):
        addresses = switcher(soup_of(client, site, language))
        assert addresses["en"] == "/en/"
        assert addresses["de"] == version(site, "de").url
        assert client.get(addresses["en"]).status_code == 200


def test_the_switcher_of_a_missing_page_leads_to_the_home_pages(site, client):
    answer = client.get("/de/nichts/")
    assert answer.status_code == 404
    soup = BeautifulSoup(answer.content.decode(), "html.parser")
    assert soup.html["lang"] == "de"
    assert switcher(soup) == {code: f"/{code}/" for code in ALL}


def test_with_one_language_there_is_no_switcher(home, client):
    page = publish(EditorialFactory(title="Papiers"))
    assert not soup_of(client, page, "fr").select("nav.languages")


def test_the_switcher_keeps_the_filters_of_a_list(home, client):
    index = publish(OfferFactory(field="medecine")).get_parent().specific
    languages()
    query = "?field=medecine&french=B1&sort=deadline&from=2027-01-01"
    for language in ALL:
        soup = soup_of(client, index, language, f"{query}&page=1&utm_source=x")
        for code, address in switcher(soup).items():
            there = urlsplit(address)
            assert there.path == version(index, code).url
            assert set(there.query.split("&")) == set(query[1:].split("&"))
        chosen = BeautifulSoup(client.get(switcher(soup)["de"]).content.decode(), "html.parser")
        assert chosen.select_one("#facet-field-medecine").has_attr("checked")
    # A filtered list is a page of its own, and so are its other languages.
    told = hreflang(soup_of(client, index, "fr", query))
    assert {set(urlsplit(address).query.split("&")) == set(query[1:].split("&")) for address in told.values()} == {True}


@pytest.mark.parametrize(("language", "code"), [("fr", "fr_FR"), ("en", "en_GB"), ("es", "fr_FR"), ("de", "de_DE")])
def test_a_share_names_the_language_of_the_page(site, client, language, code):
    """A stand-in is shared as the French page that it is."""
    soup = soup_of(client, site, language)
    assert soup.select_one('meta[property="og:locale"]')["content"] == code
    assert soup.select_one('meta[property="og:url"]')["content"] == version(site, code[:2]).full_url


# --- What a page shows of other pages and records --------------------------------------------------------------------
@scenario
def placement():
    """An offer with records and a room, in English; the records are French."""
    host = HostFactory(presentation="Douze soignants.", access="Par le bus.")
    offer = OfferFactory(
        title="Stage au bord du Cher",
        host=host,
        supervisor=SupervisorFactory(role="Médecin généraliste", host=host),
        specialty=SpecialtyFactory(name="Cardiologie", reference="cardiologie"),
        housing=publish(HousingFactory(title="Maison des étudiants", kind="colocation")),
        housing_included=True,
    )
    offer = publish(offer)
    publish(offer.get_parent().specific)
    languages()
    translate(offer, "en", {"title": "Placement by the Cher"})
    return offer


def test_records_without_a_translation_are_french_and_say_so(placement, client):
    soup = soup_of(client, placement, "en")
    for text in ("Cardiologie", "Douze soignants.", "Par le bus.", "Médecin généraliste"):
        assert in_french(soup, text), text
    card = soup_of(client, placement.get_parent().specific, "en").select_one(".offer-card")
    assert card.select_one('.fact.specialty [lang="fr"]').string == "Cardiologie"


def test_records_with_a_translation_are_in_the_readers_language(placement, client):
    translate(placement.host, "en", {"presentation": "Twelve carers.", "access": "By bus."})
    translate(placement.supervisor, "en", {"role": "General practitioner"})
    translate(placement.specialty, "en", {"name": "Cardiology"})
    soup = soup_of(client, placement, "en")
    for text in ("Cardiology", "Twelve carers.", "By bus.", "General practitioner"):
        assert not in_french(soup, text), text
    assert "Cardiologie" not in words(soup)
    # The other languages have none yet.
    german = soup_of(client, placement, "de")
    assert in_french(german, "Cardiologie")
    assert in_french(german, "Par le bus.")


def test_a_filter_names_specialties_in_the_readers_language(placement, client):
    translate(placement.specialty, "en", {"name": "Cardiology"})
    index = placement.get_parent().specific
    label = soup_of(client, index, "en").select_one('label[for="facet-specialty-cardiologie"]')
    assert words(label) == "Cardiology 1"
    assert len(soup_of(client, index, "en", "?specialty=cardiologie").select(".offer-card")) == 1


def test_a_filter_that_names_a_specialty_in_french_says_so(placement, client):
    soup = soup_of(client, placement.get_parent().specific, "en", "?specialty=cardiologie")
    label = soup.select_one('label[for="facet-specialty-cardiologie"]')
    chip = soup.select_one(".chips a")
    for element in (label, chip):
        assert "Cardiologie" in words(element)
        assert element.get("lang") == "fr" or element.select('[lang="fr"]')


def test_names_and_addresses_are_french_in_every_language(placement, client):
    """A host keeps its name: a letter is sent to it."""
    for language in OTHERS:
        soup = soup_of(client, placement, language)
        assert in_french(soup, placement.host.name)
    # Only the texts to paste in other languages are in another language there.
    assert not soup_of(client, placement, "fr").select('main [lang="fr"], main [lang]:not(.share [lang])')


def test_the_room_of_an_offer_and_the_offers_of_a_room_are_found_in_every_language(placement, client):
    room = placement.housing
    translate(room, "de", {"title": "Haus der Studierenden"})
    for language, room_title, offer_title in (
        ("fr", "Maison des étudiants", "Stage au bord du Cher"),
        ("en", "Maison des étudiants", "Placement by the Cher"),
        ("es", "Maison des étudiants", "Stage au bord du Cher"),
        ("de", "Haus der Studierenden", "Stage au bord du Cher"),
    ):
        link = soup_of(client, placement, language).select_one("section.room h3 a")
        assert (link["href"], words(link)) == (version(room, language).url, room_title)
        links = soup_of(client, room, language).select("#offers ~ ul h3 a")
        assert [(link["href"], words(link)) for link in links] == [(version(placement, language).url, offer_title)]


def test_the_voices_of_an_offer_are_found_in_every_language(placement, client):
    voice = publish(TestimonialFactory(title="J’ai tout appris", offer=placement))
    translate(voice, "en", {"title": "I learnt it all"})
    for language, title in (("fr", "J’ai tout appris"), ("en", "I learnt it all"), ("de", "J’ai tout appris")):
        links = soup_of(client, placement, language).select("#voices ~ ul h3 a")
        assert [(link["href"], words(link)) for link in links] == [(version(voice, language).url, title)]
        back = soup_of(client, voice, language).select_one("dl.pairs a")
        assert back["href"] == version(placement, language).url


def test_voices_of_the_same_place_and_specialty_are_found_in_every_language(placement, client):
    other = publish(OfferFactory(title="Ailleurs", specialty=placement.specialty, town="Vendôme"))
    voice = publish(TestimonialFactory(title="Le cœur", offer=other))
    for language in ALL:
        links = soup_of(client, placement, language).select("#voices ~ ul h3 a")
        assert [link["href"] for link in links] == [version(voice, language).url]


def test_strengths_nearby_are_found_in_every_language(placement, client):
    strength = publish(StrengthFactory(title="Château", **BLOIS))
    publish(placement, **BLOIS)
    for language in ALL:
        assert [link["href"] for link in soup_of(client, placement, language).select("#near ~ ul h3 a")] == [
            version(strength, language).url
        ]


def test_the_home_page_shows_offers_reasons_and_the_voice_in_every_language(placement, client):
    strength = publish(StrengthFactory(title="La Loire", figure="42 min", figure_label="de Paris"))
    chosen, newer = (publish(TestimonialFactory(title=title)) for title in ("La voix choisie", "Une autre voix"))
    assert newer.first_published_at >= chosen.first_published_at
    home = publish(the_home(), reasons=[HomeReason(strength=strength)], voice=chosen)
    translate(home, "en", {"title": "Welcome"})
    translate(strength, "en", {"title": "The Loire", "figure_label": "from Paris"})
    translate(chosen, "en", {"title": "The chosen voice"})
    translate(chosen, "de", {"title": "Die gewählte Stimme"})
    for language, reason, voice, offer in (
        ("fr", "La Loire", "La voix choisie", "Stage au bord du Cher"),
        ("en", "The Loire", "The chosen voice", "Placement by the Cher"),
        ("es", "La Loire", "La voix choisie", "Stage au bord du Cher"),
        ("de", "La Loire", "Die gewählte Stimme", "Stage au bord du Cher"),
    ):
        soup = soup_of(client, home, language)
        link = soup.select_one(".reasons h3 a")
        assert (link["href"], words(link)) == (version(strength, language).url, reason)
        assert words(soup.select_one(".big-voice blockquote")) == voice
        links = soup.select("#soon ~ ul h3 a")
        assert [(link["href"], words(link)) for link in links] == [(version(placement, language).url, offer)]
    assert in_french(soup_of(client, home, "es"), "La voix choisie")
    assert not in_french(soup_of(client, home, "de"), "Die gewählte Stimme")
    assert words(soup_of(client, home, "en").select_one(".reasons .figure-label")) == "from Paris"


def test_offers_of_a_university_and_of_the_desk_are_found_in_every_language(placement, client):
    university = publish(UniversityFactory(fields=["medecine"]))
    desk = publish(the_desk())
    for language in ALL:
        links = soup_of(client, university, language).select("#offers ~ ul h3 a")
        assert [link["href"] for link in links] == [version(placement, language).url]
        about = soup_of(client, desk, language, f"?about={placement.reference}").select_one(".state-notice a")
        assert about["href"] == version(placement, language).url
        asked = soup_of(client, placement, language).select_one("aside.ask a.button")
        assert asked["href"].startswith(version(desk, language).url)


def test_a_university_keeps_its_own_name_and_address(home, client):
    university = publish(UniversityFactory(title="Universitatea Iuliu", body=[block("prose", "<p>Un accord.</p>")]))
    languages("en")
    translate(university, "en", {"Un accord.": "An agreement."})
    english = version(university, "en")
    assert (english.title, english.slug) == (university.title, university.slug)
    soup = soup_of(client, university, "en")
    assert not in_french(soup, "Universitatea Iuliu")
    assert not in_french(soup, "An agreement.")


def test_a_withdrawn_offer_answers_410_in_every_language(placement, client):
    other = publish(OfferFactory(title="Le suivant", specialty=placement.specialty))
    addresses = {language: version(placement, language).url for language in ALL}
    version(placement, "fr").unpublish()
    for language, address in addresses.items():
        answer = client.get(address)
        assert answer.status_code == 410, language
        assert version(other, language).url in answer.content.decode()


def test_words_explained_are_in_the_readers_language_else_french(home, client):
    glossary = GlossaryTermFactory(acronym="CPTS", meaning="Un réseau local de soignants")
    GlossaryTermFactory(acronym="ARS", meaning="Une agence de santé")
    hello = LexiconEntryFactory(phrase="Bonjour Madame")
    LexiconEntryFactory(phrase="Au revoir Madame")
    page = EditorialFactory(title="Les mots", summary="", body=[block("glossary", None), block("lexicon", None)])
    page = publish(page)
    languages("en")
    translate(page, "en", {"title": "Words"})
    translate(glossary, "en", {"meaning": "A local network of carers"})
    translate(hello, "en", {"phrase": "Good morning"})
    soup = soup_of(client, page, "en")
    assert not in_french(soup, "A local network of carers")
    assert in_french(soup, "Une agence de santé")
    assert in_french(soup, "CPTS")
    # The phrase to say is French, what it means English; a phrase without a meaning is said once.
    pairs = {words(pair.dt): words(pair.dd) for pair in soup.select(".lexicon dl > div")}
    assert pairs == {"Bonjour Madame": "Good morning", "Au revoir Madame": ""}
    assert in_french(soup, "Bonjour Madame")


# --- What stands around the page ------------------------------------------------------------------------------------
@scenario
def menu():
    """A French menu of the foot, and its pages: one in English, one not."""
    papers, money = (publish(EditorialFactory(title=title)) for title in ("Papiers", "Argent"))
    menu = Menu.objects.create(
        slot="footer-1",
        title="À lire",
        locale=Locale.get_default(),
        links=[
            block("link", {"page": papers.pk, "label": "Vos papiers"}),
            block("link", {"page": money.pk, "label": "Vos sous"}),
        ],
    )
    languages()
    translate(papers, "en", {"title": "Papers", "slug": "papers"})
    return menu


def column(soup):
    """The menu of the foot: its title, and its links, each with its language."""
    found = soup.select_one("nav[aria-labelledby=footer-footer-1]")
    return (words(found.h2), found.h2.get("lang")), [
        (words(link), link.get("lang"), link["href"]) for link in found.select("a")
    ]


def test_a_menu_without_a_translation_is_french_with_its_language(menu, client):
    papers, money = (entry.value["page"].specific for entry in menu.links)
    title, links = column(soup_of(client, the_home(), "en"))
    assert title == ("À lire", "fr")
    # A page's own title says more to a reader of English than a French label.
    assert links == [("Papers", None, version(papers, "en").url), ("Vos sous", "fr", version(money, "en").url)]
    title, links = column(soup_of(client, the_home(), "de"))
    assert title == ("À lire", "fr")
    assert [(text, language) for text, language, _url in links] == [("Vos papiers", "fr"), ("Vos sous", "fr")]
    title, links = column(soup_of(client, the_home(), "fr"))
    assert title == ("À lire", None)
    assert [(text, language) for text, language, _url in links] == [("Vos papiers", None), ("Vos sous", None)]


def test_a_translated_menu_is_in_the_readers_language(menu, client):
    column(soup_of(client, the_home(), "en"))
    translate(menu, "en", {"title": "To read", "Vos papiers": "Your papers"})
    title, links = column(soup_of(client, the_home(), "en"))
    assert title == ("To read", None)
    assert [(text, language) for text, language, _url in links] == [("Your papers", None), ("Vos sous", "fr")]


def test_the_menus_of_a_language_follow_what_is_translated(menu, client):
    """The frame is kept in the cache; a new translation is in it at once."""
    money = menu.links[1].value["page"].specific
    column(soup_of(client, the_home(), "de"))
    translate(money, "de", {"title": "Geld", "slug": "geld"})
    _title, links = column(soup_of(client, the_home(), "de"))
    assert links[1] == ("Geld", None, version(money, "de").url)


def test_settings_that_are_said_in_french_alone_are_marked(home, client):
    the_desk()
    chosen = SiteSettings.objects.get()
    chosen.tagline = {"fr": "Au pays des châteaux", "en": "Among the châteaux"}
    chosen.save()
    page = publish(EditorialFactory(title="Papiers"))
    languages("en", "de")
    assert not in_french(soup_of(client, page, "en"), "Among the châteaux")
    assert in_french(soup_of(client, page, "de"), "Au pays des châteaux")


def test_links_of_a_stand_in_lead_to_the_readers_language(home, client):
    papers = publish(EditorialFactory(title="Papiers"))
    link = f'<p>Lisez <a linktype="page" id="{papers.pk}">ceci</a>.</p>'
    links = block("pages", {"title": "À lire", "pages": items(papers.pk)})
    page = publish(EditorialFactory(title="Argent", body=[block("prose", link), links]))
    languages("en")
    translate(papers, "en", {"title": "Papers", "slug": "papers"})
    for stage in ("stand-in", "translation"):
        if stage == "translation":
            translate(page, "en", {"title": "Money", "Lisez ceci.": 'Read <a id="a1">this</a>.'})
        soup = soup_of(client, page, "en")
        assert soup.select_one(".page-links a")["href"] == version(papers, "en").url, stage
        assert words(soup.select_one(".page-links a")) == "Papers"
        assert soup.select_one(".prose a")["href"] == version(papers, "en").url, stage


# --- Words in a sentence --------------------------------------------------------------------------------------------
def test_german_keeps_its_capital_nouns(home, client):
    voice = publish(TestimonialFactory(title="Une voix", profile="encadrant", first_name="Camille", field="medecine"))
    languages()
    bylines = {}
    for language in ALL:
        soup = soup_of(client, voice, language)
        bylines[language] = words(soup.select_one(".page-head .kicker"))
    assert bylines == {
        "fr": "Camille, médecine",
        "en": "Camille, medicine",
        "es": "Camille, medicina",
        "de": "Camille, Medizin",
    }


def test_the_room_of_an_offer_is_named_in_german_with_a_capital(placement, client):
    with override("de"):
        kind = str(placement.housing.get_kind_display())
    assert kind[0].isupper()
    detail = soup_of(client, placement, "de").select_one(".fact.room .fact-detail")
    assert kind in words(detail)
    english = soup_of(client, placement, "en").select_one(".fact.room .fact-detail")
    assert "Furnished shared housing" in words(english)


# --- What is not for everybody --------------------------------------------------------------------------------------
@pytest.mark.parametrize("translated", [False, True], ids=["stand-in", "translation"])
def test_a_restricted_page_is_named_and_read_in_no_language(home, client, translated):
    """The restriction is set on the French page, when its other languages are online already."""
    section = publish(SectionFactory(title="Préparer"))
    page = publish(EditorialFactory(title="Confidentiel", parent=section))
    languages("en")
    if translated:
        translate(page, "en", {"title": "Confidential", "slug": "confidential"})
    address = version(page, "en").url
    title = version(page, "en").title
    assert title in client.get(version(section, "en").url).content.decode()
    PageViewRestriction.objects.create(page=version(page, "fr"), restriction_type=PageViewRestriction.LOGIN)
    assert client.get(address).status_code == 302
    assert title not in client.get(version(section, "en").url).content.decode()
    assert address not in client.get("/sitemap-en.xml").content.decode()
    assert address not in client.get("/sitemap-fr.xml").content.decode()
    assert not re.search(rf'href="{address}"', client.get(version(section, "fr").url).content.decode())


def test_a_restriction_that_is_lifted_is_lifted_in_every_language(home, client):
    page = publish(EditorialFactory(title="Confidentiel"))
    languages("en")
    translate(page, "en", {"title": "Confidential", "slug": "confidential"})
    restriction = PageViewRestriction.objects.create(
        page=version(page, "fr"), restriction_type=PageViewRestriction.LOGIN
    )
    publish(page, summary="Une phrase.")
    assert client.get(version(page, "en").url).status_code == 302
    restriction.delete()
    assert client.get(version(page, "fr").url).status_code == 200
    assert client.get(version(page, "en").url).status_code == 200

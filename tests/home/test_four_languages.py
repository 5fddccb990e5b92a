"""The demo in four languages, read page by page as a visitor's browser and a search engine would."""

import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from babel import Locale
from lxml import html
from wagtail.models import Page
from wagtail_localize.models import StringSegment

from catalogues import ours
from core.translation.marks import plain

pytestmark = pytest.mark.once

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LANGUAGES = ("fr", "en", "es", "de")
OTHERS = LANGUAGES[1:]
READ_ALOUD = ("alt", "aria-label", "data-label", "placeholder", "title")

# Words that are French and nothing else.
FRENCH_WORDS = re.compile(
    r"\b(?:une|est|vous|votre|pour|avec|dans|aux|sont|nous|cette|où|chez|jours|semaines|mois|leur|ces|qui|été|être)\b"
)
# Names keep their French words in a sentence of another language.
NAMES = re.compile(r"“vous”|Paris Est|„vous“|«vous»|en bonne santé|Sologne Est|Rendez-vous de l’histoire")


@pytest.fixture
def pages(demo):
    """The public pages of a language."""

    def of(language):
        return list(Page.objects.live().filter(locale__language_code=language, depth__gt=1).order_by("path"))

    return of


@pytest.fixture
def read(crawl):
    """The page at an address as a parsed document."""

    def get(address):
        answer = crawl(address)
        assert answer.status == 200, address
        assert answer.page_url == address
        return html.document_fromstring(answer.html)

    return get


def texts_in(document, language):
    """What a document says in a language, attributes included."""
    for element in document.xpath(
        "//*[not(ancestor-or-self::script or ancestor-or-self::style or ancestor-or-self::svg)]"
    ):
        if element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") != language:
            continue
        for text in [*map(element.get, READ_ALOUD), element.text, *(child.tail for child in element)]:
            if text and text.strip():
                yield " ".join(text.split())


def french_interface(language):
    """Patterns of the French interface's texts that this language says otherwise."""
    own = {" ".join(text.split()) for texts in ours(language).values() for text in texts}
    own |= set(Locale.parse(language).territories.values())
    patterns = set()
    for texts in ours("fr").values():
        for text in (" ".join(text.split()) for text in texts if text):
            words = re.sub(r"%\(\w+\)[sd]", "", text)
            if text not in own and len(re.findall(r"[^\W\d_]", words)) > 3:
                patterns.add(re.sub(r"%\\\(\w+\\\)[sd]", ".+", re.escape(text)))
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)))


def french_content(language):
    """Texts of French pages and records that this language says otherwise."""
    segments = StringSegment.objects.annotate_translation(
        Page.objects.filter(locale__language_code=language).first().locale
    )
    pairs = segments.values_list("string__data", "translation")
    said = {plain(translation) for _french, translation in pairs if translation}
    return {plain(french) for french, translation in pairs} - said


@pytest.mark.parametrize("language", OTHERS)
def test_no_french_stands_unmarked_on_a_page_in_another_language(language, pages, read):
    """Names of places and people are the same everywhere; everything else French carries lang="fr"."""
    interface, content = french_interface(language), french_content(language)
    found = defaultdict(Counter)
    for page in pages(language):
        document = read(page.url)
        assert document.get("lang") == language
        for text in texts_in(document, language):
            if interface.fullmatch(text):
                found["interface"][text] += 1
            elif text in content and len(text.split()) > 1:
                found["content"][text] += 1
            elif match := FRENCH_WORDS.search(NAMES.sub("", text)):
                found[match.group()][text] += 1
    assert {kind: dict(texts) for kind, texts in found.items()} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_no_menu_or_footer_entry_ends_on_a_page_in_french(language, crawl):
    """Nor does a button or a door of the home page: what they lead to answers in the reader's language, all of it."""
    home = html.document_fromstring(crawl(f"/{language}/").html)
    areas = [*home.iter("header", "footer"), *home.find_class("hero-buttons"), *home.find_class("doors")]
    addresses = {link.get("href") for area in areas for link in area.iter("a") if link.get("href").startswith("/")}
    assert len(addresses) > 20
    in_french = {}
    for address in sorted(addresses):
        answer = crawl(address)
        assert answer.status == 200, address
        page = html.document_fromstring(answer.html)
        assert page.get("lang") != "fr", address  # the API's description is in English for everybody
        if notices := page.find_class("french-notice"):
            in_french[address] = " ".join(notices[0].text_content().split())
    assert in_french == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hreflang_is_mutual_and_names_translations_only(language, pages, read, settings):
    for page in pages(language):
        document = read(page.url)
        links = {
            link.get("hreflang"): link.get("href") for link in document.xpath("//link[@rel='alternate'][@hreflang]")
        }
        (canonical,) = document.xpath("//link[@rel='canonical']/@href")
        links.pop("x-default", None)
        if page.alias_of_id:
            assert links == {}
            assert canonical == page.alias_of.full_url
            continue
        assert canonical == page.full_url == links[language]
        assert links == {
            other.locale.language_code: other.full_url
            for other in page.get_translations(inclusive=True).live().filter(alias_of=None).select_related("locale")
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switcher_leads_to_the_same_page_in_every_language(language, pages, read):
    for page in pages(language):
        found = read(page.url).find_class("languages")
        links = {link.get("hreflang"): link.get("href") for part in found for link in part.iter("a")}
        assert list(links) == list(LANGUAGES)
        assert links == {
            other.locale.language_code: other.url
            for other in page.get_translations(inclusive=True).select_related("locale")
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sitemap_of_a_language_has_its_translated_pages_with_their_alternates(language, pages, client, read):
    document = ElementTree.fromstring(client.get(f"/sitemap-{language}.xml").content)
    listed = {entry.findtext("s:loc", namespaces=SITEMAP): entry for entry in document.findall("s:url", SITEMAP)}
    assert set(listed) == {
        page.full_url for page in pages(language) if page.alias_of_id is None and page.specific.in_sitemap
    }
    for address, entry in listed.items():
        alternates = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", SITEMAP)}
        assert alternates[language] == address
        assert read(urlsplit(address).path)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["1er mars", "2027", "Médecine générale", "Roumanie"]),
        ("en", ["1 Mar", "2027", "General practice", "Romania"]),
        ("es", ["1 mar", "2027", "Medicina de familia", "Rumanía"]),
        ("de", ["1. März", "2027", "Allgemeinmedizin", "Rumänien"]),
    ],
)
def test_dates_specialties_and_countries_are_in_the_readers_language(language, words, demo, client, text_of):
    from territoire.models import InternshipOfferPage, PartnerIndexPage

    offer = InternshipOfferPage.objects.get(reference="LC41-2027-001", locale__language_code=language)
    index = PartnerIndexPage.objects.get(locale__language_code=language)
    text = text_of(client.get(offer.url)) + text_of(client.get(index.url))
    assert [word for word in words if word not in text] == []

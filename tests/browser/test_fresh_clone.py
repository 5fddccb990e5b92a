"""A newcomer's demo, made from a clone in which no catalogue was compiled, speaks the reader's language.

It stands among the browser tests because it asks the same served demo.
"""

import json
import re
import urllib.request
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from pages import PATHS_OF_TYPES

from catalogues import ours
from core.kinds.table import result_kinds

# Together they find pages of every kind, each with its facts.
QUERIES = (
    "Blois",
    "stage ambulatoire",
    "convention bilatérale",
    "logement",
    "université",
    "soirée",
    "vin",
    "témoignage",
)
SEARCHES = {"fr": "/fr/recherche/", "es": "/es/busqueda/", "de": "/de/suche/"}


def english_words(language):
    """A pattern of the interface's English texts that a language says otherwise, values included."""
    english, own = ours("en"), ours(language)
    said = {text for texts in own.values() for text in texts}
    patterns = set()
    for key, texts in english.items():
        for text in texts:
            letters = re.sub(r"%\(\w+\)[sd]|[^\w\s]", " ", text)
            # One word may be a name, or the same word in the other language's content ("Train", "Restaurant").
            if text and text not in said and key in own and len(letters.split()) > 1:
                patterns.add(re.sub(r"%\\\(\w+\\\)[sd]", r"\\S+", re.escape(text)))
    # "French %(level)s": a level is a value of ours.
    patterns.add(r"French [ABC][12]")
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(patterns, key=len, reverse=True)) + r")(?!\w)")


def fetch(address):
    """The body of an answer."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def fetch_json(address):
    """What the API answers."""
    return json.loads(fetch(address))


def said(page):
    """What a reader of a page sees and hears, but for what is marked as another language."""
    document = BeautifulSoup(page, "html.parser")
    for other in [*document.find_all(["script", "style", "svg"]), *document.body.find_all(attrs={"lang": True})]:
        other.decompose()
    attributes = (element.get(name) for element in document.find_all(True) for name in ("alt", "aria-label", "title"))
    return " | ".join(filter(None, [*document.stripped_strings, *attributes]))


@pytest.mark.parametrize("language", SEARCHES)
def test_the_search_of_a_fresh_demo_has_no_english_word(demo, language):
    english, found = english_words(language), set()
    for query in QUERIES:
        page = fetch(f"{demo}{SEARCHES[language]}?q={quote(query)}")
        found |= set(english.findall(said(page)))
    assert found == set()


def test_the_french_search_of_the_api_has_no_english_word(demo):
    english, found, types = english_words("fr"), set(), set()
    for query in QUERIES:
        answer = fetch_json(f"{demo}/api/v1/search?lang=fr&q={quote(query)}")
        types |= {entry["type"]["code"] for entry in answer["types"] if entry["count"]}
        labels = [entry["type"]["label"] for entry in answer["types"]]
        facts = [
            text for result in answer["results"] for text in (result["excerpt"], result["state"], *result["facts"])
        ]
        found |= set(english.findall(" | ".join([*labels, *facts])))
    assert found == set()
    assert types == set(result_kinds())


@pytest.mark.parametrize(("query", "at_least"), [("stage ambulatoire", 7), ("convention bilatérale", 20)])
def test_placements_of_a_fresh_demo_are_found_by_the_french_names_of_their_facts(demo, query, at_least):
    answer = fetch_json(f"{demo}/api/v1/search?lang=fr&q={quote(query)}")
    assert answer["count"] >= at_least
    assert not answer["loose"]


def test_no_page_type_of_a_fresh_demo_speaks_english_in_french(demo):
    english = english_words("fr")
    paths = {name: path for name, path in PATHS_OF_TYPES.items() if name != "not found"}
    found = {name: english.findall(said(fetch(demo + path))) for name, path in paths.items()}
    assert {name: words for name, words in found.items() if words} == {}

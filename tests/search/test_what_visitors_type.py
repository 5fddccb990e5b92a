"""What visitors type finds the pages they want: one suite of queries for every engine."""

import warnings
from pathlib import Path

import pytest
import yaml

from core.searchable import searchable_types
from search.indexing import outbox
from search.models import SearchDocument

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())
FOUND_AT_LEAST = 0.95


def references():
    """The reference of each page that can be found, by its title and language."""
    codes = {pk: code for model in searchable_types() for pk, code in model.objects.values_list("pk", "reference")}
    rows = SearchDocument.objects.values_list("pk", "language", "title")
    return {(language, title): codes[pk] for pk, language, title in rows}


def test_the_suite_covers_each_rule_in_each_language():
    rules = {"accents", "case", "inflection", "elision", "ligature", "typo", "synonym", "several words", "compound"}
    assert len(QUERIES) >= 80
    assert {entry["language"] for entry in QUERIES} == {"fr", "en", "es", "de"}
    assert rules <= {entry["rule"] for entry in QUERIES}


def test_what_is_wanted_is_among_the_first_three_results(demo, engine, search):
    outbox.rebuild()
    names, misses = references(), []
    for entry in QUERIES:
        found = search(entry["language"], q=entry["q"])
        first = [names[entry["language"], result.title] for result in found.shown[: entry.get("among", 3)]]
        if not set(first) & set(entry["expect"]):
            misses.append(f"{entry['language']} {entry['q']!r} ({entry['rule']}): {first}, not {entry['expect']}")
    # A warning stands in the summary of the run, also where tests run in several processes.
    found = f"{type(engine).__name__} found {len(QUERIES) - len(misses)} of {len(QUERIES)} queries"
    warnings.warn("\n  ".join([found, *misses]), stacklevel=1)
    assert len(misses) <= len(QUERIES) * (1 - FOUND_AT_LEAST), misses


@pytest.mark.parametrize(("language", "query"), [("fr", "logemnt"), ("en", "accomodation"), ("de", "Farmulatur")])
def test_a_mistyped_word_is_corrected_and_the_visitor_is_told(demo, search, language, query):
    found = search(language, q=query)
    assert found.corrected
    assert found.corrected != query
    assert found.shown


def test_words_that_no_page_has_together_find_pages_with_some_of_them(demo, engine, search):
    outbox.rebuild()
    found = search("fr", q="balnéothérapie webinaire Bielefeld")
    assert found.loose
    assert found.shown

"""What visitors type finds the pages they want: one suite of queries for every engine."""

import warnings
from pathlib import Path

import pytest
import yaml

from core.kinds.table import searchable_types
from search.indexing import outbox
from search.models import SearchDocument

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())
ASKED = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
FOUND_AT_LEAST = 0.95
ANSWERED_AT_LEAST = 0.9  # in each language


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


def test_the_questions_are_many_in_each_language_and_name_pages_of_the_demo(demo):
    known = {code for model in searchable_types() for code in model.objects.values_list("reference", flat=True)}
    assert set().union(*ASKED["answers"].values()) <= known
    for language, topics in ASKED["questions"].items():
        typed = [query for queries in topics.values() for query in queries]
        assert len(typed) == len(set(typed)) >= 60, language
        assert topics.keys() <= ASKED["answers"].keys()


def test_what_is_wanted_is_among_the_first_three_results(demo, engine, search):
    outbox.rebuild()
    names, misses = references(), []
    for entry in QUERIES:
        found = search(entry["language"], q=entry["q"])
        first = [names[entry["language"], result.title] for result in found.shown[: entry.get("among", 3)]]
        if not set(first) & set(entry["expect"]):
            misses.append(f"{entry['language']} {entry['q']!r} ({entry['rule']}): {first}, not {entry['expect']}")
    report(f"{type(engine).__name__} found {len(QUERIES) - len(misses)} of {len(QUERIES)} queries", misses)
    assert len(misses) <= len(QUERIES) * (1 - FOUND_AT_LEAST), misses


def test_a_student_s_question_is_answered_among_the_first_three_results(demo, engine, search):
    """Those that a visitor sees first, with what stands in in French where nothing else answers."""
    outbox.rebuild()
    names = references()
    for language, topics in ASKED["questions"].items():
        asked, misses = 0, []
        for topic, queries in topics.items():
            for query in queries:
                found = search(language, q=query)
                shown = [*found.shown, *(found.french.results if found.french else ())]
                first = [names[language, result.title] for result in shown[:3]]
                asked += 1
                if not set(first) & set(ASKED["answers"][topic]):
                    misses.append(f"{query!r} ({topic}): {first}")
        report(f"{type(engine).__name__} answered {asked - len(misses)} of {asked} questions in {language}", misses)
        assert len(misses) <= asked * (1 - ANSWERED_AT_LEAST), misses


def report(result, misses):
    """A warning stands in the summary of the run, also where tests run in several processes."""
    warnings.warn("\n  ".join([result, *misses]), stacklevel=2)


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

"""Each engine finds the same pages, counted for every query and every filter: no difference is allowed.

What an engine finds is compared with what is found by reading every page in Python, so that engines which never run
side by side (SQLite, PostgreSQL) are compared as well.
"""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import yaml
from django.utils import timezone

from core.kinds.table import result_kinds
from factories import QuestionFactory
from search.engines.base import FRENCH, Asked
from search.indexing import outbox
from search.models import SearchDocument, SearchWord
from search.reading import reader
from search.text.analysis import analyser

FOLDER = Path(__file__).parent
QUERIES = [(entry["language"], entry["q"]) for entry in yaml.safe_load((FOLDER / "queries.yaml").read_text())]
EACH = 60  # of so many words of the pages, one is searched


def asking(engine):
    """A function that asks an engine."""
    return (lambda asked: engine.search(asked, 10)) if hasattr(engine, "rebuild") else engine.search


class Shelf:
    """The pages of a language, to be read one by one."""

    def __init__(self, language):
        read, today = analyser(language), timezone.localdate()
        self.documents, self._texts, self._having = {}, {}, defaultdict(set)
        for document in SearchDocument.objects.filter(language=language):
            if not document.gone_after or document.gone_after >= today:
                texts = [read.terms(text) for text in document.texts()]
                self.documents[document.pk] = document
                self._texts[document.pk] = [f" {' '.join(terms)} " for terms in texts]
                for term in {term for terms in texts for term in terms}:
                    self._having[term].add(document.pk)

    def _saying(self, way):
        """The pages with these terms side by side."""
        pages = set.intersection(*(self._having[term] for term in way))
        return {page for page in pages if any(f" {' '.join(way)} " in text for text in self._texts[page])}

    def found(self, asked):
        """The pages that have all words, or any of them."""
        together = set.union if asked.loose else set.intersection
        pages = together(*(set.union(*map(self._saying, group.alternatives)) for group in asked.groups))
        return [self.documents[page] for page in pages]


def counted(documents, kind):
    """What an answer says of these pages when the pages of one kind are asked for: how many, and with which values."""
    own = [document for document in documents if not document.in_french]
    asked = [document for document in documents if document.in_french] if kind == FRENCH else own
    asked = [document for document in asked if kind in {"", FRENCH, document.kind}]
    tags = Counter(tag for document in asked for tag in document.tag_list())
    return Counter(document.kind for document in own), len(documents) - len(own), len(asked), tags


def of_answer(answer):
    """The same of an engine's answer."""
    tags = Counter({f"{name}={value}": n for name, values in answer.counts.items() for value, n in values.items() if n})
    return Counter(answer.kinds), answer.french, answer.total, tags


def test_every_query_and_every_filter_counts_the_same_pages(demo, engine):
    outbox.rebuild()
    search, different = asking(engine), []
    shelves = {language: Shelf(language) for language in dict(QUERIES)}
    for language, typed in QUERIES:
        shelf = shelves[language]
        asked = Asked(language, timezone.localdate(), reader(language).groups(typed))
        found = shelf.found(asked)
        for code in ("", FRENCH, *{document.kind for document in found}):
            facets = tuple(facet.name for facet in result_kinds()[code].facets()) if code in result_kinds() else ()
            expected = counted(found, code)
            if not facets:
                expected = (*expected[:3], Counter())
            answer = search(replace(asked, kind=code, facets=facets))
            if of_answer(answer) != expected:
                different.append((language, typed, code, of_answer(answer), expected))
        some = replace(asked, loose=True)
        if of_answer(search(some))[:3] != counted(shelf.found(some), "")[:3]:
            different.append((language, typed, "some of the words"))
    assert not different, different[:5]


def test_every_word_of_the_pages_finds_the_pages_that_have_it(demo, engine):
    outbox.rebuild()
    search, different = asking(engine), []
    for language in ("fr", "en", "es", "de"):
        shelf = Shelf(language)
        words = SearchWord.objects.filter(language=language).order_by("word").values_list("shown", flat=True)
        for word in words[::EACH]:
            asked = Asked(language, timezone.localdate(), reader(language).groups(word))
            found = shelf.found(asked)
            answer = search(asked)
            if not found or of_answer(answer)[:2] != counted(found, "")[:2]:
                different.append((language, word, of_answer(answer), len(found)))
    assert not different, different[:5]


def test_no_sign_of_typography_hides_the_word_beside_it(home, engine, search):
    marks = ["\u202f!", "\u202f;", "\u202f?", "\u00a0?", "\u00a0:", "\u00a0»", "’", ".", "…", "\u2009%", "\u202f»"]
    for number, mark in enumerate(marks):
        QuestionFactory(title=f"Une «\u00a0balnéothérapie{mark} et {number}")
    outbox.rebuild()
    for typed in ("balneotherapie", *(f"«\u202fbalnéothérapie{mark}" for mark in marks)):
        assert search("fr", q=typed).answer.kinds == {"questions": len(marks)}, typed

"""The words that pages of each language use, for whoever mistypes one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..tables.document import SearchDocument, chunks
from ..tables.words import SearchWord
from ..text.analysis import analyser

_WORD = re.compile(r"[^\W\d_]{3,64}")
BATCH = 500


class Counted:
    """How often words occur, and how pages write them."""

    def __init__(self) -> None:
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Count the words of documents in the language of their tree; what stands in in French has other words."""
        for document in documents:
            if not document.in_french:
                for text in document.texts():
                    self._written[document.language].update(_WORD.findall(text))

    def rows(self) -> list[SearchWord]:
        """Return the words to store, each as it is written most often; what is written alike is read once."""
        return [
            SearchWord(language=language, word=word[:64], shown=forms.most_common(1)[0][0][:64], count=forms.total())
            for language, written in self._written.items()
            for word, forms in self._forms(language, written).items()
        ]

    @staticmethod
    def _forms(language: str, written: Counter[str]) -> dict[str, Counter[str]]:
        """Return how often each word is written in which way."""
        read, forms = analyser(language), defaultdict[str, Counter[str]](Counter)
        for form, count in written.items():
            for word in read.words(form):
                forms[word][form.lower()] += count
        return forms


def replace(before: Iterable[SearchDocument], after: Iterable[SearchDocument]) -> None:
    """Follow documents that have changed or gone: a word that no page has any more is offered to nobody."""
    old, new = Counted(), Counted()
    old.add(before)
    new.add(after)
    there = {(row.language, row.word): row for row in old.rows()}
    here = {(row.language, row.word): row for row in new.rows()}
    steps = {key: _count(here.get(key)) - _count(there.get(key)) for key in {*there, *here}}
    for language in {language for language, _word in steps}:
        words = [word for other, word in steps if other == language and steps[other, word]]
        for part in chunks(words):
            rows = {row.word: row for row in SearchWord.objects.filter(language=language, word__in=part)}
            for word, row in rows.items():
                row.count = max(row.count + steps[language, word], 0)
            SearchWord.objects.bulk_update(rows.values(), ["count"])
            fresh = [here[language, word] for word in part if word not in rows and (language, word) in here]
            SearchWord.objects.bulk_create(fresh, ignore_conflicts=True)
    SearchWord.objects.filter(count=0).delete()


def _count(row: SearchWord | None) -> int:
    return row.count if row else 0


def count_anew() -> None:
    """Count the words of all documents."""
    counted = Counted()
    for language in SearchDocument.objects.values_list("language", flat=True).distinct():
        counted.add(SearchDocument.objects.filter(language=language).iterator(BATCH))
    SearchWord.objects.all().delete()
    SearchWord.objects.bulk_create(counted.rows(), batch_size=BATCH, ignore_conflicts=True)

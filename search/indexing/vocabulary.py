"""The words that pages of each language use, for whoever mistypes one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..models.document import SearchDocument
from ..models.words import SearchWord
from ..text.analysis import analyser

_WORD = re.compile(r"[^\W\d_]{3,64}")
BATCH = 500


class Counted:
    """How often words occur, and how pages write them."""

    def __init__(self) -> None:
        """Begin with none."""
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
            SearchWord(language=language, word=word[:64], shown=forms.most_common(1)[0][0], count=forms.total())
            for language, written in self._written.items()
            for word, forms in self._forms(language, written).items()
        ]

    @staticmethod
    def _forms(language: str, written: Counter[str]) -> dict[str, Counter[str]]:
        """Return how often each word is written in which way."""
        read, forms = analyser(language), defaultdict(Counter)
        for form, count in written.items():
            for word in read.words(form):
                forms[word][form.lower()] += count
        return forms

    def save(self) -> None:
        """Replace the vocabulary."""
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(self.rows(), batch_size=BATCH, ignore_conflicts=True)


def learn(documents: Iterable[SearchDocument]) -> None:
    """Add the words of changed pages; words that no page has any more go with the next rebuild."""
    counted = Counted()
    counted.add(documents)
    SearchWord.objects.bulk_create(counted.rows(), batch_size=BATCH, ignore_conflicts=True)

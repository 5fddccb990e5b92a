"""The words that pages of each language use, for whoever mistypes one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..models import SearchDocument, SearchWord
from ..text.analysis import analyser

_WORD = re.compile(r"[^\W\d_]{3,64}")
BATCH = 500


class Counted:
    """How often words occur, and how pages write them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.words: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, documents: Iterable[SearchDocument]) -> None:
        """Count the words of documents in the language of their tree; what stands in in French has other words."""
        for document in documents:
            if document.in_french:
                continue
            read = analyser(document.language)
            for text in document.texts():
                for written, count in Counter(_WORD.findall(text)).items():
                    for word in read.words(written):
                        self.words[document.language, word][written.lower()] += count

    def rows(self) -> list[SearchWord]:
        """Return the words to store, each as it is written most often."""
        return [
            SearchWord(language=language, word=word[:64], shown=forms.most_common(1)[0][0], count=forms.total())
            for (language, word), forms in self.words.items()
        ]

    def save(self) -> None:
        """Replace the vocabulary."""
        SearchWord.objects.all().delete()
        SearchWord.objects.bulk_create(self.rows(), batch_size=BATCH, ignore_conflicts=True)


def learn(documents: Iterable[SearchDocument]) -> None:
    """Add the words of changed pages; words that no page has any more go with the next rebuild."""
    counted = Counted()
    counted.add(documents)
    SearchWord.objects.bulk_create(counted.rows(), batch_size=BATCH, ignore_conflicts=True)

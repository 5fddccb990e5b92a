"""What a visitor typed, read with the synonyms and the vocabulary of a language; workers keep both."""

import math
import re
import unicodedata
from collections import Counter
from functools import cached_property

from .per_worker import Kept
from .tables.words import SearchWord, SynonymList
from .text import spelling, synonyms
from .text.analysis import analyser
from .text.synonyms import Group, Synonyms

LONGEST = 200  # characters of a query; more is no query
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_WORD = re.compile(r"[^\W\d_]{3,}")


def clean(typed: str) -> str:
    """Return what was typed as one short line of plain characters."""
    text = unicodedata.normalize("NFC", typed[: 4 * LONGEST].encode("utf-8", "ignore").decode())
    return " ".join(_INVISIBLE.sub(" ", text).split())[:LONGEST].strip()


class Reader:
    """The synonyms of a language, and the words that its pages use."""

    def __init__(self, language: str) -> None:
        """Read both from the database."""
        self.language = language
        self.synonyms: Synonyms = synonyms.parse(SynonymList.text_of(language), analyser(language))
        rows = list(SearchWord.objects.filter(language=language).values_list("word", "shown", "count"))
        self._shown = {word: shown for word, shown, _count in rows}
        self._count = {word: count for word, _shown, count in rows} | dict.fromkeys(
            self.synonyms.words - self._shown.keys(), 1
        )

    def groups(self, text: str, *, apart: bool = False) -> tuple[Group, ...]:
        """Return what a page must answer; `apart` takes phrases and compounds word by word."""
        found = self.synonyms.expand(text, apart=apart)
        return tuple(group._replace(weight=self._weight(group)) if len(found) > 1 else group for group in found)

    def asks(self, text: str) -> bool:
        """Say whether somebody asks a question."""
        return self.synonyms.asks(text)

    @cached_property
    def _frequency(self) -> Counter[str]:
        """How often the pages have each term."""
        frequency: Counter[str] = Counter()
        for word, count in self._count.items():
            for term in analyser(self.language).terms(word):
                frequency[term] += count
        return frequency

    def _weight(self, group: Group) -> float:
        """Return how rare a thing is, by the most frequent of its names: 1 for what pages hardly say."""
        often = max(min(self._frequency[term] for term in way) for way in group.alternatives)
        return 1 / (1 + math.log1p(often))

    def corrected(self, text: str) -> str:
        """Return the text with each unknown word replaced by the nearest that pages use, or as it is."""

        def nearest(found: re.Match[str]) -> str:
            written = found.group()
            words = analyser(self.language).words(written)
            if len(words) != 1 or words[0] in self._count or self._is_known(written):
                return written
            best = spelling.correct(words[0], self._count)
            return self._shown.get(best[0], best[0]) if best else written

        return _WORD.sub(nearest, text)

    def _is_known(self, word: str) -> bool:
        """Say whether this is another form of a word that pages or lists have: “vacunado” is no misspelt “vacunal”."""
        return any(self._frequency[term] for term in analyser(self.language).terms(word))


#: Return the reader of a language.
reader = Kept(Reader)

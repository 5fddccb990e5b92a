"""What visitors call the same thing by different names, and how a query is read with it.

The files `synonyms/<language>.txt` hold one group a line, its terms separated by commas, with # comments: the Solr
format, which Elasticsearch and OpenSearch read unchanged. A term may have several words. Each term of a group stands
for all others; groups do not chain (if a is like b, and b like c in another line, a does not find c).
"""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from .analysis import Analyser, Reading
from .languages import lines, listed

MOST_GROUPS = 12
MOST_ALTERNATIVES = 24
MOST_WORDS = 40  # of a query; who types more has pasted a page
LONGEST_QUERY = 500  # characters

Terms = tuple[str, ...]


class Group(NamedTuple):
    """One thing a query asks for.

    `typed` are the visitor's words; each of `alternatives` is a way to find it, whose terms must all occur. They stand
    in the order in which a text would have them, side by side once its stopwords are dropped. The first is what was
    typed. `phrases` are the same as people write them, for engines that read words by themselves.
    """

    typed: str
    alternatives: tuple[Terms, ...]
    phrases: tuple[str, ...] = ()


class Synonyms:
    """The synonym groups of one language, as terms of its analyser."""

    def __init__(self, groups: Iterable[Iterable[str]], analyser: Analyser) -> None:
        """Read groups of phrases; a phrase that the analyser drops altogether counts for nothing."""
        self._analyser = analyser
        self._same: dict[Terms, list[Terms]] = {}
        self._written: dict[Terms, str] = {}
        #: Folded words that are no mistakes, though no page may have them: for the vocabulary of `spelling.correct`.
        self.words: frozenset[str] = frozenset()
        for group in map(list, groups):
            self.words |= {word for phrase in group for word in analyser.words(phrase)}
            phrases = {tuple(word.token.term for word in analyser.readings(phrase)): phrase for phrase in group}
            phrases.pop((), None)
            self._written |= phrases
            for phrase in phrases:
                same = self._same.setdefault(phrase, [])
                same.extend(other for other in phrases if other != phrase and other not in same)
        self._longest = max(map(len, self._same), default=1)

    def expand(self, query: str) -> list[Group]:
        """Return the groups that a page must all answer, in the visitor's order; nothing for a query without words."""
        query = query[:LONGEST_QUERY]
        words = list(islice(self._analyser.readings(query), MOST_WORDS))
        groups: dict[Terms, Group] = {}
        first = 0
        while first < len(words) and len(groups) < MOST_GROUPS:
            here = words[first : first + self._length_at(words, first)]
            first += len(here)
            terms = tuple(word.token.term for word in here)
            means = here[0].means if len(here) == 1 else ()
            ways = dict.fromkeys(way for way in (terms, means, *self._same.get(terms, ())) if way)
            typed = " ".join(query[word.token.start : word.token.end] for word in here)
            alternatives = tuple(islice(ways, MOST_ALTERNATIVES))
            written = (self._written.get(way, " ".join(way)) for way in alternatives[1:])
            groups.setdefault(terms, Group(typed, alternatives, (typed, *written)))
        return list(groups.values())

    def _length_at(self, words: list[Reading], first: int) -> int:
        """Return how many words from `first` on are one thing: the longest phrase that has synonyms, or one word."""
        for length in range(min(self._longest, len(words) - first), 1, -1):
            if tuple(word.token.term for word in words[first : first + length]) in self._same:
                return length
        return 1


def parse(text: str, analyser: Analyser) -> Synonyms:
    """Read the text of a synonym file (format above) for a language's analyser."""
    return Synonyms((line.split(",") for line in lines(text)), analyser)


def read_default(language: str) -> str:
    """Return the synonym file of a language code, or an empty text where the language has none."""
    return listed("synonyms", language.lower()[:2])

"""What visitors call the same thing by different names, and how a query is read with it.

The files `lists/synonyms/<language>.txt` hold one group a line, its terms separated by commas, with # comments: the
Solr format, which Elasticsearch and OpenSearch read unchanged. A term may have several words. Each term of a group
stands for all others; with an arrow (`stage => placement, internship`) those before it also find those behind it, and
not the other way round. Groups do not chain (if a is like b, and b like c in another line, a does not find c).
"""

import enum
import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from .analysis import Analyser, Reading, fold
from .languages import lines, listed

ARROW = "=>"
QUESTION = "?"  # begins a line of words by which a question is known, in the lists of words of asking
MOST_GROUPS = 12
MOST_ALTERNATIVES = 24
MOST_WAYS = 200  # of all groups together: a search server takes 1,024 clauses, four for each
MOST_WORDS = 40  # of a query; who types more has pasted a page
LONGEST_QUERY = 500  # characters

Terms = tuple[str, ...]


class Group(NamedTuple):
    """One thing a query asks for.

    `typed` are the visitor's words; each of `alternatives` is a way to find it, whose terms must all occur. They stand
    in the order in which a text would have them, side by side once its stopwords are dropped. The first is what was
    typed. `weight` says how rare the thing is, up to 1: where some things are enough, a rare one says more.
    """

    typed: str
    alternatives: tuple[Terms, ...]
    weight: float = 1.0


class Line(NamedTuple):
    """A line of a list: each phrase of `typed` finds those of `found`."""

    typed: tuple[str, ...]
    found: tuple[str, ...]


class Synonyms:
    """The synonym groups of one language, as terms of its analyser."""

    def __init__(self, groups: Iterable[Line], analyser: Analyser) -> None:
        """Read groups of phrases; a phrase that the analyser drops altogether counts for nothing."""
        self._analyser = analyser
        asking = lines(listed("asking", analyser.code))
        self.asking = {word for line in asking for word in _plain_words(line)}
        self._questions = {word for line in asking if line.startswith(QUESTION) for word in _plain_words(line)}
        self._same: dict[Terms, dict[Terms, None]] = {}
        #: Folded words that are no mistakes, though no page may have them: for the vocabulary of `spelling.correct`.
        self.words: frozenset[str] = frozenset(self.asking)
        for group in groups:
            self.words |= {word for phrases in group for phrase in phrases for word in analyser.words(phrase)}
            typed, found = (readings_of(phrases, analyser) for phrases in group)
            ways = dict.fromkeys(islice(found, MOST_ALTERNATIVES))
            for phrase in typed:
                self._same.setdefault(phrase, {}).update(ways)
        self._longest = max(map(len, self._same), default=1)

    def expand(self, query: str, *, apart: bool = False) -> list[Group]:
        """Return the groups that a page must all answer, in the visitor's order; nothing for a query without words.

        Words of asking (“trouver”, “do I need”: `lists/asking/`) count for nothing but what they stand for in the list,
        unless nothing else was typed.
        `apart` reads word by word what stands in the list as a phrase, and part by part what is a compound.
        """
        query = query[:LONGEST_QUERY]
        words = list(islice(self._analyser.readings(query), MOST_WORDS))
        groups: dict[Terms, Group] = {}
        first = 0
        while first < len(words) and len(groups) < MOST_GROUPS:
            here = words[first : first + (1 if apart else self._length_at(words, first))]
            first += len(here)
            typed = " ".join(query[word.token.start : word.token.end] for word in here)
            terms = tuple(word.token.term for word in here)
            means = here[0].means if len(here) == 1 else ()
            if len(here) == 1 and fold(typed) in self.asking:
                if meant := self._group(typed, terms).alternatives[1:]:
                    groups.setdefault(terms, Group(typed, meant))
            elif apart and means:
                groups |= {(part,): self._group(part, (part,)) for part in means if (part,) not in groups}
            else:
                groups.setdefault(terms, self._group(typed, terms, means))
        return _limited(groups.values()) or self._anything(query, words)

    def asks(self, query: str) -> bool:
        """Say whether somebody asks a question, rather than for pages that have certain words."""
        return "?" in query or not self._questions.isdisjoint(_plain_words(query[:LONGEST_QUERY]))

    def _anything(self, query: str, words: list[Reading]) -> list[Group]:
        """Return what was typed as it is, where it is nothing but words of asking."""
        here = {word.token.term: query[word.token.start : word.token.end] for word in words[:MOST_GROUPS]}
        return [self._group(typed, (term,)) for term, typed in here.items()]

    def _group(self, typed: str, terms: Terms, means: Terms = ()) -> Group:
        ways = dict.fromkeys(way for way in (terms, means, *self._same.get(terms, ())) if way)
        return Group(typed, tuple(islice(ways, MOST_ALTERNATIVES)))

    def _length_at(self, words: list[Reading], first: int) -> int:
        """Return how many words from `first` on are one thing: the longest phrase that has synonyms, or one word."""
        for length in range(min(self._longest, len(words) - first), 1, -1):
            if tuple(word.token.term for word in words[first : first + length]) in self._same:
                return length
        return 1


def _plain_words(text: str) -> list[str]:
    """Return the words of a text as a visitor's are compared with them."""
    return re.findall(r"[^\W_]+", fold(text))


def _limited(groups: Iterable[Group]) -> list[Group]:
    """Return groups with as many ways as all together may have: the last ones have what was typed only."""
    found, left = [], MOST_WAYS
    for group in groups:
        most = max(1, min(len(group.alternatives), left - MOST_GROUPS))
        found.append(group._replace(alternatives=group.alternatives[:most]))
        left -= most
    return found


def parse(text: str, analyser: Analyser) -> Synonyms:
    """Read the text of a synonym file (format above) for a language's analyser."""
    return Synonyms(map(read_line, lines(text)), analyser)


def read_line(line: str) -> Line:
    """Read one line of a list, without its comment."""
    before, arrow, behind = line.partition(ARROW)
    return Line(_phrases(before), _phrases(behind if arrow else before))


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(",") if phrase.strip())


def readings_of(phrases: Iterable[str], analyser: Analyser) -> dict[Terms, None]:
    """Return the terms of phrases, in order; a phrase that the analyser drops altogether counts for nothing."""
    read = dict.fromkeys(tuple(word.token.term for word in analyser.readings(phrase)) for phrase in phrases)
    read.pop((), None)
    return read


class Mistake(enum.Enum):
    """Why a line of a list would count for nothing, or for less than it says."""

    ALONE = enum.auto()  # nothing stands for anything else
    TOO_MANY = enum.auto()  # some would be left out
    MARKS = enum.auto()  # markup


def mistake_in(text: str, analyser: Analyser) -> Mistake | None:
    """Return what is wrong with a line of a list, without its comment, or None."""
    line = read_line(text)
    typed, found = (readings_of(phrases, analyser) for phrases in line)
    if set("<>") & set("".join(line.typed + line.found)):
        return Mistake.MARKS
    if not typed or not found or len(typed | found) < 2:
        return Mistake.ALONE
    return Mistake.TOO_MANY if len(found) > MOST_ALTERNATIVES else None


def read_default(language: str) -> str:
    """Return the synonym file of a language code, or an empty text where the language has none."""
    return listed("synonyms", language.lower()[:2])

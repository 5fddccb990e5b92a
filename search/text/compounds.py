"""Taking German compounds apart, so that “Platz” and “Praktikum” find a “Praktikumsplatz”."""

from collections.abc import Callable
from typing import NamedTuple

from .languages import lines

# What German puts between the parts of a compound: Gesundheit-s-zentrum, Woche-n-bett, Tag-es-klinik, Kind-er-arzt.
LINKS = ("", "s", "es", "n", "en", "e", "er", "ens")
SHORTEST_WORD, LONGEST_WORD = 6, 60
SHORTEST_PART = 3


class Parts(NamedTuple):
    """`found` are the terms by which a word is found as well; `means`, where the whole word is listed words, those."""

    found: tuple[str, ...] = ()
    means: tuple[str, ...] = ()


NONE = Parts()


class Compounds:
    """The words of a language's list (`lists/compounds/<language>.txt`) and how they join."""

    def __init__(self, text: str, fold: Callable[[str], str], stem: Callable[[str], str]) -> None:
        """Read the list; `fold` and `stem` are the language's own."""
        self._stem = stem
        self._more: dict[str, tuple[str, ...]] = {}  # by the stem of a listed word, the words it is found by as well
        self._heads: dict[str, str] = {}  # each form a listed word has at the front of a compound, to its stem
        self._ends: set[str] = set()  # stems of listed words that may stand after a word that is not listed
        for line in lines(text):
            word, _, others = line.partition(":")
            any_front = word.startswith("*")
            word = fold(word)
            if not word:
                continue
            stemmed = stem(word)
            if any_front:
                self._ends.add(stemmed)
            self._more[stemmed] = tuple(stem(fold(other.strip())) for other in others.split(",") if other.strip())
            forms = [word + link for link in LINKS]
            if word.endswith("e"):  # Schule: Schulklasse
                forms.append(word[:-1])
            for form in forms:
                self._heads.setdefault(form, stemmed)
        self._longest = max(map(len, self._heads), default=0)

    def parts(self, word: str) -> Parts:
        """Return the parts of a folded word, as stems."""
        whole = self._stem(word)
        if whole in self._more:
            return Parts(self._more[whole])
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            return NONE
        means = self._split(word, 0, {})
        if means:
            more = (other for part in means for other in (part, *self._more[part]))
            return Parts(tuple(dict.fromkeys(more)), means)
        for start in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            end = self._stem(word[start:])
            if end in self._ends:
                return Parts((end, *self._more[end]))
        return NONE

    def _split(self, word: str, start: int, seen: dict[int, tuple[str, ...]]) -> tuple[str, ...]:
        """Return the listed words that make up `word` from `start` on, longest first, or nothing."""
        if start in seen:
            return seen[start]
        seen[start] = ()
        for stop in range(min(start + self._longest, len(word) - SHORTEST_PART), start + SHORTEST_PART - 1, -1):
            head = self._heads.get(word[start:stop])
            if head is None:
                continue
            last = self._stem(word[stop:])
            rest = (last,) if last in self._more else self._split(word, stop, seen)
            if rest:
                seen[start] = (head, *rest)
                break
        return seen[start]

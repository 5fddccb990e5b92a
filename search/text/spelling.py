"""What a visitor probably meant, from the words that the site really uses."""

from collections import Counter
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import fold

MOST = 3
SHORTEST, SHORTEST_FOR_TWO = 4, 7  # letters from which one mistake, and two, are forgiven
LONGEST = 40


def correct(word: str, vocabulary: Mapping[str, int]) -> list[str]:
    """Return up to three words of `vocabulary` that `word` is a misspelling of, nothing where it is a word of it.

    `vocabulary` maps folded words (`Analyser.words`) to how often they occur. Mistakes are letters too many, missing,
    wrong, or two swapped (Damerau–Levenshtein, each place edited once): one in words of four to six letters, two from
    seven on, the first letter being right. In four letters none is taken for another: “Cluj” is no “club”. The nearest
    words come first, and of equally near ones the most frequent.
    """
    word = fold(word)
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in vocabulary:
        return []
    mistakes = 1 if len(word) < SHORTEST_FOR_TWO else 2
    found = process.extract(word, list(vocabulary), scorer=OSA.distance, score_cutoff=mistakes, limit=None)
    near = [
        (other, distance)
        for other, distance, _ in found
        if (len(word) > SHORTEST or _same_or_more(word, other)) and (distance < 2 or other[0] == word[0])
    ]
    near.sort(key=lambda match: (match[1], -vocabulary[match[0]], match[0]))
    return [other for other, _distance in near[:MOST]]


def _same_or_more(word: str, other: str) -> bool:
    """Say whether a word has all letters of a mistyped one, in another order or with others between."""
    return not Counter(word) - Counter(other)

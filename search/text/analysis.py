"""The language analyser of the database engines: what a text is indexed by, and what a query looks for.

A visitor types as on a telephone: without accents, in the plural or the singular, “lhopital” or “l'hôpital”. Texts and
queries go through the same steps, so both end in the same terms:

1. words are cut out of the text (letters and digits; a reference such as LC41-2027-001 also as a whole);
2. elisions go (l'hôpital, d'urgence), and so do the language's stopwords (`lists/stopwords/<language>.txt`);
3. letters are folded to lower case without accents;
4. irregular forms are replaced (`languages.py`), words that the stemmer would take for others stand by themselves
   (`lists/apart/`), the rest is stemmed by Snowball (https://snowballstem.org);
5. German compounds give their parts as well (`lists/compounds/de.txt`).

Folding comes before stemming, on purpose: Snowball knows “infirmière” and “pediatría” better with their accents, but it
would then give another stem to the visitor who types none.

A term is letters and digits only, so that any engine can store it and no query needs quoting.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from threading import Lock
from typing import NamedTuple

import Stemmer

from .compounds import NONE, Compounds, Parts
from .languages import LANGUAGES, OTHER, SNOWBALL, lines, listed

LONGEST_TERM = 64  # characters: PostgreSQL takes 2,046 bytes
WORDS_KEPT = 20_000

# Latin letters that Unicode does not take apart into a letter and a mark.
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
APOSTROPHES = "’‘ʼ´`′＇‛ʹ"
_HYPHENS = "‐‑"
_MARKS = range(0x300, 0x370)
_INVISIBLE = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)  # soft hyphens, zero-width spaces and joiners
_FOLDED = str.maketrans(
    {
        **_LIGATURES,
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(map(chr, _MARKS)),
        **dict.fromkeys(map(chr, _INVISIBLE)),
    }
)
_PLAIN_MARKS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))

_INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"[^\W_]++(?:[{_INSIDE}]++[^\W_]*+)*+"
# What is read as one: “A&E”, or words joined by marks as in l'hôpital, Loir-et-Cher, LC41-2027-001, M.G., 2005/36/CE.
_RUN = re.compile(rf"(?<![^\W_])[^\W\d_] ?& ?[^\W\d_](?![^\W_])|{_WORD}(?:[-'&./_{APOSTROPHES}{_HYPHENS}]{_WORD})*+")
_CHUNK = re.compile(r"[^-&./_]+")
_BETWEEN_APOSTROPHES = re.compile(r"[^']+")
_ACRONYM = re.compile(r"[^\W\d_](?:\.[^\W\d_])+|[^\W\d_] ?& ?[^\W\d_]")
_LETTERS_ONLY = re.compile(r"[^\W\d_]{3,}")


def fold(text: str) -> str:
    """Return `text` in lower case without accents and ligatures, with plain apostrophes: “L’ŒUVRE” is “l'oeuvre”."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)


class Token(NamedTuple):
    """A term and where it stands in the original text, for highlighting: `text[token.start : token.end]`."""

    term: str
    start: int
    end: int


class Reading(NamedTuple):
    """One word of a text.

    `token` is the word itself; `more` are other terms by which it is found (the parts of a compound or of a code);
    `means` are terms that together say the same as the word, where there are such.
    """

    token: Token
    more: tuple[Token, ...] = ()
    means: tuple[str, ...] = ()


class Analyser:
    """Reads texts and queries of one language. Get it from `analyser(language)`: it remembers the words it has seen."""

    def __init__(self, language: str) -> None:
        """Prepare the language with this code ("fr", "pt-br"); one that nobody knows is folded, not stemmed."""
        self.language = language
        self.code = code = re.split(r"[-_]", language.lower())[0]
        self._language = LANGUAGES.get(code, OTHER)
        self._snowball = _stemmer(code)
        self.stopwords = frozenset(
            self._fold(word) for line in lines(listed("stopwords", code)) for word in re.split(r"[\s-]+", line)
        )
        forms = (list(map(self._fold, line.split())) for line in lines(listed("apart", code)))
        self._apart = {form: one[0] for one in forms for form in one}
        self._compounds: Compounds | None = None
        if parts := listed("compounds", code):
            self._compounds = Compounds(parts, self._fold, self._stem)
        # Plain functions per analyser: a cache on a method would keep every analyser of a test alive.
        self._tokens_of = lru_cache(WORDS_KEPT)(self._read_tokens)
        self._words_of = lru_cache(WORDS_KEPT)(self._read_words)

    def tokens(self, text: str) -> list[Token]:
        """Return everything that `text` is found by, in its order; parts of a compound share the offsets of the whole.

        >>> analyser("fr").tokens("À l’hôpital")
        [Token(term='hopital', start=4, end=11)]
        """
        found: list[Token] = []
        for run in _RUN.finditer(text):
            first = run.start()
            for term, start, end in self._tokens_of(run.group()):
                found.append(Token(term, first + start, first + end))
        return found

    def terms(self, text: str) -> list[str]:
        """Return the terms of `tokens(text)`: what an engine stores for a text."""
        return [term for run in _RUN.finditer(text) for term, _, _ in self._tokens_of(run.group())]

    def readings(self, text: str) -> Iterator[Reading]:
        """Yield the words of a query, each with the ways in which it can be found."""
        for run in _RUN.finditer(text):
            first = run.start()
            for token, more, means in self._read(run.group()):
                yield Reading(_moved(token, first), tuple(_moved(other, first) for other in more), means)

    def words(self, text: str) -> list[str]:
        """Return the folded, unstemmed words of three letters or more: the vocabulary for spelling correction."""
        return [word for run in _RUN.finditer(text) for word in self._words_of(run.group())]

    def _fold(self, word: str) -> str:
        """Return a word as it is compared: folded, in the language's usual spelling, letters and digits only."""
        if self._language.spelling:
            word = unicodedata.normalize("NFC", word.lower())
            for pattern, replacement in self._language.spelling:
                word = pattern.sub(replacement, word)
        folded = fold(word)
        return (folded if folded.isalnum() else "".join(filter(str.isalnum, folded)))[:LONGEST_TERM]

    def _stem(self, folded: str) -> str:
        """Return the stem of a folded word. Abbreviations and anything with a digit stay as they are."""
        folded = folded[:LONGEST_TERM]
        if own := self._apart.get(folded):
            return own
        word = self._language.irregular.get(folded, folded)
        if word in self._language.kept or len(folded) < 4 or not folded.isalpha():
            return word
        for pattern, replacement in self._language.rules:
            word = pattern.sub(replacement, word)
        return self._snowball(word) or folded

    def _read(self, run: str) -> list[Reading]:
        """Return the words of a run, with offsets from its beginning."""
        plain = run.translate(_PLAIN_MARKS)
        if _ACRONYM.fullmatch(plain):
            term = self._fold(plain)
            return [Reading(Token(term, 0, len(run)))] if term not in self.stopwords else []
        pieces = [piece for chunk in _CHUNK.finditer(plain) for piece in self._pieces(chunk)]
        if len(pieces) > 1 and any(char.isdigit() for char in plain):
            return self._code(run, pieces)
        return [reading for start, end in pieces if (reading := self._word(run, start, end))]

    def _pieces(self, chunk: re.Match[str]) -> Iterator[tuple[int, int]]:
        """Yield where the words of a chunk stand, without elisions (l', d') and endings ('s)."""
        spans = [
            (chunk.start() + part.start(), chunk.start() + part.end(), self._fold(part.group()))
            for part in _BETWEEN_APOSTROPHES.finditer(chunk.group())
        ]
        while len(spans) > 1 and spans[0][2] in self._language.elisions:
            spans.pop(0)
        if len(spans) > 1 and spans[-1][2] in self._language.endings:
            spans.pop()
        for start, end, _ in spans:
            yield start, end

    def _code(self, run: str, pieces: list[tuple[int, int]]) -> list[Reading]:
        """Read LC41-2027-001 as one term, and as its parts where they stand."""
        parts = [reading.token for start, end in pieces if (reading := self._word(run, start, end))]
        whole = self._fold("".join(run[start:end] for start, end in pieces))[:LONGEST_TERM]
        if not whole:
            return []
        means = tuple(part.term for part in parts) if len(parts) == len(pieces) else ()
        return [Reading(Token(whole, pieces[0][0], pieces[-1][1]), tuple(parts), means)]

    def _word(self, run: str, start: int, end: int) -> Reading | None:
        """Read one word, unless it is a stopword."""
        folded = self._fold(run[start:end])
        if not folded or folded in self.stopwords:
            return None
        if folded.isascii():
            term = self._stem(folded)
        else:  # Snowball knows other scripts with their marks, and what is typed there is typed with them.
            term = self._fold(self._stem(unicodedata.normalize("NFC", run[start:end].lower()))) or folded
        parts: Parts = self._compounds.parts(folded) if self._compounds else NONE
        more = tuple(Token(part, start, end) for part in parts.found if part != term)
        return Reading(Token(term[:LONGEST_TERM], start, end), more, parts.means)

    def _read_tokens(self, run: str) -> tuple[Token, ...]:
        return tuple(token for reading in self._read(run) for token in (reading.token, *reading.more))

    def _read_words(self, run: str) -> tuple[str, ...]:
        plain = run.translate(_PLAIN_MARKS)
        spans = (piece for chunk in _CHUNK.finditer(plain) for piece in self._pieces(chunk))
        folded = (self._fold(run[start:end]) for start, end in spans)
        return tuple(word for word in folded if _LETTERS_ONLY.fullmatch(word) and word not in self.stopwords)


def _moved(token: Token, by: int) -> Token:
    return Token(token.term, token.start + by, token.end + by)


def _stemmer(code: str) -> Callable[[str], str]:
    """Return the stemming function of a language; words of a language without one stay as they are."""
    name = SNOWBALL.get(code)
    if name is None or name not in Stemmer.algorithms():
        return lambda word: word
    stemmer = Stemmer.Stemmer(name, 0)  # no cache of its own: `Analyser` remembers whole words
    lock = Lock()  # one Stemmer object must not run in two threads at once

    def stem(word: str) -> str:
        with lock:
            return stemmer.stemWord(word)

    return stem


@cache
def analyser(language: str) -> Analyser:
    """Return the analyser of a language code; there is one of each in a process."""
    return Analyser(language)

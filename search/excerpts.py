"""The piece of a page's text that shows why it was found."""

import re
from collections import defaultdict
from typing import NamedTuple

from .tables.document import SearchDocument
from .text.analysis import analyser
from .text.synonyms import Group

LENGTH = 200  # characters
LONGEST_READ = 20_000  # of a page's text

Pieces = tuple[tuple[str, bool], ...]


def excerpt(document: SearchDocument, groups: tuple[Group, ...]) -> Pieces:
    """Return the summary, or the place in the text where most of the words stand, in pieces: (text, found or not)."""
    in_summary = _found(document.language, document.summary, groups)
    value = len({word.group for word in in_summary})
    if value < len(groups):
        body = document.body[:LONGEST_READ]
        in_body = _found(document.language, body, groups)
        first, last, more = _best(in_body)
        if more > value:
            return _pieces(body, in_body, *_around(body, first, last))
    return _pieces(document.summary, in_summary, 0, len(document.summary))


class Word(NamedTuple):
    """A word that was looked for, and where it stands: a name of several words counts as a whole."""

    group: int
    start: int
    end: int


def _found(language: str, text: str, groups: tuple[Group, ...]) -> list[Word]:
    ways = defaultdict(list)
    for place, group in enumerate(groups):
        for way in group.alternatives:
            ways[way[0]].append((place, way))
    tokens = analyser(language).tokens(text) if ways else []
    return [
        Word(place, token.start, tokens[first + len(way) - 1].end)
        for first, token in enumerate(tokens)
        for place, way in ways.get(token.term, ())
        if tuple(other.term for other in tokens[first : first + len(way)]) == way
    ]


def _best(words: list[Word]) -> tuple[int, int, int]:
    """Return where the window with most of the groups begins and ends, and how many it has."""
    best = (0, 0, 0)
    for place, word in enumerate(words):
        inside = [other for other in words[place : place + 30] if other.end - word.start <= LENGTH]
        value = len({other.group for other in inside})
        if value > best[2]:
            best = (word.start, max(other.end for other in inside), value)
    return best


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Widen a window to `LENGTH` characters and to whole words."""
    spare = max(0, LENGTH - (last - first))
    start, end = max(0, first - spare // 3), min(len(text), last + spare)
    if start and (found := re.search(r"\s", text[start:first])):
        start += found.end()
    if end < len(text) and (found := re.search(r"\s\S*$", text[last:end])):
        end = last + found.start()
    return start, end


def _pieces(text: str, words: list[Word], start: int, end: int) -> Pieces:
    """Cut a text at the words that were found."""
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for word in words:
        if word.start < place or word.end > end:
            continue
        pieces += [(text[place : word.start], False), (text[word.start : word.end], True)]
        place = word.end
    pieces.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])


def on_one_line(pieces: Pieces) -> Pieces:
    """Return pieces with a sign where a paragraph, a heading or a point of a list ends."""
    return tuple((re.sub(r"\s*\n\s*", " · ", text), found) for text, found in pieces)

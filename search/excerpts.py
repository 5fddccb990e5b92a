"""The piece of a page's text that shows why it was found."""

import re

from .models import SearchDocument
from .text.analysis import Token, analyser
from .text.synonyms import Group

LENGTH = 200  # characters
LONGEST_READ = 20_000  # of a page's text

Pieces = tuple[tuple[str, bool], ...]


def excerpt(document: SearchDocument, groups: tuple[Group, ...]) -> Pieces:
    """Return the summary, or the place in the text where most of the words stand, in pieces: (text, found or not)."""
    terms = {term: place for place, group in enumerate(groups) for way in group.alternatives for term in way}
    in_summary = _found(document.language, document.summary, terms)
    if len({terms[token.term] for token in in_summary}) < len(groups):
        body = document.body[:LONGEST_READ]
        in_body = _found(document.language, body, terms)
        first, last, value = _best(in_body, terms)
        if value > len({terms[token.term] for token in in_summary}):
            return _pieces(body, in_body, *_around(body, first, last))
    return _pieces(document.summary, in_summary, 0, len(document.summary))


def _found(language: str, text: str, terms: dict[str, int]) -> list[Token]:
    return [token for token in analyser(language).tokens(text) if token.term in terms] if terms else []


def _best(tokens: list[Token], terms: dict[str, int]) -> tuple[int, int, int]:
    """Return where the window with most of the groups begins and ends, and how many it has."""
    best = (0, 0, 0)
    for place, token in enumerate(tokens):
        inside = [other for other in tokens[place : place + 30] if other.end - token.start <= LENGTH]
        value = len({terms[other.term] for other in inside})
        if value > best[2]:
            best = (token.start, inside[-1].end, value)
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


def _pieces(text: str, tokens: list[Token], start: int, end: int) -> Pieces:
    """Cut a text at the words that were found."""
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    place = start
    for token in tokens:
        if token.start < place or token.end > end:
            continue
        pieces += [(text[place : token.start], False), (text[token.start : token.end], True)]
        place = token.end
    pieces.append((text[place:end] + (" …" if end < len(text) else ""), False))
    return tuple(piece for piece in pieces if piece[0])

"""The alphabet of the reader's language: É stands beside E, Spanish Ñ after N, œ as oe, whatever the database.

Databases compare bytes (SQLite) or by a rule that was chosen when they were made (PostgreSQL). Here the rule goes with
each query. Letters that a language counts as its own are those of the Unicode CLDR, collation chart of the language.
"""

import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from babel.core import get_global
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import F, Func

from .localization import reader_language

# Letters that stand after all words with the letter before them: in Spanish "nube" comes before "ñame".
OWN_LETTERS = {
    "cs": "c<č r<ř s<š z<ž",
    "da": "z<æ<ø<å",
    "es": "n<ñ",
    "et": "s<š w<õ<ä<ö<ü z<ž",
    "fi": "z<å<ä<ö",
    "hr": "c<č<ć d<đ s<š z<ž",
    "hu": "o<ö u<ü",
    "nb": "z<æ<ø<å",
    "pl": "a<ą c<ć e<ę l<ł n<ń o<ó s<ś z<ź<ż",
    "ro": "a<ă<â i<î s<ș t<ț",
    "sk": "a<ä c<č o<ô s<š z<ž",
    "sl": "c<č s<š z<ž",
    "sv": "z<å<ä<ö",
}
# Letters that Unicode does not take apart.
TAKEN_APART = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "’": "'"}
)
AFTER = "\U0010fffd"

Key = tuple[str, str, str]


@cache
def _own_letters(language: str) -> dict[str, str]:
    """Return what a language's own letters are compared as: the letter before each, and what comes after all words."""
    found: dict[str, str] = {}
    for rule in OWN_LETTERS.get(language, "").split():
        base, *letters = rule.split("<")
        found |= {letter: f"{base}{AFTER}{rank}" for rank, letter in enumerate(letters)}
    return found


@lru_cache(maxsize=10_000)
def _key(text: str, language: str) -> Key:
    own, small = _own_letters(language), unicodedata.normalize("NFC", text).casefold()
    return "".join(own.get(letter) or _base(letter) for letter in small), small, text


@cache
def _base(letter: str) -> str:
    """Return a letter without its marks."""
    parts = unicodedata.normalize("NFKD", letter.translate(TAKEN_APART))
    return "".join(part for part in parts if not unicodedata.combining(part))


def alphabet_key(text: Any) -> Key:
    """Return what `sorted` compares texts by in the reader's language; accents count where all letters are equal."""
    return _key(str(text), reader_language())


def by_label(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return (value, label) pairs in the order of their labels in the alphabet of the reader's language."""
    return sorted(choices, key=lambda pair: alphabet_key(str(pair[1])))


def in_alphabet(texts: Iterable[Any]) -> list[Any]:
    """Return texts in the alphabet of the reader's language."""
    return sorted(texts, key=alphabet_key)


class Alphabetical(Func):
    """A column of words to order a query by, in the alphabet of the reader's language."""

    arity = 1

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        """Compare by our own function."""
        return self._collated(compiler, _name(reader_language()))

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:
        """Compare by ICU's rules, which PostgreSQL has for each language of the CLDR."""
        language = reader_language()
        known = language in get_global("likely_subtags")
        return self._collated(compiler, f"{language if known else 'und'}-x-icu")

    def _collated(self, compiler: Any, collation: str) -> tuple[str, Any]:
        sql, params = compiler.compile(self.source_expressions[0])
        return f'{sql} COLLATE "{collation}"', params


def _name(language: str) -> str:
    return f"alphabet_{language}" if language in dict(settings.LANGUAGES) else "alphabet_"


def _compare(language: str) -> Callable[[str, str], int]:
    def compare(first: str, second: str) -> int:
        one, other = _key(first, language), _key(second, language)
        return (one > other) - (one < other)

    return compare


def teach_sqlite(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give a new connection of SQLite the alphabets of the site's languages."""
    if connection.vendor == "sqlite" and isinstance(connection.connection, sqlite3.Connection):
        for language in ("", *dict(settings.LANGUAGES)):
            connection.connection.create_collation(f"alphabet_{language}", _compare(language))


def connect() -> None:
    """Follow connections to the database."""
    connection_created.connect(teach_sqlite, dispatch_uid="core.languages.alphabet")

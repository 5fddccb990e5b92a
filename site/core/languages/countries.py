"""Names of countries and of languages in the reader's language, from the Unicode CLDR (Babel)."""

from functools import cache
from typing import Any

from babel import Locale
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, IntegerField

from .alphabet import alphabet_key
from .localization import reader_language

# What CLDR has beside the countries of ISO 3166-1: groups of countries, exceptional reservations, test codes, unknown.
NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {
        code: str(name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }


def country_name(code: str) -> str:
    """Return the name of an ISO 3166-1 alpha-2 country, or the code where CLDR does not know it."""
    return _territories(reader_language()).get(code, code)


class CountryOrder(Func):
    """A column of country codes to order a query by, in the alphabet of the countries' names for the reader."""

    arity = 1
    output_field = IntegerField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        """Say the place of each code; the codes are letters of the CLDR."""
        sql, params = compiler.compile(self.source_expressions[0])
        places = " ".join(f"WHEN '{code}' THEN {place}" for place, (code, _name) in enumerate(country_choices()))
        return f"CASE {sql} {places} ELSE 999 END", params


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs in the alphabet of the active language."""
    return sorted(_territories(reader_language()).items(), key=lambda pair: alphabet_key(pair[1]))


@cache
def _languages(language: str) -> dict[str, str]:
    names = Locale.parse(language).languages
    return {code: str(name) for code, name in names.items() if len(code) == 2 and code.isalpha()}


def language_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs of the languages of ISO 639-1, in the alphabet of the active language."""
    return sorted(_languages(reader_language()).items(), key=lambda pair: alphabet_key(pair[1]))

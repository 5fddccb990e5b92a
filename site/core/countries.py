"""Names of countries in the reader's language, from the Unicode CLDR (Babel)."""

from functools import cache

from babel import Locale

from .localization import reader_language


@cache
def _territories(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {code: str(name) for code, name in names.items() if len(code) == 2 and code.isalpha()}


def country_name(code: str) -> str:
    """Return the name of an ISO 3166-1 alpha-2 country, or the code where CLDR does not know it."""
    return _territories(reader_language()).get(code, code)


def country_choices() -> list[tuple[str, str]]:
    """Return (code, name) pairs in the alphabet of the active language."""
    return sorted(_territories(reader_language()).items(), key=lambda pair: pair[1])

"""Columns that hold a code of a standard, chosen by its name; and how codes that are typed must look."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..languages.countries import country_choices, language_choices

Pairs = list[tuple[str, str]]


class CodeField(models.CharField):
    """A code of two letters, chosen from a list in the language of whoever edits it."""

    named: ClassVar[Callable[[], Pairs]]
    unknown: ClassVar[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2)
        super().__init__(*args, **kwargs)

    def validate(self, value: str, model_instance: models.Model | None) -> None:
        """Refuse what the list does not have."""
        super().validate(value, model_instance)
        if value and value not in dict(type(self).named()):
            raise ValidationError(self.unknown, code="invalid_choice")

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Edit as a list, which is made anew each time: names depend on the language."""
        named = type(self).named
        return forms.ChoiceField(
            choices=lambda: [("", "---------"), *named()],
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )


class CountryField(CodeField):
    """A country (ISO 3166-1 alpha-2)."""

    named = staticmethod(country_choices)
    unknown = _("Not a country code of two letters, such as RO.")


class LanguageField(CodeField):
    """A language (ISO 639-1)."""

    named = staticmethod(language_choices)
    unknown = _("Not a language code of two letters, such as ro.")


# The letters of a country in Erasmus codes, where they are not those of ISO 3166-1 (European Commission, list of
# institutions that hold the Erasmus Charter for Higher Education).
ERASMUS_COUNTRIES = {
    **{"AT": "A", "BE": "B", "DE": "D", "ES": "E", "FI": "SF", "FR": "F", "GB": "UK", "GR": "G", "IE": "IRL"},
    **{"IT": "I", "LU": "LUX", "NO": "N", "PT": "P", "SE": "S"},
}


def erasmus_code(code: str) -> None:
    """Refuse what is no Erasmus code: the country in up to three letters, up to eight letters, two digits."""
    if not re.fullmatch(r"[A-Z]{1,3} {0,2}[A-Z][A-Z-]{1,7}\d{2,3}", code):
        raise ValidationError(_("An Erasmus code looks like “E JAEN01” or “F TOURS01”."))


def erasmus_letters(country: str) -> str:
    """Return the letters with which the Erasmus codes of a country (ISO 3166-1 alpha-2) begin."""
    return ERASMUS_COUNTRIES.get(country, country)


def padded_erasmus_code(code: str) -> str:
    """Return an Erasmus code as other software writes it, the country in three characters: "F  TOURS01"."""
    country, space, institution = code.partition(" ")
    return f"{country:<3}{institution.strip()}" if space else code


def erasmus_letters_of(code: str) -> str:
    """Return the letters of the country in an Erasmus code; only three of them stand without a space behind."""
    return code.partition(" ")[0] if " " in code else code[:3]


def postcode(code: str) -> None:
    """Refuse what is no French postcode; a host may stand on the other side of the département's border."""
    if not re.fullmatch(r"(0[1-9]|[1-8]\d|9[0-8])\d{3}", code):
        raise ValidationError(_("A postcode has five digits, such as 41000."))


def telephone(number: str) -> None:
    """Refuse what cannot be dialled (ITU-T E.164: 15 digits at most; short numbers have two and more)."""
    digits = re.sub(r"\D", "", number)
    if not re.fullmatch(r"\+?[\d\s.()/\u00a0\u202f-]+", number) or not 2 <= len(digits) <= 15:
        raise ValidationError(_("A telephone number has digits and spaces, such as 02 54 00 00 00."))

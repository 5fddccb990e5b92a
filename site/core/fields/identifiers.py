"""Identifiers by which registers know institutions and occupations: how each must look, and its check digits."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Crockford's base 32, without i, l, o and u: the alphabet of ROR.
ROR_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ROR = re.compile(rf"https://ror\.org/(0[{ROR_ALPHABET}]{{6}})([0-9]{{2}})")
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"


def schac_code(code: str) -> None:
    """Refuse what is no SCHAC home organisation: a domain name in lower case (SCHAC 1.5.0, schacHomeOrganization)."""
    if not re.fullmatch(rf"(?:{LABEL}\.)+[a-z]{{2,63}}", code):
        raise ValidationError(_("A SCHAC code is the institution’s domain name, such as uni-bielefeld.de."))


def pic_code(code: str) -> None:
    """Refuse what is no Participant Identification Code of the European Commission: nine digits."""
    if not re.fullmatch(r"[1-9][0-9]{8}", code):
        raise ValidationError(_("A PIC has nine digits, such as 999881718."))


def ror_id(address: str) -> None:
    """Refuse what is no address of the Research Organization Registry, or whose check digits are wrong.

    The number in base 32 has two check digits by ISO/IEC 7064, modulus 97-10 (https://ror.readme.io/docs/identifier).
    """
    found = ROR.fullmatch(address)
    if not found:
        raise ValidationError(_("A ROR identifier looks like https://ror.org/02hpadn98."))
    number = 0
    for character in found[1]:
        number = number * 32 + ROR_ALPHABET.index(character)
    if 98 - number * 100 % 97 != int(found[2]):
        raise ValidationError(_("The check digits of this ROR identifier are wrong: copy it once more from ror.org."))


def siren_number(number: str) -> None:
    """Refuse what is no SIREN: nine digits of which the last is a check digit (ISO/IEC 7812-1, Luhn)."""
    if not re.fullmatch(r"[0-9]{9}", number):
        raise ValidationError(_("A SIREN has nine digits, without spaces."))
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    if sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10:
        raise ValidationError(_("The check digit of this SIREN is wrong: copy it once more."))


def isco_code(code: str) -> None:
    """Refuse what is no unit group of ISCO-08, the international classification of occupations: four digits."""
    if not re.fullmatch(r"[0-9]{4}", code):
        raise ValidationError(_("An ISCO-08 code has four digits, such as 2211."))

"""Codes made from names, for addresses."""

from collections.abc import Iterable

from anyascii import anyascii
from django.utils.text import slugify


def free_code(name: str, used: Iterable[str], longest: int = 40) -> str:
    """Return a code that nobody has, made of a name in any script: "Cœur" is coeur, a second one coeur_2.

    anyascii, which Wagtail brings along, writes all letters of Unicode in Latin ones; slugify alone drops œ, ł and ß.
    """
    taken = set(used)
    base = slugify(anyascii(name)).replace("-", "_")[:longest].strip("_") or "code"
    if base not in taken:
        return base
    number = 2
    while (code := f"{base[: longest - len(str(number)) - 1]}_{number}") in taken:
        number += 1
    return code

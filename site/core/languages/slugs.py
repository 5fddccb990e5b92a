"""The last part of an address, as people type it: accented letters become plain ones, in the browser and here.

Wagtail does so when it makes an address of a title; of what is typed by hand it drops them ("Été 2027", `t-2027-`).
"""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import slugify
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import SlugInput
from wagtail.coreutils import string_to_ascii


def plain_slug(typed: str) -> str:
    """Return what an address makes of typed words: “Été 2027” is `ete-2027`."""
    return slugify(string_to_ascii(typed))


def letters_spelt_out() -> list[tuple[str, str]]:
    """Return (a pattern of letters, how they are spelt) for the Latin letters that Wagtail's scripts may drop: œ, ế.

    Those up to ÿ it knows, some of them by the page's language.
    """
    spelt: dict[str, str] = {}
    for code in (*range(0x100, 0x250), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07)):
        plain = string_to_ascii(chr(code))
        spelt[plain] = spelt.get(plain, "") + chr(code)
    return [(f"[{letters}]", plain) for plain, letters in spelt.items()]


LETTERS = letters_spelt_out()


class PlainSlugInput(SlugInput):
    """Spells the words out in plain letters when the field is left, as the title does."""

    def __init__(self, attrs: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(attrs, formatters=LETTERS, **kwargs)
        self.attrs["data-action"] = self.attrs["data-action"].replace("blur->w-slug#slugify", "blur->w-slug#urlify")


class PlainSlugField(forms.SlugField):
    """Takes words and makes an address of them; what is one already stays as it is."""

    widget = PlainSlugInput

    def to_python(self, value: Any) -> str:
        """Spell out what is no address yet."""
        typed = super().to_python(value)
        return typed if not typed or forms.SlugField().default_validators[0].regex.match(typed) else plain_slug(typed)


def connect() -> None:
    """Take this field in all forms of the admin."""
    register_form_field_override(models.SlugField, override={"form_class": PlainSlugField, "widget": PlainSlugInput})

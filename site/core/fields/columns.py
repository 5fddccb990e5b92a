"""Model fields of the project: a list of codes in one column, and a text in each language."""

import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.lookups import Contains
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# Characters of a text that stands in one line.
SHORT = 250


class CodesField(models.CharField):
    """Several codes of a choice list in one text column, stored as ``|fr|en|``.

    Works alike on every database, is copied as one fact between languages, and needs no join in lists.
    In Python the value is a list of codes in the order of the choice list. Filter with ``levels__has="cycle1"``.
    """

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        self.code_choices = choices
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    @property
    def pairs(self) -> list[tuple[str, Any]]:
        """The choice list as (code, label) pairs."""
        source = self.code_choices
        return list(getattr(source, "choices", source) or [])

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {str(code): rank for rank, (code, _label) in enumerate(self.pairs)}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Add ``get_<name>_labels()`` to the model."""
        super().contribute_to_class(cls, name, private_only)

        def labels(instance: models.Model) -> list[str]:
            known = dict(self.pairs)
            return [str(known.get(code, code)) for code in getattr(instance, name)]

        if f"get_{name}_labels" not in cls.__dict__:
            setattr(cls, f"get_{name}_labels", labels)

    def to_python(self, value: Any) -> list[str]:
        """Return the list of codes for a stored string, a list or nothing."""
        if not value:
            return []
        codes = value.strip("|").split("|") if isinstance(value, str) else [str(code) for code in value]
        ranks = self._ranks
        return sorted(dict.fromkeys(filter(None, codes)), key=lambda code: ranks.get(code, len(ranks)))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> list[str]:
        """Return the list of codes for a column's text."""
        return self.to_python(value)

    def get_prep_value(self, value: Any) -> str:
        """Return the column's text."""
        codes = self.to_python(value)
        return f"|{'|'.join(codes)}|" if codes else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Return the text that serialisation (revisions, fixtures) keeps."""
        return self.get_prep_value(self.value_from_object(obj))

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        """Refuse codes that are not in the choice list, and an empty list where one is required."""
        unknown = [code for code in value if code not in {str(code) for code, _label in self.pairs}]
        if unknown:
            raise ValidationError(_("Unknown code: %(codes)s."), params={"codes": ", ".join(unknown)})
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def run_validators(self, value: Any) -> None:
        """Length is checked on the stored text."""
        super().run_validators(self.get_prep_value(value) or None)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Edit as check boxes."""
        return forms.MultipleChoiceField(
            choices=self.pairs,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            initial=[],
        )


class Has(Contains):
    """``field__has="b"``: the list contains this code."""

    def get_prep_lookup(self) -> str:
        """Search the code between its separators."""
        return f"|{self.rhs}|"


CodesField.register_lookup(Has, "has")


class TextPerLanguageWidget(forms.MultiWidget):
    """One labelled input for each language of the site, of several lines where the texts are long."""

    template_name = "core/widgets/text_per_language.html"

    def __init__(self, attrs: dict[str, str] | None = None, *, long: bool = False) -> None:
        make = partial(forms.Textarea, {"rows": 3, **(attrs or {})}) if long else partial(forms.TextInput, attrs)
        super().__init__({code: make() for code, _name in settings.LANGUAGES}, attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each input its language's name and code."""
        context = super().get_context(name, value, attrs)
        for widget, (code, language) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            widget["language"], widget["language_code"] = language, code
            widget["attrs"]["lang"] = code
        return context

    def decompress(self, value: Any) -> list[str]:
        """Split the stored texts over the inputs."""
        texts = json.loads(value) if isinstance(value, str) else (value or {})
        return [texts.get(code, "") for code, _name in settings.LANGUAGES]


class TextPerLanguageFormField(forms.MultiValueField):
    """Form side of `TextPerLanguageField`; only the source language may be required."""

    widget = TextPerLanguageWidget

    def __init__(self, *, required: bool = True, max_length: int = SHORT, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextPerLanguageWidget(long=max_length > SHORT))
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        languages = settings.LANGUAGES
        fields = [
            forms.CharField(max_length=max_length, required=required and code == settings.LANGUAGE_CODE)
            for code, _name in languages
        ]
        super().__init__(fields, required=required, require_all_fields=False, **kwargs)

    def compress(self, data_list: Iterable[str]) -> dict[str, str]:
        """Join the inputs; empty languages are left out."""
        pairs = zip(settings.LANGUAGES, data_list or [], strict=False)
        return {code: text for (code, _name), text in pairs if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare texts, not widgets."""
        return self.widget.decompress(initial) != [text or "" for text in data or []]


class TextPerLanguageField(models.JSONField):
    """A text of at most `longest` characters in each language: ``{"fr": "…", "en": "…"}``.

    Read it with `in_language`.
    """

    def __init__(self, *args: Any, longest: int = SHORT, **kwargs: Any) -> None:
        self.longest = longest
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Return what migrations and copies of the field need."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"longest": self.longest} if self.longest != SHORT else {})

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Edit as one input a language."""
        return TextPerLanguageFormField(
            required=not self.blank,
            max_length=self.longest,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )


def in_language(texts: dict[str, str] | None, language: str | None = None) -> str:
    """Return the text in `language` (by default the active one), else in French, else in any language, else ""."""
    texts = texts or {}
    wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return texts.get(wanted) or texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()), "")

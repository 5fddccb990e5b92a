"""The kinds of values in a territory file, for pydantic schemas of sections."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Choices
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, model_validator
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from ..blocks.text import PROSE_FEATURES

# The site's languages, and those of the demo's file, which a site may have taken out.
KNOWN_LANGUAGES = frozenset({"fr", "en", "es", "de", *(code for code, _name in settings.LANGUAGES)})


def _texts(value: Any) -> dict[str, str]:
    """Accept {language: text}; French is required, as it is the source of all others."""
    if not isinstance(value, dict):
        raise ValueError("expected a text for each language, such as {fr: …, en: …}")
    source = settings.LANGUAGE_CODE
    if source not in value:
        raise ValueError("the French text (fr) is missing")
    for language, text in value.items():
        if language not in KNOWN_LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        if not isinstance(text, str):
            raise ValueError(f"the text in {language!r} is not a text but {type(text).__name__}")
        if not text.strip():
            raise ValueError(f"the text in {language!r} is empty")
    return {language: text.strip() for language, text in value.items()}


def _text_lists(value: Any) -> dict[str, list[str]]:
    """Accept {language: [text, …]}; each language has as many texts as French."""
    if not isinstance(value, dict) or settings.LANGUAGE_CODE not in value:
        raise ValueError("expected a list of texts for each language; French (fr) is required")
    size = len(value[settings.LANGUAGE_CODE])
    for language, texts in value.items():
        if language not in KNOWN_LANGUAGES:
            raise ValueError(f"unknown language {language!r}")
        if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
            raise ValueError(f"{language!r} is not a list of texts")
        if len(texts) != size:
            raise ValueError(f"{language!r} has {len(texts)} texts, French has {size}")
    return value


def _html(texts: dict[str, str]) -> dict[str, str]:
    """Keep of each HTML text what the editor can write (headings, lists, links, emphasis); the rest goes."""
    converter = ContentstateConverter(PROSE_FEATURES)
    for language, text in texts.items():
        try:
            texts[language] = converter.to_database_format(converter.from_database_format(text))
        except AssertionError as error:
            raise ValueError(f"the HTML in {language!r} cannot be read ({error})") from None
    return texts


Texts = Annotated[dict[str, str], PlainValidator(_texts)]
HtmlTexts = Annotated[dict[str, str], PlainValidator(_texts), AfterValidator(_html)]
TextLists = Annotated[dict[str, list[str]], PlainValidator(_text_lists)]


def _real_date(value: Any) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise ValueError(f"{value!r} is not a date; write it as 2027-03-01")
    return value


Date = Annotated[dt.date, PlainValidator(_real_date)]


def code_of(choices: type[Choices]) -> Any:
    """Return the type of a code of a choice list."""

    def known(value: str) -> str:
        if value not in choices.values:
            raise ValueError(f"unknown code {value!r}; known: {', '.join(choices.values)}")
        return value

    return Annotated[str, AfterValidator(known)]


def that_passes(validator: Callable[[str], None]) -> Any:
    """Return the type of a text that a validator of the model's lets pass."""

    def checked(value: str) -> str:
        try:
            validator(value)
        except ValidationError as refusal:
            raise ValueError(" ".join(refusal.messages)) from None
        return value

    return Annotated[str, AfterValidator(checked)]


Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Reference = Annotated[str, Field(min_length=2, max_length=40, pattern=r"^[A-Za-z0-9-]+$")]


class Record(BaseModel):
    """Base of records: a field that is not known is an error, and nothing is guessed ("2" is no number)."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)

    @classmethod
    def key(cls, raw: Any, place: int) -> str:
        """How messages name a record that may be broken."""
        return (
            str(raw.get("id") or raw.get("code") or f"no. {place + 1}") if isinstance(raw, dict) else f"no. {place + 1}"
        )


class Labelled(Record):
    """Base of records whose one text stands beside their other fields, under its language: fr is required."""

    texts: Texts

    @model_validator(mode="before")
    @classmethod
    def gather(cls, raw: Any) -> Any:
        """Bring the text's languages together."""
        if not isinstance(raw, dict):
            return raw
        texts = {key: raw[key] for key in raw if key in KNOWN_LANGUAGES}
        return {key: value for key, value in raw.items() if key not in texts} | {"texts": texts}

"""French typography, set when a French text is saved.

Rules of the Imprimerie nationale (Lexique des règles typographiques): a no-break space before « : » and inside
guillemets, a narrow no-break space before ; ! ? and in thousands, a typographic apostrophe.
"""

import re
from typing import Any

from django.conf import settings
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

NO_BREAK = "\u00a0"
NARROW = "\u202f"

# Text columns of Wagtail's pages that are no words for readers.
NOT_WORDS = frozenset({"path", "reference", "slug", "url_path"})

# What XML 1.0 (section 2.2) leaves out.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

# Places of what is left alone, in characters that are nobody’s words (Unicode’s private use).
PLACE, END, PLAIN_PLACE = "\ue000", "\ue001", "\ue002"
OWN = re.compile("[\ue000-\ue002]")

# Tags, entities, addresses, e-mail addresses, times and ratios are left as they are. Each way begins where only it can
# and is bounded, so that a text is read once: an e-mail address is looked for at its “@”, in what has no space.
UNTOUCHED = re.compile(
    r"<[^<>]*>|&#?\w{1,32};|https?://\S+|\d{1,2}:\d{2}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
SPACES = " \u00a0\u202f"
# A run of spaces is read from its beginning only, and given back never: from each of its characters on, it would be
# read again, and a text of fifty thousand spaces would keep the editors waiting.
RUN = rf"(?<![{SPACES}])[{SPACES}]*+"
MARKS = re.compile(rf"{RUN}(?<![;!?:])([;!?:]++)(?=([\s»\ue000])|[)\]’”]|$)")
RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"«[{SPACES}]*"), "«" + NO_BREAK),
    (re.compile(rf"{RUN}»"), NO_BREAK + "»"),
    (re.compile(r"(?<=\d) (?=\d{3}(?!\d))"), NARROW),
    (re.compile(r"(?<=\d) (?=(?:[%€]|(?:min|h|km|m²|m|kg|Mo|ko)\b))"), NO_BREAK),
)
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|\ue000\d+\ue001\w)")


def _spaced(marks: re.Match[str]) -> str:
    """Return marks with the space before them: a colon has a wide one, and none inside “(:)”."""
    run = marks.group(1)
    if run[0] != ":":
        return NARROW + run
    alone = set(run) == {":"} and marks.group(2) is None and marks.end() < len(marks.string)
    return marks.group() if alone else NO_BREAK + run


def printable(text: str) -> str:
    """Return a text without control characters, which pasted texts bring along and XML does not know."""
    return CONTROL.sub("", text) if text else text


def french(text: str) -> str:
    """Return `text` (plain or HTML) with French spaces and apostrophes. Applying it twice changes nothing more."""
    if not text or not text.strip():
        return text
    text = OWN.sub("", printable(text))
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        # A mark may stand right before a tag or an entity (“Ça va ?</p>”), not before an address or a time.
        opening = PLACE if match.group()[0] in "<&" else PLAIN_PLACE
        return f"{opening}{len(kept) - 1}{END}"

    result = APOSTROPHE.sub("’", UNTOUCHED.sub(keep, text))
    result = MARKS.sub(_spaced, result)
    for pattern, replacement in RULES:
        result = pattern.sub(replacement, result)
    # A mark that follows a tag (“<b>Attention</b> !”) or begins the text has no word before it to hold on to.
    result = re.sub(r"^[\u00a0\u202f]+(?=[;!?:»])", "", result)
    result = re.sub(r"[\ue000\ue002](\d+)\ue001", lambda match: kept[int(match.group(1))], result)
    # The no-break space may be there already, as an entity.
    return re.sub(r"(&nbsp;|&#160;)[\u00a0\u202f]+", r"\1", result)


def french_block(block: blocks.Block, raw: Any) -> Any:
    """Return a block's stored value with French typography in its texts; choices, links and codes are left alone."""
    if raw is None:
        return raw
    if isinstance(block, blocks.StreamBlock):
        return [
            {**child, "value": french_block(block.child_blocks[child["type"]], child["value"])}
            if child["type"] in block.child_blocks
            else child
            for child in raw
        ]
    if isinstance(block, blocks.ListBlock):
        return [{**item, "value": french_block(block.child_block, item["value"])} for item in raw]
    if isinstance(block, blocks.StructBlock):
        return {
            name: french_block(block.child_blocks[name], value) if name in block.child_blocks else value
            for name, value in raw.items()
        }
    if isinstance(block, blocks.CharBlock | blocks.TextBlock | blocks.RichTextBlock) and isinstance(raw, str):
        return french(raw)
    return raw


def is_text(field: models.Field) -> bool:
    """Say whether a model field holds words written for a reader."""
    plain = type(field) in {models.CharField, models.TextField} or isinstance(field, RichTextField)
    return plain and not field.choices and field.editable


class FrenchTypographyMixin:
    """Sets French spaces on every text of a French page or record when it is validated, so also on a draft."""

    def clean(self) -> None:
        """Apply the rules before the fields are stored."""
        super().clean()
        locale = getattr(self, "locale", None)
        if locale is not None and locale.language_code != settings.LANGUAGE_CODE:
            return
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                stream = getattr(self, field.name)
                if stream:
                    raw = french_block(stream.stream_block, stream.get_prep_value())
                    setattr(self, field.name, stream.stream_block.to_python(raw))
            elif isinstance(field, models.Field) and is_text(field) and field.name not in NOT_WORDS:
                setattr(self, field.name, french(getattr(self, field.name)))

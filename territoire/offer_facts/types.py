"""What kinds of facts there are. Each outlet says once what it makes of a kind, not what it makes of each fact."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Choices


@dataclass(frozen=True, kw_only=True)
class FactType:
    """The form of a fact's value. `optional`: it may be unknown."""

    optional: bool = False


@dataclass(frozen=True, kw_only=True)
class Text(FactType):
    """Words that are the same in every language, such as the name of a town."""


@dataclass(frozen=True, kw_only=True)
class Words(FactType):
    """Words that are written in each language."""


@dataclass(frozen=True, kw_only=True)
class Address(FactType):
    """A whole address of the web."""


@dataclass(frozen=True, kw_only=True)
class Reference(FactType):
    """A code that names one record for ever."""


@dataclass(frozen=True, kw_only=True)
class Day(FactType):
    """A date without a time; a demo moves it."""


@dataclass(frozen=True, kw_only=True)
class Moment(FactType):
    """A date with its time, to the second."""


@dataclass(frozen=True, kw_only=True)
class Whole(FactType):
    """A whole number between two others, which count."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Amount(FactType):
    """Money in euros, with cents where there are any."""


@dataclass(frozen=True, kw_only=True)
class Weeks(FactType):
    """A length in weeks, one at least."""


@dataclass(frozen=True, kw_only=True)
class Degrees(FactType):
    """A coordinate (WGS 84), at most so far from zero."""

    most: int = 180


@dataclass(frozen=True, kw_only=True)
class YesNo(FactType):
    """Whether something is so; unknown, where it is optional."""


@dataclass(frozen=True, kw_only=True)
class Code(FactType):
    """One code of a choice list. `only`: the codes that others ever see of it."""

    choices: type[Choices]
    only: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Codes(FactType):
    """Several codes of a choice list."""

    choices: type[Choices]


@dataclass(frozen=True, kw_only=True)
class Level(FactType):
    """A level of a language (CEFR: A1 to C2)."""


@dataclass(frozen=True, kw_only=True)
class Named(FactType):
    """Another record: the section of the territory file that has it."""

    section: str


@dataclass(frozen=True, kw_only=True)
class Own(FactType):
    """What is no single value: lines, or an object of several facts. Each outlet says its own form of it."""

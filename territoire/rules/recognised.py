"""Whether a home faculty recognises a placement: what it asks for a purpose, held against what host and offer are.

What is asked stands in the recognition sheet, with its source; nothing here knows a country. Guidance: the faculty has
the last word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from core.fields.choices import CefrLevel, FieldOfStudy, SpokenLanguage

from ..choices import CareAsked, Confirmation, Framework, HostType, Participation, Recognised, StudyLevel

# What a student may do under a line that fulfils what is asked of care.
ENOUGH_CARE: dict[str, frozenset[str]] = {
    CareAsked.CONTACT: frozenset({Participation.OBSERVATION, Participation.SUPERVISED}),
    CareAsked.TAKING_PART: frozenset({Participation.SUPERVISED}),
}


@dataclass(frozen=True)
class Asked:
    """What a faculty asks for one purpose. Empty: it asks nothing there, or nobody has said."""

    qualify: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    weeks: int | None = None
    care: str = ""
    french: str = ""
    languages: tuple[str, ...] = ()
    confirmation: str = ""


@dataclass(frozen=True)
class Line:
    """A framework of an offer: what a student may do under it, and whether a French university signs."""

    framework: str
    participation: str
    is_signed: bool


@dataclass(frozen=True)
class Offered:
    """What of a host and its offer a faculty asks about; a draft may not have all of it yet."""

    host_kind: str
    field: str
    levels: tuple[str, ...]
    min_weeks: int | None
    max_weeks: int | None
    french: str
    languages: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Finding:
    """What one fact says, and why, in a sentence."""

    recognised: Recognised
    reason: str


@dataclass(frozen=True)
class Verdict:
    """The answer of all facts together, and the sentences that decide it."""

    recognised: Recognised
    reasons: list[str]


def verdict(asked: Asked, offered: Offered, fields: Iterable[str]) -> Verdict:
    """Say yes, ask or no: one fact that does not fit is a no, one that nobody knows has to be asked about.

    `fields` are the fields of study that the sheet is for. The reasons are those of the facts that decide.
    """
    findings = [
        _of_host(asked, offered),
        *_of_field(offered, fields),
        *_of_levels(asked, offered),
        *_of_weeks(asked, offered),
        *_of_lines(asked, offered),
        *_of_languages(asked, offered),
    ]
    for recognised in (Recognised.NO, Recognised.ASK, Recognised.YES):
        reasons = [finding.reason for finding in findings if finding.recognised == recognised]
        if reasons:
            return Verdict(recognised, reasons)
    raise AssertionError("the kind of host always says something")


def _of_host(asked: Asked, offered: Offered) -> Finding:
    kind = {"kind": HostType(offered.host_kind).label}
    if offered.host_kind in asked.to_ask:
        return Finding(Recognised.ASK, gettext("Not every host of this kind qualifies: %(kind)s.") % kind)
    if offered.host_kind in asked.qualify:
        return Finding(Recognised.YES, gettext("This kind of host qualifies: %(kind)s.") % kind)
    return Finding(Recognised.NO, gettext("This kind of host does not qualify: %(kind)s.") % kind)


def _of_field(offered: Offered, fields: Iterable[str]) -> Iterable[Finding]:
    """A placement that another profession supervises may count, or not."""
    if offered.field and offered.field not in fields:
        text = gettext("The placement itself is in another field: %(field)s.")
        yield Finding(Recognised.ASK, text % {"field": FieldOfStudy(offered.field).label})


def _of_levels(asked: Asked, offered: Offered) -> Iterable[Finding]:
    both = [level for level in asked.levels if level in offered.levels]
    if not asked.levels:
        return
    if not both:
        text = gettext("It is open to other levels of studies only: %(levels)s.")
        yield Finding(Recognised.NO, text % {"levels": named(StudyLevel, offered.levels)})
    elif set(both) != set(offered.levels):
        text = gettext("Only at this level of studies: %(levels)s.")
        yield Finding(Recognised.YES, text % {"levels": named(StudyLevel, both)})


def _of_weeks(asked: Asked, offered: Offered) -> Iterable[Finding]:
    if not asked.weeks or not offered.max_weeks:
        return
    if offered.max_weeks < asked.weeks:
        text = ngettext(
            "It lasts %(most)d week at most, and %(asked)d are asked for.",
            "It lasts %(most)d weeks at most, and %(asked)d are asked for.",
            offered.max_weeks,
        )
        yield Finding(Recognised.NO, text % {"most": offered.max_weeks, "asked": asked.weeks})
    elif offered.min_weeks and offered.min_weeks < asked.weeks:
        text = gettext("Stay for %(asked)d weeks: a shorter stay does not count.")
        yield Finding(Recognised.YES, text % {"asked": asked.weeks})


def _of_lines(asked: Asked, offered: Offered) -> Iterable[Finding]:
    """What a student may do, and who signs, depends on the framework."""
    enough = ENOUGH_CARE.get(asked.care)
    fit = [line for line in offered.lines if enough is None or line.participation in enough]
    if offered.lines and not fit:
        lacking = {
            CareAsked.CONTACT: gettext("Students meet no patients here, and that is asked for."),
            CareAsked.TAKING_PART: gettext("Students take no part in care here, and that is asked for."),
        }
        yield Finding(Recognised.NO, lacking[CareAsked(asked.care)])
        return
    confirmed = [line for line in fit if line.is_signed]
    if asked.confirmation == Confirmation.UNIVERSITY and fit and not confirmed:
        text = gettext("A French university has to confirm it, and none signs for this placement.")
        yield Finding(Recognised.ASK, text)
        return
    fit = confirmed if asked.confirmation == Confirmation.UNIVERSITY else fit
    if len(fit) < len(offered.lines):
        text = gettext("Only if you come under: %(frameworks)s.")
        names = named(Framework, [line.framework for line in fit])
        yield Finding(Recognised.YES, text % {"frameworks": names})


def _of_languages(asked: Asked, offered: Offered) -> Iterable[Finding]:
    levels = CefrLevel.values
    if asked.french and offered.french and levels.index(offered.french) < levels.index(asked.french):
        text = gettext("French at %(asked)s is asked for, and this placement is planned for %(level)s.")
        yield Finding(Recognised.ASK, text % {"asked": asked.french, "level": offered.french})
    if asked.languages and offered.languages and not set(asked.languages) & set(offered.languages):
        text = gettext("Nobody supervises in a language that is asked for: %(languages)s.")
        yield Finding(Recognised.NO, text % {"languages": named(SpokenLanguage, asked.languages)})


def named(choices: Any, codes: Iterable[str]) -> str:
    """Return the labels of codes in the order of their list."""
    wanted = set(codes)
    return ", ".join(str(choice.label) for choice in choices if choice in wanted)

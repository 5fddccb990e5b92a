"""The engine: files in, a plan, and one transaction."""

import datetime as dt
import reprlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError as SchemaError

from ..fields.references import looked_for_once
from ..translation.languages import add_languages
from ..translation.trees import complete_trees, trees_wait
from .body import SOURCE, writing
from .languages import Translator
from .problems import LoadError, Problem
from .sections import Context, Section, all_sections, problems_of

# A demo moves by whole multiples of 364 days: weekdays stay.
SHIFT_DAYS = 364
# Keys that the file may have and that this version of the site does not show.
UNUSED_KEYS = frozenset({"meta", "referentiels", "enquetes", "indicateurs", "termes"})

Report = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """What will be done with a section."""

    key: str
    create: list[str]
    update: list[str]


def read(paths: list[Path]) -> dict[str, tuple[str, Any]]:
    """Return {key: (file name, content)} of all files; raises `LoadError` where one is no YAML or a key is twice."""
    content: dict[str, tuple[str, Any]] = {}
    problems = []
    for path in paths:
        try:
            loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(path.name, "", "", f"cannot be read ({error})"))
            continue
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problems.append(Problem(path.name, "", "", f"is not valid YAML ({' '.join(str(error).split())})"))
            continue
        if not isinstance(loaded, dict):
            problems.append(Problem(path.name, "", "", "is not a territory file: expected sections such as “offres:”"))
            continue
        for key, value in loaded.items():
            if key in content:
                problems.append(Problem(path.name, "", str(key), f"also stands in {content[key][0]}"))
            content[key] = (path.name, value)
    # Specialties are records that editors keep; the file has them among its choice lists.
    if "referentiels" in content:
        file, lists = content["referentiels"]
        if isinstance(lists, dict) and "specialite" in lists:
            content["specialites"] = (file, lists["specialite"])
    if problems:
        raise LoadError(problems)
    return content


def validate(content: dict[str, tuple[str, Any]], folder: Path) -> Context:
    """Return the validated records of all sections; raises `LoadError` with every error of every record.

    Files that records name, such as pictures, are looked for in `folder`.
    """
    context, problems = Context(folder=folder), []
    sections = {section.key: section for section in all_sections()}
    for key, (file, value) in content.items():
        if key in UNUSED_KEYS:
            continue
        section = sections.get(key)
        if section is None:
            problems.append(Problem(file, "", str(key), "is not a known section"))
            continue
        if section.many and not isinstance(value, list):
            problems.append(Problem(file, "", key, f"expected a list of records, found {type(value).__name__}"))
            continue
        context.files[key] = file
        context.data[key], found = _parse(section, file, value if section.many else [value])
        problems += found
    # Rules between records can only be judged once all records are well formed.
    if not problems:
        for key in context.data:
            problems += problems_of(sections[key], context.files[key], context)
        problems += named_twice(context)
    if problems:
        raise LoadError(problems)
    return context


def named_twice(context: Context) -> Iterator[Problem]:
    """Yield a problem for each reference that records of two sections have: others would find the wrong one by it.

    A page of which there is one is made by one section and filled by another: both mean the same page.
    """
    seen: dict[str, str] = {}
    for key, records in context.data.items():
        for record in records:
            reference = getattr(record, "id", "")
            first = seen.setdefault(reference, key)
            if reference and first != key:
                yield Problem(context.files[key], f"{key} {reference}", "id", f"“{first}” has this reference too")


def _parse(section: Section, file: str, raws: list[Any]) -> tuple[list[Any], list[Problem]]:
    records, problems = [], []
    for place, raw in enumerate(raws):
        try:
            records.append(section.schema.model_validate(raw))
        except SchemaError as error:
            label = f"{section.key} {section.schema.key(raw, place)}" if section.many else section.key
            problems += [
                Problem(file, label, ".".join(map(str, fault["loc"])), _sentence(fault)) for fault in error.errors()
            ]
    return records, problems


def _sentence(fault: Any) -> str:
    """Say a schema error in plain words."""
    kind = fault["type"]
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a known field"
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    return f"{fault['msg'].lower()} (found {reprlib.repr(fault['input'])})"


def shift_for(context: Context, today: dt.date) -> dt.timedelta:
    """Return the smallest multiple of 364 days that puts every offer's deadline ahead of `today`."""
    ahead = [
        day
        for section in all_sections()
        for record in context.data.get(section.key, [])
        for day in section.dates(record)
    ]
    if not ahead:
        return dt.timedelta()
    late = (today - min(ahead)).days + 1
    return dt.timedelta(days=SHIFT_DAYS * max(0, -(-late // SHIFT_DAYS)))


def plan(context: Context) -> list[Step]:
    """Return what a load would create and update."""
    steps = []
    for section in all_sections():
        create, update = list[str](), list[str]()
        for record in context.data.get(section.key, []):
            (update if section.find(record) else create).append(getattr(record, "id", section.key))
        if create or update:
            steps.append(Step(section.key, create, update))
    return steps


def write(context: Context, report: Report) -> None:
    """Write all sections in one transaction; raises `LoadError` and leaves the database as it was on any error."""
    with transaction.atomic(), trees_wait(), looked_for_once():
        add_languages()
        translator = Translator()

        def put(section: Section, record: Any) -> None:
            context.written[_reference(section, record)] = section.write(record, context)

        def finish(section: Section, record: Any) -> None:
            section.finish(record, context)

        def translate(section: Section, record: Any) -> None:
            item = context.written[_reference(section, record)]
            translator.translate(item, _name(section, record), partial(section.texts, record, context))

        _for_all(context, put)
        for section in all_sections():
            if context.data.get(section.key):
                report(f"  {section.key}: {len(context.data[section.key])}")
        _for_all(context, finish)
        _for_all(context, translate)
        translator.finish(report)
        complete_trees()


def _reference(section: Section, record: Any) -> str:
    return getattr(record, "id", section.key)


def _name(section: Section, record: Any) -> str:
    return f"{section.key}/{_reference(section, record)}"


def _for_all(context: Context, action: Callable[[Section, Any], None]) -> None:
    """Do something with all records in the order of writing, the pen in French; an error names its record."""
    for section in all_sections():
        for record in context.data.get(section.key, []):
            with _naming(section, record, context), writing(SOURCE, _name(section, record)):
                action(section, record)


@contextmanager
def _naming(section: Section, record: Any, context: Context) -> Iterator[None]:
    """Turn a model's validation error into one that names file, record and field."""
    try:
        yield
    except ValidationError as error:
        label = f"{section.key} {getattr(record, 'id', '')}".strip()
        messages = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        file = context.files[section.key]
        raise LoadError(
            [Problem(file, label, name, " ".join(map(str, texts))) for name, texts in messages.items()]
        ) from error


def prepare(paths: list[Path], *, shift: bool = False) -> Context:
    """Read and validate files; with `shift`, move all dates ahead of today. Pictures stand beside the first file.

    Raises `LoadError` with every error of every file.
    """
    context = validate(read(paths), paths[0].parent)
    if shift:
        context.shift = shift_for(context, timezone.localdate())
    return context

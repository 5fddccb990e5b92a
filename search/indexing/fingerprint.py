"""What documents are made from, in one short text: where it differs from the one that is kept, they are old.

It holds what the kinds declare, how this process says their labels in each language (English, where catalogues lack),
the code that finds words and filters, the analysis with its lists, and the catalogues.
"""

import dataclasses
import hashlib
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from wagtail.models import Page

from core.checks import is_own_file
from core.kinds.table import searchable_types

from .. import engines, text
from ..tables.document import SearchDocument, SearchState
from . import documents


def fingerprint() -> str:
    """Return the fingerprint of this code, in this process."""
    digest = hashlib.sha256()
    for part in (*_declared(), *_code(), *_analysis(), *_catalogues()):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def is_old(now: str | None = None) -> bool:
    """Say whether documents were made from something else; without any, nothing is old."""
    return SearchDocument.objects.exists() and SearchState.kept("fingerprint") != (now or fingerprint())


def server_is_old(now: str | None = None) -> bool:
    """Say whether the search server's documents, if there is one, are not those of the database's index."""
    if engines.the_cluster() is None or not SearchDocument.objects.exists():
        return False
    return SearchState.kept("server_fingerprint") != (now or fingerprint())


# --- What it is made of -------------------------------------------------------------------------------------------
def _declared() -> Iterator[str]:
    """Yield what is declared of each page type that is found, as it is said in each language."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for model, entry in _types():
                yield f"{language} {model._meta.label} {model._meta.verbose_name}"
                yield from _said(entry)
                for field in model._meta.concrete_fields:
                    yield f"{field.name} {[(str(code), str(label)) for code, label in field.flatchoices]}"


def _types() -> list[tuple[type[Page], Any]]:
    return sorted(searchable_types().items(), key=lambda item: item[0]._meta.label)


def _said(value: Any) -> Iterator[str]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield field.name
            yield from _said(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from _said(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _said(each)
    elif isinstance(value, Promise | Q | str | int | float | None):
        yield str(value)


def _callables(value: Any) -> Iterator[Callable[..., Any]]:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _callables(getattr(value, field.name))
    elif callable(value):
        yield value


def _code() -> Iterator[str]:
    """Yield the code of page types, of what is declared for them, and of all of ours that these use."""
    todo = {documents.__name__}
    for model, entry in _types():
        todo |= {each.__module__ for each in (*model.__mro__, *_callables(entry))}
    found: dict[str, str] = {}
    while todo:
        name = todo.pop()
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None)
        if name in found or file is None or not is_own_file(Path(file)):
            continue
        found[name] = Path(file).read_text(encoding="utf-8")
        todo |= set(_used_by(module))
    for name in sorted(found):
        yield name + found[name]


def _used_by(module: Any) -> Iterator[str]:
    """Yield the modules whose functions, classes or selves a module names; not those that only lie in its folder."""
    for value in list(vars(module).values()):
        if inspect.ismodule(value):
            if not value.__name__.startswith(f"{module.__name__}."):
                yield value.__name__
        elif inspect.isfunction(value) or inspect.isclass(value):
            yield value.__module__


def _analysis() -> Iterator[str]:
    """Yield stemmers, rules and lists."""
    yield version("pystemmer")
    folder = Path(text.__file__).parent
    yield from _texts(path for path in folder.rglob("*") if path.suffix in {".py", ".txt"})


def _catalogues() -> Iterator[str]:
    yield from _texts(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/django.po"))


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in sorted(paths):
        yield path.name + path.read_text(encoding="utf-8")

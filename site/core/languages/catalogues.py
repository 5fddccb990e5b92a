"""Message catalogues that are torn or missing when the site starts are made anew, and never stop it.

Django reads a catalogue at the first page of its language, and raises what gettext raises on every page from then on.
"""

import gettext
import logging
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed

logger = logging.getLogger(__name__)


def mend_catalogues() -> None:
    """See to it that each of the site's own catalogues can be read, or is not there at all.

    They are compiled in their own place, or, where that cannot be written, in a folder of this process.
    """
    if not _unreadable():
        return
    for path in _unreadable():
        with suppress(OSError):
            path.unlink(missing_ok=True)
    _compile()
    if _unreadable():
        _compile_elsewhere()


def _unreadable() -> list[Path]:
    """Compiled catalogues that are missing beside their source, or torn."""
    sources = (source for folder in settings.LOCALE_PATHS for source in Path(folder).glob("*/LC_MESSAGES/django.po"))
    return [path for path in (source.with_suffix(".mo") for source in sources) if not _reads(path)]


def _reads(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            gettext.GNUTranslations(stream)
    except Exception:  # gettext raises whatever its unpacking raises
        return False
    return True


def _compile() -> None:
    """Compile what is not compiled, unless a source is torn or the folder cannot be written: the log says which."""
    try:
        compile_catalogues()
    except Exception as error:  # Babel raises whatever its reading raises
        logger.warning("Catalogues cannot be compiled: %s: %s", type(error).__name__, error)


def _compile_elsewhere() -> None:
    """Take the sources that can be read to a folder that can be written. Where there is none, English is spoken."""
    folders = []
    for folder in settings.LOCALE_PATHS:
        copy = Path(tempfile.mkdtemp(prefix="locale-"))
        for source in Path(folder).glob("*/LC_MESSAGES/django.po"):
            try:
                _read(source)
            except Exception:
                continue
            target = copy / source.relative_to(folder)
            target.parent.mkdir(parents=True)
            shutil.copy(source, target)
        folders.append(copy)
    settings.LOCALE_PATHS = folders
    _compile()


def compile_catalogues(say: Callable[[str], object] = lambda line: None) -> None:
    """Write the .mo files that are older than their .po, and say a line of each.

    What this process does next speaks the new words: Django may have read the catalogues before they were there, and
    would say English where it then stores a text, as the search index does.

    Raises whatever Babel raises for a torn source, and `OSError` where a file cannot be written.
    """
    for place, folder in enumerate(settings.LOCALE_PATHS):
        sources = sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        newest = max((source.stat().st_mtime for source in sources), default=0)
        complete = next((source for source in sources if source.parts[-3] == settings.LANGUAGE_CODE), None)
        for source in sources:
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= newest:
                continue
            catalogue = _read(source)
            own = sum(1 for message in catalogue if message.id and message.string)
            # Only of the site's own words English is said instead: others have catalogues of their own.
            if place == 0 and complete and source != complete:
                _fill(catalogue, _read(complete))
            # A reader never meets half a catalogue.
            half = target.with_suffix(f".{os.getpid()}")
            with half.open("wb") as stream:
                write_mo(stream, catalogue)
            half.replace(target)
            translation_file_changed(None, target)
            say(f"  {source.parts[-3]}: {own} messages")


def _read(source: Path) -> Catalog:
    with source.open("rb") as stream:
        return read_po(stream, locale=source.parts[-3])


def _fill(catalogue: Catalog, complete: Catalog) -> None:
    """Say in English, the language of the message ids, what a catalogue lacks.

    Django would say it in French, which the readers of a new language know least.
    """
    for message in complete:
        if not message.id:
            continue
        known = catalogue.get(message.id, context=message.context)
        texts = known.string if known and isinstance(known.string, tuple) else (known.string if known else "",)
        if all(texts):
            continue
        english = message.id
        if isinstance(english, tuple):
            one, many = english
            english = (one, *[many] * (catalogue.num_plurals - 1))
        catalogue.add(message.id, english, context=message.context)

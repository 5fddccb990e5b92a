"""Message catalogues that are torn or missing when the site starts are made anew, and never stop it.

Django reads a catalogue at the first page of its language, and raises what gettext raises on every page from then on.
"""

import gettext
import logging
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from .management.commands.compile_catalogues import Command

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
        Command(stdout=_Silence()).handle()
    except Exception as error:  # Babel raises whatever its reading raises
        logger.warning("Catalogues cannot be compiled: %s: %s", type(error).__name__, error)


def _compile_elsewhere() -> None:
    """Take the sources that can be read to a folder that can be written. Where there is none, English is spoken."""
    folders = []
    for folder in settings.LOCALE_PATHS:
        copy = Path(tempfile.mkdtemp(prefix="locale-"))
        for source in Path(folder).glob("*/LC_MESSAGES/django.po"):
            try:
                Command.read(source)
            except Exception:
                continue
            target = copy / source.relative_to(folder)
            target.parent.mkdir(parents=True)
            shutil.copy(source, target)
        folders.append(copy)
    settings.LOCALE_PATHS = folders
    _compile()


class _Silence:
    """Takes what the command would print."""

    def write(self, text: str) -> None:
        """Drop it."""

    def flush(self) -> None:
        """Nothing waits."""

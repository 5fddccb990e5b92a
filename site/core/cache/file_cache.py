"""A cache in files that may be missing, full, torn or unreadable: then it remembers nothing, and the site stands."""

import logging
import os
from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)


class ForgivingFileCache(FileBasedCache):
    """Django's file cache, for which an entry that cannot be read is one that is not there.

    Django's own raises whatever the disk or the torn entry raises, on every page, until somebody empties the folder.
    What cannot be written is dropped, the earlier entry too if the disk lets it: rather nothing than something old.
    """

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept, else `default`."""
        try:
            return super().get(key, default, version)
        except Exception as error:  # a torn pickle may raise anything
            self._note("read", error)
            self.delete(key, version)
            return default

    def has_key(self, key: str, version: int | None = None) -> bool:
        """Say whether something is kept, as far as one can see without reading all of it."""
        try:
            return super().has_key(key, version)
        except Exception as error:
            self._note("read", error)
            self.delete(key, version)
            return False

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep an entry longer."""
        try:
            return super().touch(key, timeout, version)
        except Exception as error:
            self._note("read", error)
            self.delete(key, version)
            return False

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep a value, if the disk does."""
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            self._note("written", error)
            self.delete(key, version)

    def clear(self) -> None:
        """Forget everything that the disk lets go."""
        with suppress(OSError):
            super().clear()

    def _delete(self, fname: str) -> bool:
        try:
            return super()._delete(fname)
        except OSError as error:
            self._note("deleted", error)
            return False

    def _createdir(self) -> None:
        with suppress(OSError):
            super()._createdir()

    def _cull(self) -> None:
        """Make room by what was written longest ago; Django's choice is random, and may be the menus."""
        with suppress(OSError):
            files = self._list_cache_files()
            if len(files) >= self._max_entries:
                written = {name: _written(name) for name in files}
                for name in sorted(files, key=written.__getitem__)[: len(files) // self._cull_frequency]:
                    self._delete(name)

    @staticmethod
    def _note(verb: str, error: Exception) -> None:
        logger.warning("The cache cannot be %s: %s: %s", verb, type(error).__name__, error)


def _written(name: str) -> float:
    """When a file was written; one that is gone by now goes first."""
    try:
        return os.stat(name).st_mtime
    except OSError:
        return 0.0

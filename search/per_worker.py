"""What a worker computes from the index and keeps until the index changes, one value a language."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from django.utils import timezone

from .tables.document import SearchState

T = TypeVar("T")


State = tuple[int, dt.date]


def _state() -> State:
    """What changes when the index does, and at midnight: offers end."""
    return SearchState.now(), timezone.localdate()


class Kept(Generic[T]):
    """Values by language, made anew when the index has changed; each thread that waits for one gets the same."""

    def __init__(self, make: Callable[[str], T]) -> None:
        """`make` computes the value of a language from the database."""
        self._make = make
        self._kept: dict[str, tuple[State, T]] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    def __call__(self, language: str) -> T:
        """Return the value of a language."""
        if (kept := self._kept.get(language)) and kept[0] == _state():
            return kept[1]
        with self._locks[language]:
            # Read here, so that who waited does not make it again, nor from an older state.
            state, kept = _state(), self._kept.get(language)
            if kept is None or kept[0] != state:
                kept = self._kept[language] = (state, self._make(language))
            return kept[1]

    def forget(self) -> None:
        """Forget everything: for tests, whose databases begin anew."""
        self._kept.clear()

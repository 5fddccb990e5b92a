"""What every page asks and hardly ever changes, kept in the cache until it does."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal

LONGEST = 3600  # seconds


# What a block of work has asked already, inside `asked_once()`.
_asked: ContextVar[dict[str, Any] | None] = ContextVar("asked", default=None)


def remembered(key: str, make: Callable[[], Any]) -> Any:
    """Return what the cache has under `key`, else what `make` returns, kept for an hour at most."""
    asked = _asked.get()
    if asked is None:
        return cache.get_or_set(key, make, LONGEST)
    if key not in asked:
        asked[key] = cache.get_or_set(key, make, LONGEST)
    return asked[key]


@contextmanager
def asked_once() -> Iterator[None]:
    """Ask the cache once for each key inside: for work on many pages, which sees things as they were at its beginning.

    A cache hands out a new copy each time, which costs more than all the rest of that work.
    """
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def forget(key: str, **kwargs: Any) -> None:
    """Forget now, and again once the change is committed: a reader in between may bring the old state back."""
    cache.delete(key)
    transaction.on_commit(partial(cache.delete, key))


def forget_when(key: str, *, changed: Iterable[type[models.Model]] = (), sent: Iterable[Signal] = ()) -> None:
    """Forget `key` whenever a row of these models is saved or deleted, or one of these signals is sent."""
    receiver = partial(forget, key)
    for model in changed:
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, weak=False, dispatch_uid=f"{key}.{id(signal)}.{model._meta.label}")
    for other in sent:
        other.connect(receiver, weak=False, dispatch_uid=f"{key}.{id(other)}")

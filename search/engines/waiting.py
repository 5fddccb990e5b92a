"""Waiting for a server, but not longer than one means to."""

from collections.abc import Callable
from queue import Empty, Queue
from threading import BoundedSemaphore, Thread
from typing import TypeVar

from .base import EngineDown

T = TypeVar("T")
MOST_AT_ONCE = 8  # requests of this process that may wait for the server
_places = BoundedSemaphore(MOST_AT_ONCE)


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise what it raises; after so many seconds `EngineDown`.

    A client's own timeout is for one read of a socket: a server that sends a byte a second, or a name that nobody
    resolves, would hold a visitor for minutes. The work goes on in its thread, and keeps its place until it ends.
    """
    if not _places.acquire(blocking=False):
        raise EngineDown(f"{MOST_AT_ONCE} requests wait for it already")
    done: Queue[tuple[T | None, BaseException | None]] = Queue(1)

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:
            done.put((None, error))
        finally:
            _places.release()

    Thread(target=run, name="search-server", daemon=True).start()
    try:
        found, error = done.get(timeout=seconds)
    except Empty:
        raise EngineDown(f"no answer within {seconds:.1f} seconds") from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]

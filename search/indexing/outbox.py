"""From a change to every index. The row that says "this page changed" is written with the change itself and goes only
when the database's index and the engine's know it: an engine that is down is told later, and nothing is lost.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Lock, Thread

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from ..engines import database, the_cluster, wake
from ..engines.base import Cluster, EngineDown
from ..models.document import SearchChange, SearchDocument, SearchState, chunks
from . import vocabulary
from .documents import documents_of, indexable_ids

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 2, 300  # seconds between attempts
BATCH = 500


def changed(page_ids: Iterable[int]) -> None:
    """Note that pages have changed, within the transaction that changes them, and index them once it is committed."""
    rows = [SearchChange(page_id=page_id, changed_at=timezone.now()) for page_id in set(page_ids)]
    if rows:
        SearchChange.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["page_id"], update_fields=["changed_at"]
        )
        transaction.on_commit(deliver, robust=True)


def deliver() -> bool:
    """Tell the indexes of all changes that wait; return whether nothing waits any more.

    An engine that is down is told again later, by a thread of this process, by the next publication, or by
    `manage.py search_deliver`.
    """
    for waiting in iter(_next_batch, []):
        ids = [change.page_id for change in waiting]
        with SearchState.writing():
            documents = documents_of(ids)
            database.write(documents)
            gone = set(ids) - {document.pk for document in documents}
            database.remove(gone)
            vocabulary.learn(documents)
            SearchState.advance()
        if not _tell(documents, gone):
            return False
        # A page that changed again meanwhile has a later row, which stays.
        for change in waiting:
            SearchChange.objects.filter(page_id=change.page_id, changed_at=change.changed_at).delete()
    return True


def _next_batch() -> list[SearchChange]:
    return list(SearchChange.objects.order_by("changed_at", "page_id")[:BATCH])


def _tell(documents: list[SearchDocument], gone: Iterable[int]) -> bool:
    """Tell the engine, if there is one; return whether it knows."""
    engine = the_cluster()
    if engine is None:
        return True
    try:
        engine.write(documents)
        engine.remove(gone)
    except EngineDown as error:
        logger.warning("Changes wait for the search engine: %s", error)
        retry_later()
        return False
    wake()
    return True


# --- Trying again -------------------------------------------------------------------------------------------------
_one = Lock()


def waiting() -> bool:
    """Say whether the engine lacks changes."""
    return SearchChange.objects.exists()


def retry_later() -> None:
    """Deliver from a thread of this process, again and again until the engine has everything."""
    if settings.SEARCH_RETRIES and _one.acquire(blocking=False):
        Thread(target=_retry, name="search-outbox", daemon=True).start()


def _retry() -> None:
    pause = FIRST_PAUSE
    try:
        while True:
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            close_old_connections()
            if deliver():
                return
    except Exception:
        logger.exception("Changes wait for the search engine")
    finally:
        _one.release()
        connection.close()


# --- From scratch -------------------------------------------------------------------------------------------------
def rebuild(report: Callable[[str], None] = lambda line: None) -> int:
    """Build all indexes anew, the old ones answering meanwhile; return how many documents there are.

    Raises `EngineDown`; the database's index is complete then.
    """
    rebuild_database(report)
    engine = the_cluster()
    if engine is not None:
        _fill(engine, report)
    return SearchDocument.objects.count()


def rebuild_database(report: Callable[[str], None] = lambda line: None) -> None:
    """Replace document after document; those of pages that are gone go last."""
    parts = list(indexable_ids())
    progress = Progress("Database", sum(map(len, parts)), report)
    words, kept = vocabulary.Counted(), set()
    for part in parts:
        with SearchState.writing():
            documents = documents_of(part)
            database.write(documents)
        kept |= {document.pk for document in documents}
        words.add(documents)
        progress.more(len(part))
    with SearchState.writing():
        # Pages that were published meanwhile are in the index and not in `kept`.
        gone = set(SearchDocument.objects.values_list("pk", flat=True)) - kept
        database.remove(gone - {document.pk for document in documents_of(gone)})
        words.save()
        SearchState.advance()


def _fill(engine: Cluster, report: Callable[[str], None]) -> None:
    """Fill a new index of the engine, and bring it what changed while it was filled."""
    begun = timezone.now()
    ids = list(SearchDocument.objects.order_by("pk").values_list("pk", flat=True))
    progress = Progress("Engine", len(ids), report)

    def documents() -> Iterator[list[SearchDocument]]:
        for part in chunks(ids):
            yield list(SearchDocument.objects.filter(pk__in=part))
            progress.more(len(part))

    engine.rebuild(documents())
    engine.write(list(SearchDocument.objects.filter(indexed_at__gte=begun)))
    engine.remove(set(ids) - set(SearchDocument.objects.values_list("pk", flat=True)))


class Progress:
    """Says how far it is, and how fast."""

    def __init__(self, what: str, total: int, report: Callable[[str], None]) -> None:
        """Begin."""
        self.what, self.total, self.report = what, total, report
        self.done, self.begun = 0, time.monotonic()

    def more(self, count: int) -> None:
        """Report that so many more are done."""
        self.done += count
        speed = self.done / max(time.monotonic() - self.begun, 0.001)
        self.report(f"{self.what}: {self.done} of {self.total} pages, {speed:.0f} a second")

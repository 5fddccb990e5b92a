"""From a change to every index. A row says that a page has changed; it is written with the change itself and goes when
every index knows. The database's index follows each commit; a search server is told by a worker (search/timetable.py).
"""

import datetime as dt
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.jobs.at_commit import once

from .. import engines
from ..engines.base import Cluster, EngineDown
from ..engines.waiting import within
from ..tables.document import SearchChange, SearchDocument, SearchState, chunks
from . import vocabulary
from .documents import documents_of, indexable_ids
from .fingerprint import fingerprint, is_old, server_is_old

logger = logging.getLogger(__name__)

BATCH = 500
WRITING = 10  # seconds for one batch on a server
_waits = False  # this process has said that changes wait for a server, and not yet that it has them


def changed(page_ids: Iterable[int]) -> None:
    """Note that pages have changed, within the transaction that changes them, and index them once it is committed."""
    now = timezone.now()
    # In one order, so that two transactions cannot wait for each other.
    rows = [SearchChange(page_id=page_id, changed_at=now) for page_id in sorted(set(page_ids))]
    if rows:
        SearchChange.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["page_id"], update_fields=["changed_at", "in_database"]
        )
        once(_index_safely)


def _index_safely() -> None:
    """Let the database's index follow at once; whatever goes wrong here, a worker does it again.

    Nobody who saves waits for a search server.
    """
    try:
        if engines.the_cluster() is None:
            deliver()
        else:
            _index_waiting()
    except Exception:
        logger.exception("Changes wait for the search index")


def any_waits(since: dt.datetime) -> bool:
    """Say whether changes wait for a search server, or have waited for the database's index since a moment."""
    return SearchChange.objects.filter(Q(in_database=True) | Q(changed_at__lt=since)).exists()


def _index_waiting() -> None:
    """Bring the changes that wait to the database's index."""
    while changes := _waiting(in_database=False):
        with SearchState.writing():
            _index([change.page_id for change in changes])
        for same in _those(changes):
            same.update(in_database=True)


def deliver() -> bool:
    """Tell the indexes of all changes that wait; return whether nothing waits any more."""
    _index_waiting()
    if not SearchChange.objects.exists():
        return True
    cluster = engines.the_cluster()
    try:
        while changes := _waiting(in_database=True):
            if cluster is not None:
                _tell(cluster, [change.page_id for change in changes])
            for same in _those(changes):
                same.delete()
    except EngineDown as error:
        _say(True, str(error))
        engines.rest()
        return False
    _say(False)
    engines.wake()
    return True


def _say(waits: bool, why: str = "") -> None:
    """Log that changes wait for the server, and that it has them: a line each, however often one tries meanwhile."""
    global _waits
    if waits and not _waits:
        logger.warning("Changes wait for the search engine, which is asked again until it has them: %s", why)
    elif _waits and not waits:
        logger.warning("The search engine has all changes again")
    _waits = waits


def _waiting(*, in_database: bool) -> list[SearchChange]:
    return list(SearchChange.objects.filter(in_database=in_database).order_by("changed_at", "page_id")[:BATCH])


def _those(changes: list[SearchChange]) -> Iterator[QuerySet[SearchChange]]:
    """Yield the rows of changes; a page that changed again meanwhile has a later one, which stays."""
    together = defaultdict(list)
    for change in changes:
        together[change.changed_at].append(change.page_id)
    for moment, page_ids in together.items():
        yield SearchChange.objects.filter(page_id__in=page_ids, changed_at=moment)


def _index(ids: list[int]) -> None:
    """Bring the database's index up to date for these pages, inside `SearchState.writing()`."""
    if not SearchDocument.objects.exists():
        SearchState.objects.update(fingerprint=fingerprint())
    _each(ids, _replace)
    SearchState.advance()


def _replace(ids: list[int]) -> None:
    """Write the documents of pages, and remove those of pages that are not public any more."""
    documents = documents_of(ids)
    vocabulary.replace(list(SearchDocument.objects.filter(pk__in=ids)), documents)
    engines.database.write(documents)
    engines.database.remove(set(ids) - {document.pk for document in documents})


def _each(ids: list[int], work: Callable[[list[int]], None]) -> None:
    """Do something for pages together, or apart if one of them cannot be indexed: it must not stop all others.

    Such a page keeps the document it has, and waits for its next publication or for `search_reindex`. A database that
    fails is not the page's fault.
    """
    try:
        with transaction.atomic():
            work(ids)
    except OperationalError:
        raise
    except Exception:
        if len(ids) == 1:
            logger.exception("Page %d cannot be indexed", ids[0])
            return
        for page_id in ids:
            _each([page_id], work)


def _tell(cluster: Cluster, ids: Iterable[int]) -> None:
    """Bring these documents to the server, and remove there what the database's index has not. Raises `EngineDown`."""
    with SearchState.writing():
        # Nobody writes meanwhile: whatever comes later is newer than this moment.
        moment = timezone.now()
        documents = list(SearchDocument.objects.filter(pk__in=ids))
    gone = set(ids) - {document.pk for document in documents}
    within(WRITING, lambda: cluster.write(documents))
    within(WRITING, lambda: cluster.remove(gone, moment))


# --- From scratch -------------------------------------------------------------------------------------------------
def rebuild(report: Callable[[str], None] = lambda line: None) -> int:
    """Build all indexes anew, the old ones answering meanwhile; return how many documents there are.

    Raises `EngineDown`; the database's index is complete then.
    """
    rebuild_database(report)
    fill_server(report)
    deliver()  # what waited is in the new index
    return SearchDocument.objects.count()


def refresh(now: str) -> None:
    """Make anew what is older than fingerprint `now`: documents, or only those of the server. Raises `EngineDown`."""
    if is_old(now):
        rebuild_database(made_from=now)
    if server_is_old(now):
        fill_server()
    deliver()


def fill_server(report: Callable[[str], None] = lambda line: None) -> None:
    """Bring all documents to a search server, if there is one. Raises `EngineDown`."""
    cluster = engines.the_cluster()
    if cluster is not None:
        made_from = SearchState.kept("fingerprint")
        _fill(cluster, report)
        SearchState.objects.update(server_fingerprint=made_from)


def rebuild_database(report: Callable[[str], None] = lambda line: None, made_from: str = "") -> None:
    """Replace document after document; those of pages that are gone go last, and the vocabulary is counted anew.

    Readers find the old document of a page until its new one is there.
    """
    made_from = made_from or fingerprint()
    parts = list(indexable_ids())
    progress = Progress("Database", sum(map(len, parts)), report)
    for part in parts:
        with SearchState.writing():
            _each(part, lambda ids: engines.database.write(documents_of(ids)))
        progress.more(len(part))
    with SearchState.writing():
        # Pages that were published meanwhile are in the index too.
        others = set(SearchDocument.objects.values_list("pk", flat=True)).difference(*parts)
        for part in chunks(sorted(others)):
            _each(part, _replace)
        vocabulary.count_anew()
        SearchState.objects.update(fingerprint=made_from)
        SearchState.advance()


def _fill(cluster: Cluster, report: Callable[[str], None]) -> None:
    """Fill a new index of the server, and bring it what changed while it was filled. Raises `EngineDown`."""
    with SearchState.writing():
        begun: dt.datetime = timezone.now()
        ids = list(SearchDocument.objects.order_by("pk").values_list("pk", flat=True))
    progress = Progress("Engine", len(ids), report)

    def documents() -> Iterator[list[SearchDocument]]:
        for part in chunks(ids):
            yield list(SearchDocument.objects.filter(pk__in=part))
            progress.more(len(part))

    cluster.rebuild(documents())
    later = SearchDocument.objects.filter(indexed_at__gte=begun).values_list("pk", flat=True)
    gone = set(ids) - set(SearchDocument.objects.values_list("pk", flat=True))
    _tell(cluster, {*later, *gone})


class Progress:
    """Says how far it is, and how fast."""

    def __init__(self, what: str, total: int, report: Callable[[str], None]) -> None:
        self.what, self.total, self.report = what, total, report
        self.done, self.begun = 0, time.monotonic()

    def more(self, count: int) -> None:
        """Report that so many more are done."""
        self.done += count
        speed = self.done / max(time.monotonic() - self.begun, 0.001)
        self.report(f"{self.what}: {self.done} of {self.total} pages, {speed:.0f} a second")

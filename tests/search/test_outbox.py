"""The index is always kept, and an engine that was down hears later what it missed."""

import contextlib
import datetime as dt
import os
import re
import socket
import subprocess
import threading
import time
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from servers import disguised_as_elasticsearch, drop, use_server

from core.jobs.models import Job
from core.jobs.worker import run_due
from factories import NOW, OfferFactory
from search import engines
from search.engines import cluster_index
from search.engines.base import Asked, EngineDown
from search.indexing import following, outbox
from search.models import SearchChange, SearchDocument, SearchPage, SearchWord
from search.reading import reader

ROOT = Path(__file__).resolve().parents[2]
FOLDER = os.environ.get("TEST_OPENSEARCH_DIR")


@pytest.fixture
def page(home):
    """The search page."""
    return home.add_child(instance=SearchPage(title="Rechercher", locale=home.locale))


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """A block after which everything is committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def somewhere(settings, port):
    """Name a search server that is not what it should be."""
    settings.SEARCH_CLUSTER = {
        "FAMILY": "opensearch",
        "HOSTS": [{"host": "127.0.0.1", "port": port}],
        "OPTIONS": {},
        "INDEX_PREFIX": "test_",
    }
    engines.the_cluster.cache_clear()
    engines.wake()


@pytest.fixture
def no_server(settings):
    """A search server that refuses connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    somewhere(settings, port)
    yield
    engines.the_cluster.cache_clear()
    engines.wake()


@pytest.fixture
def silent_server(settings):
    """A search server that accepts connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        somewhere(settings, server.getsockname()[1])
        yield
    engines.the_cluster.cache_clear()
    engines.wake()


@pytest.fixture
def dripping_server(settings):
    """A search server that answers with a byte at a time, and never ends."""
    ended = threading.Event()

    def drip(connection):
        with contextlib.suppress(OSError), connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n")
            while not ended.wait(0.1):
                connection.sendall(b" ")

    def listen(server):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=drip, args=[server.accept()[0]], daemon=True).start()

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        somewhere(settings, server.getsockname()[1])
        threading.Thread(target=listen, args=[server], daemon=True).start()
        yield
        ended.set()
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    engines.the_cluster.cache_clear()
    engines.wake()


def test_a_publication_is_in_the_index_once_it_is_committed(home, commits, search):
    with commits():
        OfferFactory(title="Balnéothérapie")
        assert SearchChange.objects.exists()
    assert not SearchChange.objects.exists()
    assert [result.title for result in search("fr", q="balneotherapie").shown] == ["Balnéothérapie"]


def test_a_change_that_is_taken_back_leaves_nothing(home, commits):
    with transaction.atomic():
        OfferFactory(title="Balnéothérapie")
        transaction.set_rollback(True)
    assert not SearchChange.objects.exists()
    assert not SearchDocument.objects.exists()


def test_a_document_that_goes_takes_its_words_with_it(home, commits):
    """A trigger of the database does it; SQLite forgets triggers of a table that a migration makes anew."""
    with commits():
        offer = OfferFactory()
    key = "rowid" if connection.vendor == "sqlite" else "page_id"

    def words():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM search_text WHERE {key} = %s", [offer.pk])
            return cursor.fetchone()[0]

    assert words() == 1
    SearchDocument.objects.filter(page_id=offer.pk).delete()
    assert words() == 0


def test_without_its_server_the_page_answers_from_the_database_and_says_so(page, commits, no_server, client, text_of):
    with commits():
        OfferFactory(title="Balnéothérapie")
    answer = client.get(page.url, {"q": "balneotherapie"})
    assert answer.status_code == 200
    assert "Balnéothérapie" in text_of(answer)
    assert answer.context["search"].stands_in
    assert client.get(page.url, {"q": "balneotherapie"}).context["search"].stands_in
    assert SearchChange.objects.exists(), "the server must hear of it later"


def the_database_answers_in_time(page, client):
    """The answer to a search that waits for a server in vain."""
    outbox.rebuild_database()
    begun = time.monotonic()
    answer = client.get(page.url, {"q": "stage"})
    assert time.monotonic() - begun < 2
    assert answer.context["search"].stands_in
    return answer


def test_a_server_that_never_answers_costs_less_than_two_seconds(page, commits, silent_server, client):
    the_database_answers_in_time(page, client)
    begun = time.monotonic()
    client.get(page.url, {"q": "stage"})
    assert time.monotonic() - begun < 0.7, "it is asked once, then rests"


def test_a_server_that_answers_drop_by_drop_costs_no_more(page, commits, dripping_server, client):
    answer = the_database_answers_in_time(page, client)
    assert answer["Cache-Control"] == "no-cache", "no proxy keeps the notice"


def test_what_the_server_has_not_heard_of_for_a_while_is_searched_in_the_database(home, server, search):
    offer = OfferFactory(title="Balnéothérapie")
    outbox.rebuild()
    asked = search("fr", q="balneotherapie").attempt.asked
    change = SearchChange.objects.create(page_id=offer.pk, in_database=True, changed_at=NOW)
    assert engines.ask(asked, engines.patience())[1] is False
    SearchChange.objects.filter(pk=change.pk).update(changed_at=NOW - dt.timedelta(minutes=1))
    assert engines.ask(asked, engines.patience())[1] is True


def test_an_index_of_an_older_version_is_not_asked_until_it_is_rebuilt(home, server, monkeypatch):
    """It has other fields: nothing would be found in it."""
    OfferFactory(title="Balnéothérapie")
    with monkeypatch.context() as older:
        older.setattr(cluster_index, "FORMAT", 1)
        outbox.rebuild()
    asked = Asked("fr", NOW.date(), reader("fr").groups("balneotherapie"))
    with pytest.raises(EngineDown, match="search_reindex") as caught:
        server.search(asked, 10)
    assert caught.value.refused, "the server itself is well"
    outbox.rebuild()
    assert server.search(asked, 10).kinds == {"offers": 1}


def test_the_database_s_index_is_rebuilt_even_without_the_server(home, no_server):
    OfferFactory(title="Balnéothérapie")
    with pytest.raises(CommandError, match="database"):
        call_command("search_reindex")
    assert SearchDocument.objects.filter(title="Balnéothérapie").exists()
    with pytest.raises(CommandError, match="wait"):
        call_command("search_deliver")


def test_a_rebuild_says_how_far_it_is(demo, capsys):
    call_command("search_reindex")
    lines = capsys.readouterr().out.splitlines()
    assert any(re.search(r"\d+ of \d+\b.* a second", line) for line in lines), lines
    assert lines[-1].endswith("pages can be found.")


def test_a_server_answers_from_its_old_index_until_the_new_one_is_complete(home, server, search):
    OfferFactory(title="Balnéothérapie")
    outbox.rebuild()
    asked, seen = search("fr", q="balneotherapie").attempt.asked, []

    def documents():
        for document in SearchDocument.objects.all():
            seen.append(server.search(asked, 10).kinds)
            yield [document]
            seen.append(server.search(asked, 10).kinds)

    server.rebuild(documents())
    assert seen
    assert all(kinds == {"offers": 1} for kinds in [*seen, server.search(asked, 10).kinds])


def test_a_rebuild_forgets_pages_and_words_that_are_gone(home, commits, search):
    with commits():
        OfferFactory(title="Balnéothérapie")
        gone = OfferFactory(title="Hydrologie")
    type(gone).objects.filter(pk=gone.pk).update(live=False)  # behind the back of all signals
    call_command("search_reindex")
    assert not SearchDocument.objects.filter(pk=gone.pk).exists()
    assert not SearchWord.objects.filter(word="hydrologie").exists()
    assert SearchWord.objects.get(word="balneotherapie").shown == "balnéothérapie"


def test_an_older_text_never_overwrites_a_newer_one(home, server, search):
    offer = OfferFactory(title="Balnéothérapie")
    outbox.rebuild()
    old, newer = SearchDocument.objects.get(pk=offer.pk), SearchDocument.objects.get(pk=offer.pk)
    newer.title, newer.indexed_at = "Hydrologie", newer.indexed_at + dt.timedelta(seconds=1)
    server.write([newer])
    server.write([old])
    assert server.search(search("fr", q="hydrologie").attempt.asked, 10).kinds == {"offers": 1}


@pytest.mark.search_server
@pytest.mark.xdist_group("search_server")
def test_a_server_that_stops_and_comes_back_hears_of_what_was_published_meanwhile(
    page, commits, settings, client, monkeypatch
):
    """The whole story with a real OpenSearch: searches go on throughout, and none fails."""
    if not FOLDER:
        pytest.skip("TEST_OPENSEARCH_DIR names no folder of .ci/opensearch")
    server = use_server(settings, "opensearch")
    settings.SEARCH_PATIENCE = 0.8
    monkeypatch.setattr(engines, "REST", 0.2)
    with commits():
        OfferFactory(title="Avant la panne")
    outbox.rebuild()
    statuses, stood_in = [], []

    def searched(query):
        begun = time.monotonic()
        answer = client.get(page.url, {"q": query})
        assert time.monotonic() - begun < 2
        statuses.append(answer.status_code)
        stood_in.append(answer.context["search"].stands_in)
        return answer

    try:
        searched("panne")
        assert stood_in == [False]
        subprocess.run([ROOT / ".ci" / "opensearch", "stop", FOLDER], check=True)
        for _turn in range(3):
            searched("panne")
            time.sleep(0.25)
        assert stood_in[1:] == [True, True, True]
        with commits():
            OfferFactory(title="Pendant la panne")
        assert "Pendant la panne" in searched("panne").content.decode()
        assert SearchChange.objects.exists()
        subprocess.run([ROOT / ".ci" / "opensearch", "start", FOLDER], check=True)
        assert _within(30, lambda: outbox.deliver())
        engines.wake()
        answer = searched("panne")
        assert stood_in[-1] is False, "the server answers again"
        assert "Pendant la panne" in answer.content.decode()
        assert set(statuses) == {200}
        assert not SearchChange.objects.exists()
    finally:
        subprocess.run([ROOT / ".ci" / "opensearch", "start", FOLDER], check=True)
        drop(server)
        engines.the_cluster.cache_clear()
        engines.wake()


def _within(seconds, attempt):
    """Try again and again, as a worker does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if attempt():
            return True
        time.sleep(0.5)
    return False


def test_a_worker_tells_the_server_and_tries_again_after_a_growing_pause(home, commits, no_server, monkeypatch):
    with commits():
        OfferFactory(title="Balnéothérapie")
    pauses = []
    for _attempt in range(3):
        begun = timezone.now()
        run_due()
        job = Job.objects.get(key="search.deliver")
        pauses.append(round((job.due_at - begun).total_seconds() / 5) * 5)
        assert job.last_error == "EngineDown"
        Job.objects.filter(pk=job.pk).update(due_at=begun)
    assert pauses == [5, 30, 60]
    monkeypatch.setattr(outbox, "_tell", lambda cluster, ids: None)
    run_due()
    assert not SearchChange.objects.exists()
    assert Job.objects.get(key="search.deliver").attempts == 0


def test_who_publishes_does_not_wait_for_the_server(home, commits, no_server, monkeypatch, search):
    """The database's index follows at once, the server is a worker's."""
    asked = []
    monkeypatch.setattr(type(engines.the_cluster()), "write", lambda self, documents: asked.append(documents))
    monkeypatch.setattr(type(engines.the_cluster()), "remove", lambda self, ids, moment: None)
    with commits():
        OfferFactory(title="Hydrologie")
    assert [result.title for result in search("fr", q="hydrologie").shown] == ["Hydrologie"]
    assert asked == []
    run_due()
    assert len(asked) == 1
    assert not SearchChange.objects.exists()


def test_what_a_process_that_died_did_not_index_a_worker_does(home, search):
    with time_machine.travel(NOW - dt.timedelta(minutes=1)):
        OfferFactory(title="Balnéothérapie")  # noted, and never committed to the index: no callback ran
    assert SearchChange.objects.filter(in_database=False).exists()
    run_due()
    assert [result.title for result in search("fr", q="balneotherapie").shown] == ["Balnéothérapie"]


def test_a_removal_makes_no_index_in_the_place_of_the_one_that_lacks(home, server):
    """The name would be taken, and no rebuild could use it."""
    offer = OfferFactory()
    drop(server)
    with pytest.raises(EngineDown, match="search_reindex"):
        server.remove([offer.pk], NOW)
    outbox.rebuild()
    server.remove([offer.pk], NOW)


def test_a_rebuild_takes_the_name_from_an_index_that_somebody_made(home, server, search):
    OfferFactory(title="Balnéothérapie")
    drop(server)
    name, client = server._index_name, server._patient.es
    client.indices.create(index=name)
    outbox.rebuild()
    assert search("fr", q="balneotherapie").answer.kinds == {"offers": 1}


def test_a_database_that_fails_for_a_moment_loses_no_change(home, monkeypatch):
    OfferFactory()

    def fails(ids):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "documents_of", fails)
        with pytest.raises(OperationalError):
            outbox.deliver()
    assert SearchChange.objects.filter(in_database=False).exists()


def test_a_page_that_no_index_takes_does_not_stop_the_others(home, monkeypatch):
    bad, good = OfferFactory(title="Balnéothérapie"), OfferFactory(title="Hydrologie")
    write = engines.database.write

    def refuses(documents):
        if any(document.pk == bad.pk for document in documents):
            raise DataError("word is too long")
        write(documents)

    monkeypatch.setattr(engines.database, "write", refuses)
    assert outbox.deliver()
    assert SearchDocument.objects.filter(pk=good.pk).exists()
    assert not SearchDocument.objects.filter(pk=bad.pk).exists()


def test_a_branch_that_moves_is_noted_at_once(home, django_assert_max_num_queries):
    offer = OfferFactory()
    OfferFactory.create_batch(5)
    outbox.deliver()
    with CaptureQueriesContext(connection) as few:
        following.branch_changed(offer.get_parent())
    OfferFactory.create_batch(10)
    with django_assert_max_num_queries(len(few)):
        following.branch_changed(offer.get_parent())


def test_an_engine_says_in_one_way_that_it_is_down(no_server, search, home):
    with pytest.raises(EngineDown):
        engines.the_cluster().remove([1], NOW)


@pytest.mark.search_server
@pytest.mark.xdist_group("search_server")
def test_the_client_of_elasticsearch_is_asked_in_its_own_way(demo, settings, search):
    """No Elasticsearch is at hand in CI: its client speaks to OpenSearch, which a small proxy disguises."""
    with disguised_as_elasticsearch(settings) as server:
        outbox.rebuild()
        found = search("fr", q="pediatrie")
        assert not found.stands_in
        assert found.shown
        assert search("fr", q="stage", type="offers", field="medecine").facets[0].options[0].count
        document = SearchDocument.objects.first()
        server.write([document])
        server.remove([document.pk], NOW)
        drop(server)
        with pytest.raises(EngineDown):
            server.write([document])


def test_the_database_s_index_follows_even_when_the_server_lacks_a_thousand_changes(
    home, no_server, monkeypatch, search
):
    monkeypatch.setattr(outbox, "BATCH", 2)
    for number in range(5):
        OfferFactory(title=f"Balnéothérapie {number}")
    assert not outbox.deliver()
    OfferFactory(title="Hydrologie")
    assert not outbox.deliver()
    assert [result.title for result in search("fr", q="hydrologie").shown] == ["Hydrologie"]
    assert SearchChange.objects.filter(in_database=True).count() >= 6


def test_a_server_that_is_down_costs_one_line_in_the_log_and_one_when_it_is_back(
    home, commits, no_server, monkeypatch, caplog
):
    monkeypatch.setattr(outbox, "_waits", False)
    with commits():
        OfferFactory(title="Balnéothérapie")
    for _turn in range(3):
        outbox.deliver()
    assert [record.getMessage()[:30] for record in caplog.records] == ["Changes wait for the search en"]
    monkeypatch.setattr(outbox, "_tell", lambda cluster, ids: None)
    outbox.deliver()
    outbox.deliver()
    assert len(caplog.records) == 2, "it says once that all is well"


def _fail():
    raise EngineDown("it is down")


def test_a_page_that_cannot_be_read_stops_no_other(home, monkeypatch, search, caplog):
    bad, good = OfferFactory(title="Balnéothérapie"), OfferFactory(title="Hydrologie")
    read = outbox.documents_of

    def reading(ids):
        if bad.pk in ids:
            raise ValueError("a block that nobody knows")
        return read(ids)

    monkeypatch.setattr(outbox, "documents_of", reading)
    assert outbox.deliver()
    assert [result.title for result in search("fr", q="hydrologie").shown] == [good.title]
    assert f"Page {bad.pk}" in caplog.text
    outbox.rebuild_database()


def test_an_answer_that_nobody_understands_is_no_error_for_the_visitor(page, no_server, monkeypatch, client):
    monkeypatch.setattr(type(engines.the_cluster()), "search", lambda self, asked, seconds: {}["aggregations"])
    answer = client.get(page.url, {"q": "stage"})
    assert answer.status_code == 200
    assert answer.context["search"].stands_in

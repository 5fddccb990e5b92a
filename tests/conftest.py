"""What all tests share: a frozen day, no cache between tests, a site, people, and the demo territory."""

import gc
import os
import re
import shutil
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from core.jobs.at_commit import do_waiting
from core.limits import counters
from crawl import Crawl
from factories import NOW, UserFactory, the_home
from scenarios import empties_database, scenario_of, standing
from search import misses
from search.engines.catalogue import catalogue
from search.indexing.outbox import deliver
from search.reading import reader
from stored_databases import migrated_once, restore_demo, restore_migrated

DEMO = Path(__file__).resolve().parents[1] / "home" / "demo"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="36">'
    '<rect width="48" height="36" fill="#{colour:06x}"/></svg>'
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI nothing may be missing: a test that would be skipped fails with its reason."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"skipped, which is a failure in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """pytest-django makes its databases after this, one for each process: they are migrated once for all of them."""
    with migrated_once():
        yield


@pytest.fixture(autouse=True)
def _fresh():
    """Each test begins on the same day, in French, with empty caches (Wagtail caches addresses and renditions)."""
    cache.clear()
    counters.forget()
    catalogue.forget()
    reader.forget()
    misses.forget()
    with time_machine.travel(NOW), translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch):
    """A worker in a test works in the test's transaction, as Django's test client does for requests."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)


@pytest.fixture(scope="session", autouse=True)
def _media():
    """Pictures of tests go when the tests are over."""
    yield
    shutil.rmtree(Path(django_settings.MEDIA_ROOT).parent, ignore_errors=True)


def _home(db):
    """The home page of an empty site, which stands over all tests that begin from it (a scenario of its own)."""
    return the_home()


_home.scenario = the_home
home = pytest.fixture(_home, name="home")


@pytest.fixture
def editor(db):
    """An administrator."""
    return UserFactory()


@pytest.fixture
def admin(client, editor):
    """A browser in which an administrator is signed in."""
    client.force_login(editor)
    return client


# --- The demo ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def demo_files(tmp_path_factory):
    """The demo's territory files beside pictures that are quick to draw."""
    folder = tmp_path_factory.mktemp("demo")
    for path in DEMO.glob("*.yaml"):
        shutil.copy(path, folder)
    (folder / "illustrations").mkdir()
    for number, path in enumerate(sorted((DEMO / "illustrations").glob("*.svg"))):
        (folder / "illustrations" / path.name).write_text(SVG.format(colour=number * 40_000))
    return sorted(folder.glob("*.yaml"))


class LoadedDemo:
    """The demo, which stays over all tests that read it; loading takes a minute.

    It goes as soon as a test runs that does not ask for it. On SQLite it takes the whole database's place, from a copy
    that is made once (`stored_databases`); on PostgreSQL it is a scenario.
    """

    def __init__(self) -> None:
        self.here = False
        self.files = None

    def load(self, files):
        """Load, unless it is there."""
        self.files = files
        if connection.vendor != "sqlite":
            standing.enter(self.write)
        elif not self.here:
            standing.leave()
            restore_demo(self.write)
            self.here = True

    def write(self):
        """Write it as it is on the day on which it was written."""
        from core.loading.engine import prepare, write

        with time_machine.travel(NOW), translation.override("fr"):
            write(prepare(self.files, shift=True), lambda line: None)
            # What a commit would do.
            deliver()
            do_waiting()

    def leave(self):
        """Forget it."""
        if self.here:
            self.here = False
            restore_migrated(lambda: pytest.fail("the migrated database is not kept any more"))


_demo = LoadedDemo()


@pytest.fixture(scope="session")
def _all_ends(django_db_setup, django_db_blocker):
    """The last test's demo or scenario is rolled back too."""
    yield
    with django_db_blocker.unblock():
        standing.leave()
        _demo.leave()


@pytest.fixture
def _scenario_stands(request, _all_ends, django_db_blocker):
    """Comes before the fixtures of each test that asks for a scenario (`pytest_collection_modifyitems`)."""
    with django_db_blocker.unblock():
        standing.enter(scenario_of(request.node))


@pytest.fixture(scope="module")
def _demo_loaded(_all_ends, demo_files, django_db_blocker):
    with django_db_blocker.unblock():
        _demo.load(demo_files)


@pytest.fixture
def demo(_demo_loaded, db, settings):
    """The site as a demo, with the demo territory as it is on the day on which it was written."""
    settings.DEMO = True


@pytest.fixture
def wagtails_tasks():
    """A function that does the tasks of Wagtail's that wait for the commit: what is used where, the admin's search."""
    return do_waiting


@pytest.fixture
def crawl(demo, client):
    """What the demo answers, each page asked for once for all tests: `crawl("/fr/").html`."""
    return Crawl(client)


def pytest_itemcollected(item):
    """One process runs all tests that read the whole demo, and on PostgreSQL all that read any of it: see there.

    The mark must be there before xdist names the groups.
    """
    names = getattr(item, "fixturenames", ())
    if connection.vendor == "postgresql" and "demo" in names:
        item.add_marker(pytest.mark.xdist_group("demo"))
    elif "crawl" in names:
        item.add_marker(pytest.mark.xdist_group("crawl"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests that read the demo stand together, before those that empty the database.

    The one process that reads it on PostgreSQL begins with it, so that the others have enough left to do.
    """

    def rank(item):
        reads = (1 if connection.vendor == "sqlite" else -1) if "demo" in getattr(item, "fixturenames", ()) else 0
        return 2 if empties_database(item) else reads

    items.sort(key=rank)
    for item in items:
        for mark in item.iter_markers("django_db"):
            whole = not mark.kwargs.get("transaction") or mark.kwargs.get("serialized_rollback")
            assert whole, f"{item.nodeid}: without serialized_rollback=True it leaves half of what migrations make"
        if scenario_of(item):
            item.fixturenames[:0] = ["_scenario_stands", "db"]


def pytest_collection_finish():
    """Let the collector look at what tests make, not at all of Django and Wagtail each time: a sixth of the suite."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Leave the demo or scenario before a test that does not ask for it.

    A module asks for the demo once; come back to it for the next of its tests.
    """
    from pytest_django.plugin import blocking_manager_key

    reads_demo = "demo" in getattr(item, "fixturenames", ())
    wanted = _demo.write if reads_demo and connection.vendor != "sqlite" else scenario_of(item)
    with item.config.stash[blocking_manager_key].unblock():
        if standing.build is not None and standing.build != wanted:
            standing.leave()
        if not reads_demo:
            _demo.leave()
        elif _demo.files is not None:
            _demo.load(_demo.files)


# --- What tests ask of pages and of the database ------------------------------------------------------------------
@pytest.fixture
def text_of():
    """The words of an answer, without tags and with plain spaces."""

    def read(response):
        body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", response.content.decode())
        return re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]+>", " ", body))

    return read


@pytest.fixture
def snapshot():
    """A function that returns the whole database's content, to compare."""

    def read():
        content = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                content[table] = sorted(map(repr, cursor.fetchall()))
        return content

    return read

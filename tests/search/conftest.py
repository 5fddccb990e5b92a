"""The engines that search tests run against: the database, and the search servers that the environment names."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from servers import SERVERS, drop, use_server

from search import engines, finding
from search.finding import Search
from search.indexing import outbox

ENGINES = [
    "database",
    pytest.param("opensearch", marks=[pytest.mark.search_server, pytest.mark.xdist_group("search_server")]),
]
if SERVERS["elasticsearch"]:
    ENGINES.append(pytest.param("elasticsearch", marks=[pytest.mark.search_server]))


@pytest.fixture(params=ENGINES)
def engine(request, settings, monkeypatch):
    """Each engine in turn; the index of a server goes with the test."""
    if request.param == "database":
        yield engines.database
    else:
        yield from _served(settings, monkeypatch, request.param)


@pytest.fixture(params=ENGINES[1:])
def server(request, settings, monkeypatch):
    """Each search server in turn."""
    yield from _served(settings, monkeypatch, request.param)


def _served(settings, monkeypatch, family):
    """A server; the database may never answer for it, or nobody would notice what the server cannot do."""
    server = use_server(settings, family)
    stood_in = []

    def asked(question, until):
        answer, stands_in = engines.ask(question, until)
        stood_in.append(stands_in)
        return answer, stands_in

    monkeypatch.setattr(finding, "ask", asked)
    yield server
    assert not any(stood_in), "the database answered for the server"
    drop(server)
    engines.the_cluster.cache_clear()
    engines.wake()


@pytest.fixture
def search():
    """A function that searches as a visitor does: `search("en", q="GP", type="offers")`."""

    def run(language, **query):
        with translation.override(language):
            found = Search(RequestFactory().get("/", query), language)
            # Results are made when they are printed, in the reader's language.
            found.shown = [*found.best, *(result for group in found.groups for result in group.results), *found.results]
        return found

    return run


@pytest.fixture
def indexed(db):
    """A function that does what follows a commit: everything that has changed is indexed."""
    return outbox.deliver

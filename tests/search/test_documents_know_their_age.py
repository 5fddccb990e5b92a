"""The search keeps what its documents were made from: another filter, word or rule makes them anew, without a gap."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Q
from django.utils.translation import trans_real

from core.jobs.models import Job
from core.jobs.worker import run_due
from core.kinds import table
from core.kinds.table import kind_of
from core.lists.filters import Facet
from factories import OfferFactory
from search import timetable
from search.indexing import fingerprint as made_from
from search.indexing import outbox
from search.models import SearchDocument, SearchState
from territoire.models import InternshipOfferPage, OfferIndexPage


@pytest.fixture(autouse=True)
def _own_process():
    """A worker computes its fingerprint once: each test is a new one."""
    timetable._own_fingerprint.cache_clear()
    yield
    timetable._own_fingerprint.cache_clear()


@pytest.fixture
def offers(home):
    """Two offers that are in the index."""
    made = [OfferFactory(title="Balnéothérapie"), OfferFactory(title="Hydrologie")]
    outbox.deliver()
    return made


def warnings(capsys):
    """What `manage.py check` says of the search."""
    call_command("check", databases=["default"])
    return re.findall(r"search\.W\d+", capsys.readouterr().err)


@pytest.fixture
def new_filter(monkeypatch):
    """A function that adds a filter to the offers, as another version of the code does."""

    def add():
        kind = kind_of(InternshipOfferPage)

        class AnotherList:
            period, sorts = OfferIndexPage.period, OfferIndexPage.sorts

            @staticmethod
            def facets():
                thermal = Facet("thermal", "Thermal", [("yes", "Yes")], lambda value: Q(title__contains="Balnéo"))
                return [*OfferIndexPage.facets(), thermal]

        another = replace(kind, search=replace(kind.search, index=AnotherList))
        monkeypatch.setitem(table._kinds, InternshipOfferPage, another)

    return add


def test_an_index_that_this_code_made_is_not_old(offers, capsys):
    assert warnings(capsys) == []
    run_due()
    assert Job.objects.get(key="search.refresh").last_done_at is None


def test_an_empty_site_has_nothing_old(home, capsys):
    assert warnings(capsys) == []


def test_a_new_filter_is_named_by_check_and_found_once_a_worker_has_run(offers, new_filter, capsys):
    new_filter()
    assert warnings(capsys) == ["search.W001"]
    run_due()
    assert warnings(capsys) == []
    tagged = [document.title for document in SearchDocument.objects.all() if "thermal=yes" in document.tag_list()]
    assert tagged == ["Balnéothérapie"]


def test_readers_find_each_old_document_until_its_new_one_is_there(offers, search, monkeypatch):
    SearchState.objects.update(fingerprint="older")
    seen, write = [], outbox.engines.database.write

    def looking(documents):
        seen.append(search("fr", q="balneotherapie").shown)
        write(documents)
        seen.append(search("fr", q="balneotherapie").shown)

    monkeypatch.setattr(outbox.engines.database, "write", looking)
    run_due()
    assert seen
    assert all([result.title for result in found] == ["Balnéothérapie"] for found in seen)


def test_what_a_process_says_counts_not_what_the_catalogues_hold(offers, monkeypatch):
    """Catalogues that were compiled after Django had read the empty ones: it would store English, and say so."""
    spoken, catalogues = made_from.fingerprint(), list(made_from._catalogues())
    with monkeypatch.context() as empty:
        empty.setattr(trans_real, "_translations", {})
        empty.setattr(settings, "LOCALE_PATHS", [])
        empty.setattr(made_from, "_catalogues", lambda: iter(catalogues))
        unspoken = made_from.fingerprint()
    assert unspoken != spoken


@pytest.mark.parametrize(
    "file",
    [
        "text/languages.py",
        "text/lists/stopwords/fr.txt",
        "territoire/searching.py",
        "territoire/models/offer_index.py",
        "locale/de/LC_MESSAGES/django.po",
    ],
)
def test_a_rule_a_list_a_filter_and_a_catalogue_make_it_old(offers, file, monkeypatch):
    read = made_from.Path.read_text

    def edited(path, **options):
        return read(path, **options) + ("# changed" if str(path).endswith(file) else "")

    monkeypatch.setattr(made_from.Path, "read_text", edited)
    assert made_from.is_old()


def test_a_reindex_by_hand_makes_it_new(offers, capsys):
    SearchState.objects.update(fingerprint="older")
    call_command("search_reindex")
    assert not made_from.is_old()


def test_a_server_that_lacks_the_documents_gets_them(offers, server, search):
    """No command is needed for a server that is new."""
    assert made_from.server_is_old()
    run_due()
    assert not made_from.server_is_old()
    assert search("fr", q="balneotherapie").answer.kinds == {"offers": 1}


def test_every_process_of_one_version_agrees(client, offers):
    before = made_from.fingerprint()
    client.get("/fr/")
    client.get("/admin/login/")
    call_command("check")
    assert made_from.fingerprint() == before

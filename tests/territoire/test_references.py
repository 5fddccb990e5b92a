"""A reference names one offer: it is reserved as the code of its permanent link before anybody may have the link."""

import sqlite3
import threading

import pytest
from django.db import connection, connections

from core.models import PermanentLink
from factories import OfferFactory, days, languages, publish, translate
from territoire.models import InternshipOfferPage

ROUNDS = 5


def in_threads(*works):
    """Run each with a database connection of its own; raise what the first that failed has raised."""
    failed = []

    def run(work):
        try:
            work()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


@pytest.fixture
def one_database(monkeypatch, tmp_path):
    """A function after which further connections lead to what is there now: SQLite's in memory has but one."""

    def share():
        if connection.vendor != "sqlite":
            return
        file = tmp_path / "shared.sqlite3"
        with sqlite3.connect(file) as target:
            connection.connection.backup(target)
        target.close()
        monkeypatch.setitem(connections.settings["default"], "NAME", str(file))
        options = {"transaction_mode": "IMMEDIATE", "timeout": 60}
        monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)

    return share


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_editors_who_save_at_once_get_two_references(home, one_database):
    drafts = [OfferFactory(draft=True, start_date=None, reference="").pk for _ in range(2 * ROUNDS)]
    one_database()
    together = threading.Barrier(2, timeout=60)
    given = []

    def editor(first):
        def work():
            for pk in drafts[first::2]:
                offer = InternshipOfferPage.objects.get(pk=pk)
                offer.start_date = days(100)
                together.wait()
                offer.save()
                given.append(InternshipOfferPage.objects.get(pk=pk).reference)

        return work

    in_threads(editor(0), editor(1))
    year = days(100).year
    assert sorted(given) == [f"LC41-{year}-{number:03d}" for number in range(1, 2 * ROUNDS + 1)]


def test_the_link_of_a_draft_is_reserved_and_leads_nowhere_yet(home, client):
    publish(home)
    draft = OfferFactory(draft=True, reference="")
    address = f"/o/{draft.reference}"
    assert client.get(address, follow=True).status_code == 404
    assert draft.lasting_link is None
    publish(draft)
    assert client.get(address, follow=True).redirect_chain[-1][0] == draft.url


def test_a_reference_that_was_shown_is_not_given_to_another_offer(home):
    draft = OfferFactory(draft=True, reference="")
    shown = draft.reference
    draft.delete()
    assert OfferFactory(reference="").reference != shown
    assert PermanentLink.every.filter(code=shown).exists()


def test_translations_share_the_reference(home):
    publish(home)
    offer = publish(OfferFactory(reference=""))
    languages("en")
    translate(offer, "en", {"title": "Medicine"})
    assert set(InternshipOfferPage.objects.values_list("reference", flat=True)) == {offer.reference}
    assert PermanentLink.every.count() == PermanentLink.objects.count()

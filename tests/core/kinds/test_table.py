"""The table of kinds: what somebody forgets of a page type is named, and nothing depends on the order of apps."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test.utils import isolate_apps

from core.checks import kinds_are_complete, page_types_are_complete, page_types_have_templates
from core.kinds import table
from core.kinds.searchable import PAGES
from core.kinds.table import kind_of, page_types, record_of, result_kinds, searchable
from core.models import FrenchRecord
from search.models import SearchPage
from temoignages import models as temoignages
from territoire.models import EventIndexPage, EventPage, InternshipOfferPage, OfferIndexPage, Specialty
from tests.browser.pages import PATHS_OF_TYPES

pytestmark = pytest.mark.once


@pytest.fixture
def entry(monkeypatch):
    """Writes the entry of events anew, with what a developer forgot."""

    def write(**values):
        monkeypatch.setitem(table._kinds, EventPage, replace(kind_of(EventPage), **values))

    return write


def said():
    """The identifiers and sentences of all problems of page types."""
    found = [*page_types_are_complete(None), *kinds_are_complete(None), *page_types_have_templates(None)]
    return [(problem.id, problem.msg) for problem in found]


def test_the_site_has_all_that_a_page_type_needs():
    assert said() == []


def test_a_page_type_without_an_entry_is_named(monkeypatch):
    monkeypatch.delitem(table._kinds, EventPage)
    assert said() == [("core.E002", "EventIndexPage is in no kinds.py."), ("core.E002", "EventPage is in no kinds.py.")]
    with pytest.raises(SystemCheckError, match=r"EventPage is in no kinds\.py"):
        call_command("check")


def test_a_page_type_that_no_page_takes_is_named(entry):
    entry(index=None, parents=())
    assert ("core.E003", "No page takes EventPage under it.") in said()


@pytest.mark.parametrize("part", ["search", "section", "structured"])
def test_a_list_that_is_not_found_or_loaded_or_described_is_named_unless_that_is_meant(entry, part):
    entry(**{part: None})
    ((code, sentence),) = said()
    assert code == "core.E006"
    assert sentence.startswith("EventPage ")
    assert f"({part})" in sentence
    entry(**{part: None}, without=(part,))
    assert said() == []


def test_a_list_that_the_api_does_not_tell_is_named(monkeypatch):
    monkeypatch.delitem(table._records, EventPage)
    ((code, sentence),) = said()
    assert code == "core.E006"
    assert "EventPage is not told by the open API" in sentence


def test_a_record_of_the_api_without_an_example_is_named(monkeypatch):
    monkeypatch.setitem(table._records, EventPage, replace(record_of(EventPage), name="nobody-wrote-it"))
    assert said() == [("core.E007", "The API has no example of EventPage.")]


@pytest.mark.parametrize(("model", "attribute"), [(EventPage, "template"), (EventIndexPage, "card_template")])
def test_a_template_that_nobody_wrote_is_named(monkeypatch, model, attribute):
    monkeypatch.setattr(model, attribute, "territoire/nobody_wrote_it.html")
    sentence = f"{model.__name__} is printed by territoire/nobody_wrote_it.html, which is not there."
    assert said() == [("core.E009", sentence)]
    with pytest.raises(SystemCheckError, match=r"nobody_wrote_it\.html"):
        call_command("check")


def test_a_list_that_no_file_can_name_is_named(entry):
    entry(reference="")
    assert said() == [("core.E008", "No territory file can name the list of EventPage: its entry has no reference.")]


# --- What is read of the table --------------------------------------------------------------------------------------
def test_a_page_stands_under_its_list_and_the_list_under_the_home_page():
    assert [model.__name__ for model in EventPage.allowed_parent_page_models()] == ["EventIndexPage"]
    assert [model.__name__ for model in EventIndexPage.allowed_parent_page_models()] == ["HomePage"]
    assert EventIndexPage.allowed_subpage_models() == [EventPage]
    assert EventPage.allowed_subpage_models() == []


def test_lists_are_found_among_pages_and_the_search_page_is_not_found():
    assert searchable(EventIndexPage).kind is PAGES
    assert searchable(EventPage).kind.code == "events"
    assert searchable(SearchPage) is None
    assert list(result_kinds())[-1] == "pages"


def test_the_search_offers_the_orders_of_the_list_that_its_index_can_give():
    offers = searchable(InternshipOfferPage).kind
    assert offers.sorts == {
        code: (OfferIndexPage.sorts[code][0], column) for code, column in (("start", "starts"), ("deadline", "due"))
    }
    assert searchable(temoignages.TestimonialPage).kind.sorts == {}


def test_the_browser_looks_at_a_page_of_each_type(demo, client):
    """The search has addresses of its own there."""
    answers = [client.get(path) for path in PATHS_OF_TYPES.values()]
    seen = {type(answer.context["page"]) for answer in answers if answer.status_code == 200}
    assert set(page_types()) - seen == {SearchPage}


# --- Whatever the order of apps -------------------------------------------------------------------------------------
FOLLOWED = """
import django
django.setup()
from django.core.management import call_command
from django.db.models.signals import post_save
from search.indexing import following
from territoire.models import EventPage, Specialty
following.pages_changed = lambda pages: print("followed", *(type(page).__name__ for page in pages))
following.changed = lambda names: print("followed", *names)
following.pages_that_print = lambda records: [type(record).__name__ for record in records]
for model in (EventPage, Specialty):
    # There is no database: what else listens fails, and is let be.
    post_save.send_robust(sender=model, instance=model(id=1), created=False, raw=False, update_fields=None)
call_command("check")
"""


def test_the_search_follows_pages_and_records_although_it_stands_first_among_the_apps(tmp_path):
    names = "from config.settings.tests import *\nINSTALLED_APPS.remove('search')\nINSTALLED_APPS.insert(0, 'search')\n"
    (tmp_path / "search_first.py").write_text(names)
    root = Path(__file__).resolve().parents[3]
    path = os.pathsep.join([str(tmp_path), str(root), str(root / "site")])
    environment = os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "search_first"}
    done = subprocess.run([sys.executable, "-c", FOLLOWED], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "followed EventPage" in done.stdout
    assert "followed Specialty" in done.stdout


@isolate_apps("territoire")
def test_a_record_that_rests_on_another_record_is_one_too(monkeypatch):
    class Subspecialty(Specialty):
        class Meta:
            app_label = "territoire"

    monkeypatch.setattr("core.models.page.apps", Subspecialty._meta.apps)
    assert Subspecialty in FrenchRecord.all_types()

"""What each role may do at each address of the admin is as it is written down in role_table.txt.

A new address has no row, and fails here: measure it (`manage.py role_table --only part/of/the/address`), read what it
lets whom do, mend what is wrong (`core/access`), and add the rows.
"""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.urls import path
from wagtail.models import Page

from config import urls
from core.access import guards
from core.access.roles import WRITING, give_pages
from home.role_table import addresses
from home.role_table.measuring import BROKEN_REFUSAL, FAULT, LED_AWAY, Measuring, differences, from_text
from home.role_table.small_site import ROLES, build
from scenarios import scenario

pytestmark = pytest.mark.once

WRITTEN = Path(__file__).parent / "role_table.txt"
# Processes share the work.
PARTS = 4


@pytest.fixture(scope="module")
def written():
    """The table as it is written down."""
    return from_text(WRITTEN.read_text())


@scenario
def site():
    """The small site."""
    return build()


def only(table, labels):
    """The rows of these addresses."""
    return {label: table[label] for label in labels if label in table}


@pytest.mark.once
@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_may_do_what_is_written_and_no_more(site, written, part):
    labels = sorted(address.label for address in addresses.addresses(site))[part::PARTS]
    measured = dict(Measuring(site).rows(lambda address: address.label in set(labels)))
    assert differences(only(written, labels), measured) == []


def test_every_address_of_the_admin_has_a_row(site, written):
    labels = {address.label for address in addresses.addresses(site)}
    assert sorted(labels - written.keys()) == []
    assert sorted(written.keys() - labels) == []
    # Rows are several for an address that names something in several languages.
    assert len({pattern for pattern, _name, _parameters in addresses.patterns()}) > 300


def test_no_fault_is_written_down(written):
    """But for two of Wagtail's: where it tries its page for faults, and a step of an import without the step before."""
    faults = set(FAULT + BROKEN_REFUSAL + LED_AWAY)
    known = ["admin/failwhale/", "admin/redirects/import/process/"]
    assert [label for label, row in written.items() if set("".join(row.values())) & faults] == known


# --- Three planted faults -----------------------------------------------------------------------------------------
def found(site, written, part):
    """The differences of the addresses that hold `part`."""
    measured = dict(Measuring(site).rows(lambda address: part in address.label))
    assert measured
    return differences({label: row for label, row in written.items() if part in label}, measured)


def test_it_finds_a_view_that_no_longer_asks(site, written, monkeypatch):
    monkeypatch.setitem(guards.GUARDS, "wagtail_localize:update_translations", guards.anybody)
    assert found(site, written, "localize/update") == [
        "admin/localize/update/<translation_source_id>/, traduction: expected “--”, got “rP”"
    ]


def test_it_finds_an_address_without_a_row(site, written, settings):
    class Urls:
        urlpatterns = [path("admin/planted/", lambda request: HttpResponse("x"), name="planted"), *urls.urlpatterns]
        handler403, handler500 = urls.handler403, urls.handler500

    settings.ROOT_URLCONF = Urls
    assert found(site, written, "admin/planted/") == ["no row for admin/planted/"]


def test_it_finds_a_role_with_a_right_too_many(site, written):
    from django.apps import apps

    home = Page.objects.get(depth=2, locale__language_code="fr")
    give_pages(apps, Group.objects.get(name=WRITING), home, ["publish"])
    differing = found(site, written, "pages/<page_id>/unpublish/")
    assert differing == [
        "admin/pages/<page_id>/unpublish/ [fr], rédaction: expected “--”, got “rP”",
    ]


def test_the_roles_of_the_table_are_those_of_the_site(site):
    names = set(Group.objects.values_list("name", flat=True))
    assert set(ROLES.values()) - {""} <= names

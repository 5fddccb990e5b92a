"""One table of an offer's facts feeds the territory file's reader, the open data and the API: nothing is forgotten."""

import csv

import pytest
from django.utils import translation
from pydantic import BaseModel

from core.models import BasePage
from factories import OfferFactory, publish
from home.api import schemas
from territoire.loading import offers as loading
from territoire.models import InternshipOfferPage
from territoire.offer_facts.table import FACTS

pytestmark = pytest.mark.once

# Fields of the model that are no facts: computed for lists, or for editors alone.
NO_FACTS = {
    "latest_start",
    "earliest_end",
    "closings",
    "computed_at",
    "next_deadline",
    "open_framework_codes",
    "repeats",
}


def keys_of(schema, inside=""):
    """The keys of a record of the territory file, those of its objects with dots."""
    for key, field in schema.model_fields.items():
        nested = isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
        yield from keys_of(field.annotation, f"{inside}{key}.") if nested else [f"{inside}{key}"]


def test_each_fact_is_told_by_some_outlet():
    assert [fact.name for fact in FACTS if not (fact.key or fact.column or fact.api)] == []


def test_no_fact_has_a_name_of_another():
    for names in (
        [fact.name for fact in FACTS],
        [fact.key for fact in FACTS if fact.key],
        [fact.column.name for fact in FACTS if fact.column],
    ):
        assert sorted(names) == sorted(set(names))


def test_each_field_of_an_offer_is_in_the_table():
    own = {field.name for field in InternshipOfferPage._meta.local_concrete_fields} - {"page_ptr"}
    of_all_pages = {field.name for field in BasePage._meta.local_fields}
    told = {fact.attribute for fact in FACTS}
    assert own - of_all_pages - NO_FACTS - told == set()


def test_the_territory_file_knows_the_keys_of_the_table():
    in_table = {fact.key for fact in FACTS if fact.key}
    assert set(keys_of(loading.OfferRecord)) == in_table
    assert set(loading.OWN) - in_table == set()


def test_the_open_data_has_the_columns_of_the_table(client, home):
    publish(OfferFactory(title="Cardiologie"))
    text = b"".join(client.get("/data/offers.csv").streaming_content).decode()
    header, row = csv.reader(text.splitlines())
    described = [field["name"] for field in client.get("/data/offers.schema.json").json()["fields"]]
    assert header == described == [fact.column.name for fact in FACTS if fact.column]
    assert dict(zip(header, row, strict=True))["titre"] == "Cardiologie"


def test_the_api_tells_the_facts_of_the_table():
    own = set(schemas.Offer.model_fields) - set(schemas.LocatedRecord.model_fields)
    in_table = {fact.name for fact in FACTS if fact.api}
    assert own == in_table
    assert set(schemas.OWN) - in_table == set()


def test_a_fact_is_called_as_the_editor_s_form_calls_it():
    with translation.override("fr"):
        labels = {fact.name: fact.label for fact in FACTS}
    assert labels["start_date"] == "premier jour"
    assert labels["french"] == "français demandé"


def test_each_fact_that_an_editor_gives_has_a_panel():
    """A column that no panel shows is empty for ever, and nothing else says so. Files give the reference."""
    kept = {fact.attribute: InternshipOfferPage._meta.get_field(fact.attribute) for fact in FACTS if fact.attribute}
    given = {name for name, field in kept.items() if field.editable and field.model is InternshipOfferPage}
    forgotten = given - InternshipOfferPage.get_edit_handler().get_form_class().base_fields.keys() - {"reference"}
    assert not forgotten, f"no panel in content_panels shows {sorted(forgotten)}"

"""Blocks are code: they change without a migration, and a data migration finds what editors wrote."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.blocks import CharBlock

from core.fields.stream import StreamField
from factories import EditorialFactory, block
from home.models import EditorialPage

BODY = EditorialPage._meta.get_field("body")


def test_a_new_block_needs_no_migration(db, monkeypatch, capsys):
    monkeypatch.setitem(BODY.stream_block.child_blocks, "recipe", CharBlock(label="Recipe"))
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


@pytest.fixture
def historical(db):
    """The page as a data migration sees it."""
    return MigrationLoader(connection).project_state().apps.get_model("home", "EditorialPage").objects


def test_a_data_migration_changes_a_text_and_keeps_the_rest(historical):
    page = EditorialFactory(body=[block("prose", "<p>Un</p>"), block("quote", {"text": "Deux", "author": "Ana"})])
    before = page.body.get_prep_value()
    old = historical.get(pk=page.pk)
    assert [entry["type"] for entry in old.body.raw_data] == ["prose", "quote"]
    old.body.raw_data[0]["value"] = "<p>Uno</p>"
    old.save()
    page.refresh_from_db()
    assert page.body[0].value.source == "<p>Uno</p>"
    assert page.body.get_prep_value() == [{**before[0], "value": "<p>Uno</p>"}, before[1]]


def test_a_data_migration_writes_a_body_anew(historical):
    page = EditorialFactory(body=[block("prose", "<p>Un</p>")])
    old = historical.get(pk=page.pk)
    old.body = [{"type": "prose", "value": "<p>Deux</p>", "id": "1"}]
    old.save()
    page.refresh_from_db()
    assert page.body[0].value.source == "<p>Deux</p>"


def test_a_data_migration_meets_an_empty_body(historical):
    page = EditorialFactory(body=[])
    old = historical.get(pk=page.pk)
    assert list(old.body.raw_data) == []
    old.save()
    page.refresh_from_db()
    assert not page.body


def test_a_copy_of_the_field_has_its_blocks_and_limits():
    field = StreamField([("button", CharBlock())], max_num=3, blank=True)
    copy = field.clone()
    assert list(copy.stream_block.child_blocks) == ["button"]
    assert copy.stream_block.meta.max_num == 3
    assert not copy.stream_block.required

"""A database that was made by an older history of migrations: a demo makes room, anything else is left alone."""

import contextlib
import sqlite3

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import ConnectionHandler, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from core.checks import has_other_history
from home.loading.older_demo import set_aside_older_demo

OLDER = [("core", "0001_user"), ("core", "0002_media_and_site"), ("territoire", "0001_initial")]


def recorded(database, migrations):
    """Write down that a database has these migrations."""
    recorder = MigrationRecorder(database)
    recorder.ensure_schema()
    for app, name in migrations:
        recorder.record_applied(app, name)


@pytest.fixture
def demo_file(tmp_path, settings, django_db_blocker):
    """A function that makes a demo's SQLite file with these migrations, beside its media."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "loire.jpg").write_text("a picture")
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "site.sqlite3")}
    usual, file = connections["default"], ConnectionHandler({"default": engine})["default"]

    def make(migrations):
        recorded(file, migrations)
        return file

    with django_db_blocker.unblock():
        connections["default"] = file
        yield make
        file.close()
        connections["default"] = usual


def test_an_older_demo_is_set_aside_with_its_media(demo_file, tmp_path):
    database = demo_file(OLDER)
    cache.set("address-of-a-picture", "of the older demo")
    said = set_aside_older_demo(database)
    kept, media = sorted(tmp_path.glob("site-older-*.sqlite3")), sorted(tmp_path.glob("media-older-*"))
    assert len(kept) == len(media) == 1
    assert str(kept[0]) in said
    assert media[0].name in said
    assert (media[0] / "loire.jpg").read_text() == "a picture"
    assert {path.name for path in tmp_path.iterdir()} == {kept[0].name, media[0].name}
    assert cache.get("address-of-a-picture") is None
    with contextlib.closing(sqlite3.connect(kept[0])) as file:
        assert set(OLDER) <= set(file.execute("SELECT app, name FROM django_migrations"))


NEWER = [("core", "0001_user"), ("core", "0002_site")]
RENAMED = [*NEWER, ("core", "0003_once_called_so")]


@pytest.mark.parametrize("migrations", [[], NEWER[:1], NEWER, RENAMED])
def test_a_demo_that_waits_for_migrations_is_new_or_knows_one_by_another_name_stays(demo_file, tmp_path, migrations):
    database = demo_file(migrations)
    assert set_aside_older_demo(database) == ""
    assert {path.name for path in tmp_path.iterdir()} == {"site.sqlite3", "media"}


@pytest.fixture
def older(db):
    """The tests' database, which is no file, as an older history would have left it."""
    MigrationRecorder(connection).record_unapplied("core", "0002_site")
    recorded(connection, OLDER)


def test_migrate_refuses_a_database_of_an_older_history_and_says_what_to_do(older):
    with pytest.raises(SystemCheckError, match=r"docs/deployment\.md"):
        call_command("migrate", skip_checks=False)
    assert has_other_history(connection)


def test_a_demo_that_is_no_file_is_not_touched(older, settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="it was not touched"):
        call_command("load_demo")
    assert has_other_history(connection)


def test_a_database_of_a_later_version_is_no_older_one(db):
    recorded(connection, [("core", "0999_from_a_later_version")])
    assert not has_other_history(connection)

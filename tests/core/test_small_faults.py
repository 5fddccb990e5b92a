"""Something small is broken, and readers' pages are there all the same."""

import errno
import gettext
import os
import shutil
import tempfile

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import ConnectionHandler
from django.test import override_settings

from core.jobs.models import Worker
from core.languages.catalogues import mend_catalogues
from core.models import Menu, SiteSettings
from core.web.health import ready
from factories import (
    NOW,
    EditorialFactory,
    OfferFactory,
    SpecialtyFactory,
    languages,
    online,
    publish,
    translate,
    version,
)

pytestmark = pytest.mark.once


@pytest.fixture
def kept(tmp_path):
    """The site's own kind of cache, in a folder of its own."""
    folder = tmp_path / "cache"
    forgiving = {
        "BACKEND": "core.cache.file_cache.ForgivingFileCache",
        "LOCATION": folder,
        "OPTIONS": {"MAX_ENTRIES": 30},
    }
    with override_settings(CACHES={"default": forgiving}):
        yield folder


def entries(folder):
    return sorted(folder.glob("*.djcache"))


def torn(folder):
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbage(folder):
    for path in entries(folder):
        path.write_bytes(b"\x80\x05garbage")


def empty(folder):
    for path in entries(folder):
        path.write_bytes(b"")


def expired_half(folder):
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[:5])


def other_python(folder):
    """A class that is gone, as after an update."""
    for path in entries(folder):
        path.write_bytes(b"cgone.module\nThing\n.")


def folders(folder):
    for path in entries(folder):
        path.unlink()
        path.mkdir()


def gone(folder):
    shutil.rmtree(folder)


def a_file(folder):
    shutil.rmtree(folder)
    folder.write_text("")


@pytest.mark.parametrize("break_it", [torn, garbage, empty, expired_half, other_python, folders, gone, a_file])
def test_readers_have_their_pages_whatever_became_of_the_cache(kept, client, home, break_it):
    page = EditorialFactory()
    for url in ("/fr/", page.url):
        assert client.get(url).status_code == 200
    assert entries(kept)
    break_it(kept)
    for url in ("/fr/", page.url, "/fr/"):
        assert client.get(url).status_code == 200


def no_space(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(*args, **kwargs):
    raise OSError(errno.EROFS, "Read-only file system")


@pytest.mark.parametrize("fault", [no_space, read_only])
def test_a_full_or_read_only_disk_is_a_cache_that_remembers_nothing(kept, client, home, monkeypatch, fault, caplog):
    monkeypatch.setattr(tempfile, "mkstemp", fault)
    cache.clear()
    assert client.get("/fr/").status_code == 200
    assert "The cache cannot be written" in caplog.text
    assert not entries(kept)


def test_what_cannot_be_renewed_is_forgotten_rather_than_old(kept, monkeypatch):
    cache.set("menu", "old")
    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "mkstemp", no_space)
        cache.set("menu", "new")
    assert cache.get("menu") is None


def test_a_cache_that_cannot_even_be_emptied_is_passed_by(kept, monkeypatch):
    cache.set("menu", "old")
    entries(kept)[0].write_bytes(b"garbage")
    monkeypatch.setattr(os, "remove", read_only)
    assert cache.get("menu", "none") == "none"
    assert cache.get_or_set("menu", lambda: "made") == "made"
    assert not cache.delete("menu")
    cache.clear()


def test_a_folder_nobody_may_write_stops_no_start():
    forgiving = {"BACKEND": "core.cache.file_cache.ForgivingFileCache", "LOCATION": "/proc/nowhere/cache"}
    with override_settings(CACHES={"default": forgiving}):
        assert cache.get_or_set("menu", lambda: "made") == "made"


def test_room_is_made_by_what_was_kept_longest_ago(kept):
    for number in range(30):
        cache.set(f"page-{number}", number)
        path = max(entries(kept), key=lambda path: path.stat().st_mtime_ns)
        os.utime(path, (number, number))
    cache.set("one-more", 30)
    assert cache.get("one-more") == 30
    assert [number for number in range(30) if cache.get(f"page-{number}") is None] == list(range(10))


# --- Catalogues -------------------------------------------------------------------------------------------------
def spoken():
    """What a site with these catalogues says in each of its languages."""
    folder = django_settings.LOCALE_PATHS[0]
    return {
        language: gettext.translation("django", folder, [language], fallback=True).gettext("This page is not here")
        for language in TEXTS
    }


TEXTS = {"fr": "Cette page n’est pas ici", "de": "Diese Seite ist nicht hier"}


def make_catalogues(folder):
    """One message in two languages, not compiled."""
    for language, text in TEXTS.items():
        (folder / language / "LC_MESSAGES").mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        message = f'\nmsgid "This page is not here"\nmsgstr "{text}"\n'
        (folder / language / "LC_MESSAGES" / "django.po").write_text(head + message)


def compiled(folder, content):
    for source in folder.glob("*/LC_MESSAGES/django.po"):
        source.with_suffix(".mo").write_bytes(content)


def torn_catalogues(folder):
    compiled(folder, b"\xde\x12\x04\x95\0\0\0\0\x09\0\0\0")


def catalogues_of_garbage(folder):
    compiled(folder, b"garbage")


def folders_instead_of_catalogues(folder):
    """What cannot be removed nor written, even by root."""
    for source in folder.glob("*/LC_MESSAGES/django.po"):
        (source.with_suffix(".mo") / "in the way").mkdir(parents=True)


def nothing(folder):
    """A fresh clone."""


@pytest.mark.parametrize("break_it", [nothing, torn_catalogues, catalogues_of_garbage, folders_instead_of_catalogues])
def test_a_site_speaks_all_languages_whatever_became_of_its_catalogues(tmp_path, settings, break_it):
    make_catalogues(tmp_path)
    break_it(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    mend_catalogues()
    assert spoken() == TEXTS


def test_a_catalogue_whose_source_is_torn_too_speaks_english_and_holds_up_no_other(tmp_path, settings):
    make_catalogues(tmp_path)
    torn_catalogues(tmp_path)
    (tmp_path / "de" / "LC_MESSAGES" / "django.po").write_bytes(b'msgid "open\nmsgstr \xff')
    settings.LOCALE_PATHS = [tmp_path]
    mend_catalogues()
    assert spoken() == TEXTS | {"de": "This page is not here"}


# --- Records ----------------------------------------------------------------------------------------------------
def test_pages_stand_without_the_records_around_them(client, home):
    """No menu, no settings, no translation of a specialty, host or supervisor: French stands in, or nothing."""
    languages("en")
    specialty = SpecialtyFactory()
    offer = publish(OfferFactory(specialty=specialty))
    translate(offer, "en", {"title": "Placement"})
    version(specialty, "en") and version(specialty, "en").delete()
    Menu.objects.all().delete()
    SiteSettings.objects.all().delete()
    urls = ["/fr/", "/en/", offer.url, offer.get_parent().url]
    assert [client.get(url).status_code for url in urls] == [200] * len(urls)
    assert "Placement" in online(client, offer, "en")


# --- Health -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/healthz", "/health/live", "/health/live/"])
def test_a_process_that_answers_is_alive_by_any_name_and_without_its_database(client, settings, address):
    """No database fixture: a query would fail this test."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["stages.exemple.fr"], True
    answer = client.get(address, headers={"host": "10.0.0.7:8000"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"
    assert client.head(address).status_code == 200
    assert client.post(address).status_code == 405


def test_a_site_is_ready_when_it_has_what_a_reader_needs(client, db, settings):
    settings.ALLOWED_HOSTS = []
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "parts": {"database": "ok", "migrations": "ok", "disk": "ok", "jobs": "not seen for ten minutes"},
    }
    Worker.objects.create(name="one", started_at=NOW, seen_at=NOW)
    assert client.get("/health/ready").json()["parts"]["jobs"] == "ok"


def test_a_site_whose_migrations_wait_is_not_ready(client, db):
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="core").last().delete()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["migrations"]) == (503, "missing")
    assert answer.json()["status"] == "failing"


def test_a_site_without_room_for_a_file_is_not_ready(client, db, settings, monkeypatch):
    settings.MEDIA_ROOT = "/proc/nowhere"
    assert client.get("/health/ready").json()["parts"]["disk"] == "not writable"
    settings.MEDIA_ROOT = tempfile.gettempdir()
    monkeypatch.setattr("core.web.health.SPACE", 2**80)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["disk"]) == (503, "full")


def test_a_site_without_its_database_is_not_ready_and_tells_no_secret(client, db, monkeypatch, tmp_path):
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "hidden" / "site.sqlite3")}
    monkeypatch.setattr("core.web.health.connection", ConnectionHandler({"default": engine})["default"])
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    parts = answer.json()["parts"]
    assert parts | {"jobs": ""} == {"database": "unreachable", "migrations": "unknown", "disk": "ok", "jobs": ""}


def test_readiness_asks_little_of_the_database(db, django_assert_max_num_queries):
    ready()
    with django_assert_max_num_queries(3):
        ready()

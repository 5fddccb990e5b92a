"""A database that is locked too long: the answer is true, and nothing that was typed is lost."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import FieldError
from django.db import DatabaseError, OperationalError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from core.web.busy import is_busy
from factories import PASSWORD, StrengthFactory, languages, publish

LOCKED = OperationalError("database is locked")


@pytest.fixture
def browser(editor):
    """An administrator's browser that shows failures as visitors see them."""
    browser = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    browser.force_login(editor)
    return browser


def locked(*args, **kwargs):
    raise LOCKED


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        (LOCKED, True),
        (OperationalError("database table is locked: core_user"), True),
        (OperationalError("canceling statement due to lock timeout"), True),
        (OperationalError("connection to server failed: Connection refused"), True),
        (OperationalError("no such table: core_user"), False),
        (OperationalError("attempt to write a readonly database"), False),
        (OperationalError('fts5: syntax error near ""'), False),
        (OperationalError("unterminated string"), False),
        (OperationalError('malformed MATCH expression: [a"]'), False),
        (DatabaseError("x"), False),
        (FieldError("x"), False),
        (None, False),
    ],
)
def test_what_waiting_mends_is_told_from_what_is_broken(error, busy):
    assert is_busy(error) is busy


def test_an_editor_reads_that_nothing_was_saved_and_sends_it_again(browser, home, monkeypatch, text_of):
    page = StrengthFactory(title="Avant")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    typed = {"title": "Après", "summary": '\n<b>Deux</b>\n"lignes" & plus', "slug": "apres"}
    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.post", locked)
    answer = browser.post(address, typed)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "Nothing was saved" in text_of(answer)
    form = BeautifulSoup(answer.content, "html.parser").form
    assert form["action"] == address
    # A textarea's first line break is not part of its text.
    sent = {field["name"]: field.text.removeprefix("\n") for field in form.find_all("textarea")}
    assert sent == typed
    page.refresh_from_db()
    assert page.title == "Avant"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_committed_is_not_called_lost(browser, home, monkeypatch, text_of):
    page = StrengthFactory(title="Avant")

    def post(view, request, *args, **kwargs):
        type(page).objects.filter(pk=page.pk).update(title="Après")
        transaction.on_commit(locked)
        return HttpResponse()

    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.post", post)
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Après"})
    assert answer.status_code == 503
    assert "was saved" in text_of(answer)
    assert "<form" not in answer.content.decode()
    page.refresh_from_db()
    assert page.title == "Après"


def test_the_editors_autosave_is_told_as_it_expects(browser, home, monkeypatch):
    page = StrengthFactory()
    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.post", locked)
    headers = {"Accept": "application/json"}
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "x"}, headers=headers)
    assert answer.status_code == 503
    assert answer.json()["success"] is False


def test_a_password_is_not_written_into_the_page(editor, monkeypatch):
    monkeypatch.setattr(SessionStore, "save", locked)
    browser = Client(raise_request_exception=False)
    answer = browser.post("/admin/login/", {"username": editor.username, "password": PASSWORD})
    assert answer.status_code == 503
    assert PASSWORD not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "says"), [("fr", "occupé"), ("en", "busy"), ("es", "ocupado"), ("de", "ausgelastet")]
)
def test_a_reader_is_told_in_their_language(home, monkeypatch, language, says):
    publish(home)
    languages()
    monkeypatch.setattr("core.web.views.Site.find_for_request", locked)
    answer = Client(raise_request_exception=False, headers={"Accept-Language": language}).get("/theme.css")
    assert answer.status_code == 503
    assert says in answer.content.decode()
    assert not re.search("[Nn]othing was saved", answer.content.decode())


def test_other_faults_are_faults(home, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("no such table: home_homepage")

    monkeypatch.setattr("wagtail.models.Page.serve", broken)
    assert Client(raise_request_exception=False).get(home.url).status_code == 500

"""Asks every address as every role, and says what happened."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from unittest import mock

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.template.backends.django import Template
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from .addresses import Address, addresses
from .bodies import ELSEWHERE, Body, body, harvest
from .small_site import ROLES, SmallSite

REFUSED, NOTHING, ANSWERED, STORED, PUBLIC = "-", ".", "r", "w", "P"
# Never expected: a fault, a refusal that changed something, an address of another site that was followed.
FAULT, BROKEN_REFUSAL, LED_AWAY = "!", "X", ">"
LEGEND = """\
# What each role may do at each address of the admin: GET, then POST, as measured by requests on a small site.
# - refused  . nothing there (404, 405, 400)  r answered  w something stored  P what readers see has changed
# The translator is of English. Made by: manage.py role_table
"""
WRITING = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) ["`]?(\w+)', re.IGNORECASE)
# What any request may write.
NOISE = {
    "django_session",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
    "wagtailadmin_formstate",
    "django_content_type",
    "wagtailimages_rendition",
    "core_siterendition",
}
# Tables that readers see; live pages are compared themselves.
READ = ["wagtailcore.PageViewRestriction", "core.SiteSettings", "territoire.LearningAgreementTexts"]
READ += ["wagtailredirects.Redirect", "wagtailcore.Site", "wagtailcore.Locale"]
# These are PUT, and nothing else.
PUT = {"wagtail_localize:edit_string_translation", "wagtail_localize:edit_override"}
# These publish when the transaction has ended.
LATE = ("wagtail_localize:", "wagtailadmin_pages:edit")

Row = tuple[str, dict[str, str]]


class Measuring:
    """A browser for each role, on a small site. Each request is undone."""

    def __init__(self, site: SmallSite) -> None:
        self.site = site
        self.browsers = {role: self._browser(user) for role, user in site.people.items()}
        models = [apps.get_model(label) for label in READ] + get_snippet_models()
        self.read = {model._meta.db_table for model in models}

    @staticmethod
    def _browser(user: Any) -> Client:
        browser = Client(raise_request_exception=False)
        if user is not None:
            browser.force_login(user)
        return browser

    def rows(self, chosen: Callable[[Address], bool] = lambda address: True) -> Iterator[Row]:
        """Yield (label, {role: its two letters}) of each chosen address."""
        ContentType.objects.clear_cache()
        self.before = self._readers_see()
        for address in addresses(self.site):
            if chosen(address):
                with in_silence():
                    posted = body(self.site, address, self._form(address))
                    cells = {role: self._cell(address, role, posted) for role in ROLES}
                yield address.label, cells

    def _form(self, address: Address) -> Body:
        """Return the fields of the form at an address, as somebody with all rights sees it."""
        if not _has_form(address):
            return {}
        with undone():
            answer = self.browsers["chief"].get(address.url)
        content = b"".join(answer) if answer.streaming else answer.content
        if answer.get("Content-Type", "").startswith("application/json") and answer.status_code == 200:
            content = str(answer.json().get("html", "")).encode()
        return harvest(content.decode(errors="replace"))

    def _cell(self, address: Address, role: str, posted: Body) -> str:
        # A translator of English meets a page of Spanish as everybody else meets any: one column says enough.
        if address.language == "es" and role != "traduction":
            return "  "
        return "".join(self._letter(address, role, method, posted) for method in ("get", "post"))

    def _letter(self, address: Address, role: str, method: str, posted: Body) -> str:
        browser = self.browsers[role]
        cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
        url = address.url
        if not address.view_name.startswith("wagtailadmin_api:"):  # which refuses what it does not know
            url += f"{'&' if '?' in url else '?'}next={ELSEWHERE}"
        written: set[str] = set()
        with undone(), unrendered(), noting(written), late(address):
            if method == "get":
                answer = browser.get(url)
            elif address.view_name in PUT:
                answer = browser.put(url, encode_multipart(BOUNDARY, posted), content_type=MULTIPART_CONTENT)
            else:
                answer = browser.post(url, posted)
            seen = bool(written) and self._readers_see() != self.before
        browser.cookies = cookies
        if written:
            cache.clear()
        for value in posted.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return self._judge(answer, written, seen)

    def _judge(self, answer: HttpResponseBase, written: set[str], seen: bool) -> str:
        to = answer.get("Location", "")
        if to.startswith(ELSEWHERE):
            return LED_AWAY
        if answer.status_code in {401, 403} or to.startswith("/admin/login/"):
            return BROKEN_REFUSAL if written else REFUSED
        if answer.status_code >= 500:
            return FAULT
        if seen or written & self.read:
            return PUBLIC
        if written:
            return STORED
        return NOTHING if answer.status_code in {400, 404, 405} else ANSWERED

    @staticmethod
    def _readers_see() -> list[Any]:
        pages = Page.objects.filter(live=True).order_by("pk")
        return list(pages.values_list("pk", "path", "title", "slug", "alias_of", "live_revision"))


def _has_form(address: Address) -> bool:
    name = address.view_name.rpartition(":")[2]
    return name in {
        "add",
        "add_task",
        "edit",
        "edit_task",
        "copy",
        "create",
        "revisions_revert",
        "wagtailadmin_account",
    }


@contextmanager
def undone() -> Iterator[None]:
    """Take everything back in the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def in_silence() -> Iterator[None]:
    """Log nothing: refusals are what is asked for."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def unrendered() -> Iterator[None]:
    """Print nothing: what templates print is no right, and takes most of the time."""
    with mock.patch.object(Template, "render", return_value=SafeString("")):
        yield


@contextmanager
def noting(written: set[str]) -> Iterator[None]:
    """Note the tables that are written to."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITING.match(sql)
        if found and found[1] not in NOISE:
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


@contextmanager
def late(address: Address) -> Iterator[None]:
    """Do what wagtail-localize does after the transaction."""
    if address.view_name.startswith(LATE):
        with TestCase.captureOnCommitCallbacks(execute=True):
            yield
    else:
        yield


# --- As a file ----------------------------------------------------------------------------------------------------
def as_text(rows: Iterable[Row]) -> str:
    """Write the table, addresses in the order of their letters."""
    lines = {label: "  ".join(f"{cells[role]:<{len(role)}}" for role in ROLES).rstrip() for label, cells in rows}
    width = max(map(len, lines), default=0)
    head = f"{'# address':<{width}}  {'  '.join(ROLES)}"
    return LEGEND + "\n".join([head, *(f"{label:<{width}}  {lines[label]}" for label in sorted(lines))]) + "\n"


def from_text(text: str) -> dict[str, dict[str, str]]:
    """Read a table: {label: {role: its two letters}}."""
    head, *lines = [line for line in text.splitlines() if line and (not line.startswith("# ") or "address" in line[:9])]
    places = {role: head.index(role, head.index("anonymous")) for role in ROLES}
    start = places["anonymous"]
    return {
        line[:start].rstrip(): {role: f"{line[place : place + 2]:<2}" for role, place in places.items()}
        for line in lines
    }


def differences(expected: dict[str, dict[str, str]], measured: dict[str, dict[str, str]]) -> list[str]:
    """Name each address without a row, each row without an address, and each cell that is not as expected."""
    found = [f"no row for {label}" for label in sorted(measured.keys() - expected.keys())]
    found += [f"no address for {label}" for label in sorted(expected.keys() - measured.keys())]
    for label in sorted(measured.keys() & expected.keys()):
        for role in ROLES:
            if measured[label][role] != expected[label][role]:
                found.append(f"{label}, {role}: expected “{expected[label][role]}”, got “{measured[label][role]}”")
    return found

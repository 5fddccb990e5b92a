"""What the site writes down: of refusals a line, of faults the whole way through the code."""

import logging

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

pytestmark = pytest.mark.once


@pytest.fixture
def written(caplog):
    """What the console writes: caplog with the console's own filters and form."""
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        caplog.handler.addFilter(one := import_string(settings.LOGGING["filters"][name]["()"])())
    caplog.handler.setFormatter(logging.Formatter("%(message)s"))
    yield caplog
    caplog.handler.removeFilter(one)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/fr/a%00b/", {}, 400),
        ("/fr/", {"host": "ailleurs.example"}, 400),
        ("/fr/nowhere/", {}, 404),
        ("/admin/logout/", {}, 405),
    ],
)
def test_a_refusal_is_one_line(client, home, settings, written, address, headers, status):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get(address, headers=headers).status_code == status
    assert "Traceback" not in written.text
    assert all("\n" not in record.getMessage() for record in written.records)


def test_a_right_that_is_missing_is_one_line_and_a_fault_keeps_its_way(client, home, written, monkeypatch):
    def refuse(request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    def break_down(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    client.raise_request_exception = False
    monkeypatch.setattr("core.web.views.SiteSettings.asked", refuse)
    assert client.get("/theme.css").status_code == 403
    assert "Traceback" not in written.text
    assert "/theme.css" in written.text
    monkeypatch.setattr("core.web.views.SiteSettings.asked", break_down)
    assert client.get("/theme.css").status_code == 500
    assert "ZeroDivisionError" in written.text

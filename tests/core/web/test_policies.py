"""What a browser may do with an answer."""

import pytest
from django.conf import settings

from factories import DocumentFactory, ImageFactory

pytestmark = pytest.mark.once

STRICT = ["/admin/login/", "/admin/password_reset/", "/admin/password_reset/confirm/x/y/"]


def policy(answer):
    """The content policy of an answer, as {directive: values}."""
    parts = answer["Content-Security-Policy"].split("; ")
    return {name: set(values) for name, *values in (part.split(" ") for part in parts)}


@pytest.mark.parametrize("address", STRICT)
def test_where_one_signs_in_no_script_stands_in_the_page(client, home, address):
    found = policy(client.get(address))
    assert found["script-src"] == found["style-src"] == {"'self'"}
    assert found["default-src"] == {"'none'"}
    assert found["form-action"] == {"'self'"}


@pytest.mark.parametrize("address", ["/admin/", "/admin/pages/", "/admin/nothing-here/", "/admin/api/main/pages/"])
def test_the_admin_runs_nothing_of_others_and_nothing_in_attributes(admin, home, address):
    found = policy(admin.get(address))
    assert found["script-src"] == {"'self'", "'unsafe-inline'"}
    assert "'unsafe-inline'" not in found["script-src-attr"]
    assert found["default-src"] == found["base-uri"] == {"'none'"}
    assert found["connect-src"] == found["form-action"] == found["frame-ancestors"] == {"'self'"}


def test_a_picture_is_shown_while_it_is_uploaded_in_the_admin_only(admin, home):
    assert "blob:" in policy(admin.get("/admin/images/multiple/add/"))["img-src"]
    for address in (home.url, "/admin/login/"):
        assert "blob:" not in policy(admin.get(address))["img-src"]


def test_every_answer_has_a_permissions_policy(client, home):
    document, image = DocumentFactory(), ImageFactory()
    addresses = [home.url, "/admin/login/", "/rien", "/healthz", "/static/css/site.css", "/api/v1/offers"]
    addresses += [document.url, image.file.url]
    for address in addresses:
        header = client.get(address)["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(header.split(", ")), address
    assert settings.MIDDLEWARE[0] == "core.web.policies.PermissionsPolicyMiddleware"

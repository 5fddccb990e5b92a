"""A page of another origin shows our offers in a frame; no other page of ours lets itself be framed."""

import http.server
import json
import re
import threading
import urllib.request
from functools import partial

import pytest
from playwright.sync_api import expect

from territoire.outlets.links import frame_height


@pytest.fixture
def elsewhere(tmp_path):
    """Write a page that another site serves: `elsewhere(html)` returns its address."""
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def write(html):
        (tmp_path / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>Fachschaft</title>{html}")
        return f"http://127.0.0.1:{server.server_port}/"

    yield write
    server.shutdown()


def test_a_students_union_shows_three_offers_on_its_own_site(visit, elsewhere, demo):
    """The code is the one that a partner university's page offers to copy."""
    with urllib.request.urlopen(f"{demo}/api/v1/partners?lang=en&field=medecine") as answer:
        partner = visit(json.load(answer)["results"][0]["url"])
    code = partner.locator("#share-embed").input_value()
    page = visit(elsewhere(code), width=360)
    frame = page.frame_locator("iframe")
    expect(frame.locator("h2")).to_have_count(3)
    assert frame.locator("html").get_attribute("lang") == "en"
    link = frame.locator("h2 a").first
    assert link.get_attribute("href").startswith(f"{demo}/en/")
    with page.context.expect_page() as opened:
        link.click()
    assert opened.value.locator("h1").inner_text() in link.inner_text()
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_offers_fit_into_the_frame(visit, language, count):
    page = visit(f"/{language}/embed/offres?count={count}", width=360)
    height = page.evaluate("document.body.offsetHeight")
    assert height <= frame_height(page.locator("li").count())


@pytest.mark.parametrize("path", ["/fr/", "/en/", "/api/v1/docs", "/o/LC41-2027-001"])
def test_no_other_page_lets_itself_be_framed(visit, elsewhere, demo, path):
    said = []
    page = visit(elsewhere(f'<iframe src="{demo}/fr/embed/offres"></iframe>'))
    page.on("console", lambda message: said.append(message.text))
    page.goto(elsewhere(f'<iframe src="{demo}{path}"></iframe>'))
    page.wait_for_timeout(500)
    assert any(re.search(r"frame-ancestors|X-Frame-Options", text) for text in said), said
    assert page.frames[1].url.startswith("chrome-error:")

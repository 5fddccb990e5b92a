"""A real demo and a real Chromium."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from served import served_demo

# Playwright keeps a loop running in the worker's only thread; Django would then refuse the database to all other tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Other tests keep the cores busy.
expect.set_options(timeout=15_000)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    """All browser tests run in one worker, which starts the demo once; without Chromium they say why they do not."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="Chromium is missing: install it or set CHROMIUM to its path"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The address of a freshly loaded demo, whose API may be asked as often as a tool wants."""
    with served_demo(tmp_path_factory.mktemp("demo"), API_RATE="1000000/m", API_SEARCH_RATE="1000000/m") as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def open_page(chromium, demo):
    """A function that opens a page as a visitor with nothing stored, in a context that the caller closes."""

    def opened(path, width=1280, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=demo, **options)
        page = context.new_page()
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        # IGN's tiles are out of reach here, and no matter of ours.
        page.route("https://data.geopf.fr/**", lambda route: route.fulfill(status=204))
        page.goto(path)
        return page

    return opened


@pytest.fixture
def visit(open_page):
    """Open a page: `visit("/fr/", width=360)`; tiles are answered here."""
    pages = []

    def opened(path, **options):
        pages.append(open_page(path, **options))
        return pages[-1]

    yield opened
    for page in pages:
        page.context.close()

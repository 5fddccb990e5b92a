"""A page on paper: what one reads, with the link and the code that lead back."""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.browser.pages import PATHS_OF_TYPES

OFFER = PATHS_OF_TYPES["offer"]


@pytest.fixture
def printed(visit):
    """A page as it is printed."""

    def open_page(path, **options):
        page = visit(path, width=794, **options)  # A4 at 96 pixels an inch
        page.emulate_media(media="print", color_scheme=options.get("color_scheme", "light"))
        return page

    return open_page


def test_an_offer_on_paper_has_deadline_reference_link_and_a_code_that_leads_back(printed, demo):
    page = printed(OFFER)
    assert page.locator(".deadline").is_visible()
    assert page.locator(".ask .reference").is_visible()
    assert page.locator(".paper").inner_text().endswith("/o/LC41-2027-001")
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".paper svg").screenshot())))
    assert code.text == page.locator(".paper").inner_text().strip()
    for hidden in ("form", ".site-nav", ".languages", ".share", ".breadcrumb", ".button", ".site-footer nav"):
        assert not any(found.is_visible() for found in page.locator(hidden).all()), hidden


def test_a_filtered_list_on_paper_leads_back_to_itself(printed):
    page = printed("/fr/stages/?field=medecine")
    assert page.locator(".paper").inner_text().endswith("/fr/stages/?field=medecine")
    assert page.locator(".offer-card").first.is_visible()
    second = printed("/fr/stages/?page=2")
    assert second.locator(".paper").inner_text().endswith("/fr/stages/?page=2")
    assert second.locator("#results-title").inner_text().endswith("page 2")
    assert not page.locator(".card-picture").first.is_visible()


def test_what_an_offer_folds_is_printed(printed):
    page = printed(OFFER)
    for folded in ("#papers .fold p", ".frameworks .fold dl", ".recognition .fold dl"):
        assert all(found.is_visible() for found in page.locator(folded).all()), folded
        assert page.locator(folded).count(), folded


def test_answers_are_printed_though_they_are_closed_on_the_screen(printed):
    page = printed("/fr/questions-frequentes/")
    assert all(answer.is_visible() for answer in page.locator(".answer").all())

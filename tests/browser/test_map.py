"""The map with the keyboard, a screen reader, and on a small telephone."""

import pytest
from playwright.sync_api import expect

FOCUSED = "document.activeElement.matches(%r)"


@pytest.fixture
def opened(visit):
    """Open the map of the list of offers with the keyboard."""

    def open_map(path="/fr/stages/", **options):
        page = visit(path, **options)
        page.locator("[data-map-open]").focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".map-pin")
        return page

    return open_map


def test_who_opens_the_map_stays_where_they_are_and_escape_leads_back(opened):
    page = opened()
    button = page.get_by_role("button", name="Fermer la carte")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "true")
    pin = page.locator(".map-pin").first
    pin.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-popup")).to_be_visible()
    expect(pin).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED % ".leaflet-popup *"), "the popup comes next after its pin"
    page.keyboard.press("Escape")
    expect(page.locator(".map-popup")).to_have_count(0)
    expect(pin).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-map-frame]")).to_be_hidden()
    expect(page.get_by_role("button", name="Afficher la carte")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-map-frame]")).to_be_visible()


def test_a_pin_has_a_short_name_and_controls_speak_the_reader_s_language(opened):
    page = opened()
    names = [pin.get_attribute("aria-label") for pin in page.locator(".map-pin").all()]
    shared = [name for name in names if name.endswith("stages")]
    assert any(name.startswith("Blois") for name in shared)
    assert all(len(name) < 80 for name in names)
    assert {"Zoom avant", "Zoom arrière"} == {
        control.get_attribute("aria-label") for control in page.locator(".leaflet-control-zoom a").all()
    }
    page.locator(".map-pin").first.dispatch_event("click")
    assert page.locator(".leaflet-popup-close-button").get_attribute("aria-label") == "Fermer la bulle"
    assert "JavaScript" not in page.locator(".leaflet-container").inner_html()


def test_no_popup_is_wider_than_a_small_telephone(opened):
    page = opened(width=320)
    for pin in page.locator(".map-pin").all():
        pin.dispatch_event("click")
        page.wait_for_timeout(400)  # the map moves until the popup is in sight
        box = page.locator(".leaflet-popup").bounding_box()
        assert box["x"] >= 0, pin.get_attribute("aria-label")
        assert box["x"] + box["width"] <= 320, pin.get_attribute("aria-label")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

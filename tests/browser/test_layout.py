"""Heads, filters and folds on narrow and wide screens."""

import pytest

# How high the middle of each part of the site's head stands.
MIDDLES = """() => [...document.querySelectorAll(".site-header > *, .site-nav li")]
  .filter((part) => part.offsetHeight)
  .map((part) => part.getBoundingClientRect())
  .map((box) => (box.top + box.bottom) / 2)"""


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
def test_the_head_of_a_page_is_one_row_in_each_language(visit, language):
    page = visit(f"/{language}/")
    for width in (640, 768, 1024, 1216, 1280, 1366, 1440, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        rows = page.evaluate(MIDDLES)
        assert max(rows) - min(rows) < 4, width
        assert page.locator(".brand-name").bounding_box()["height"] < 60, width


def test_filters_stand_open_beside_the_list_and_closed_above_it_with_and_without_a_script(visit):
    for script in (True, False):
        wide = visit("/fr/stages/", java_script_enabled=script)
        assert wide.get_by_role("button", name="Voir les résultats").is_visible()
        assert not wide.locator(".filter-drawer > summary").is_visible()
        narrow = visit("/fr/stages/", width=360, java_script_enabled=script)
        assert not narrow.get_by_role("button", name="Voir les résultats").is_visible()
        narrow.locator(".filter-drawer > summary").click()
        assert narrow.get_by_role("button", name="Voir les résultats").is_visible()


def test_a_wrong_date_opens_the_filters_and_leaves_the_field_beside_it_as_it_is(visit):
    page = visit("/fr/stages/?from=2027-02-30&to=2027-03-01", width=360)
    height = "(name) => document.getElementById(name).getBoundingClientRect().height"
    assert page.locator("#error-from").is_visible()
    assert page.evaluate(height, "period-to") == page.evaluate(height, "period-from")
    assert page.locator("#period-from").input_value() == "2027-02-30"
    page = visit("/fr/stages/medecine-generale-au-bord-du-cher/?first=2020-01-01&last=2027-04-30&citizen=x")
    assert page.locator("#id_first_error").is_visible()
    assert page.evaluate(height, "id_last") == page.evaluate(height, "id_first")


def test_an_offer_on_a_telephone_is_not_endless_and_hides_nothing_that_decides(visit):
    page = visit("/fr/stages/medecine-generale-au-bord-du-cher/", width=360)
    assert page.evaluate("document.documentElement.scrollHeight") <= 13_300
    for decides in (".facts .dates", ".facts .place", ".facts .french", ".facts .room", ".facts .money", ".deadline"):
        assert page.locator(decides).first.is_visible(), decides
    paper = page.locator("#papers details").first
    assert not paper.locator("p").first.is_visible()
    paper.locator("summary").click()
    assert paper.locator("p").first.is_visible()


def test_who_has_filtered_stands_before_the_results(visit):
    """With the keyboard, the first result is a few steps away, not all filters."""
    page = visit("/fr/stages/")
    page.get_by_label("Mon niveau de français").select_option("B1")
    page.get_by_role("button", name="Voir les résultats").press("Enter")
    page.wait_for_url("**/stages/?*french=B1*")
    inside = "document.activeElement.closest('.card') !== null"
    for _steps in range(7):
        page.keyboard.press("Tab")
        if page.evaluate(inside):
            break
    assert page.evaluate(inside)


def test_a_link_leads_past_menu_and_filters_to_the_results(visit):
    page = visit("/fr/stages/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Aller aux résultats"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "results-title"

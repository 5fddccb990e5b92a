"""A student searches, in a real browser: with the keyboard, with filters, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.pages import WCAG_A_AND_AA

SEARCH = "/fr/recherche/"
RESULTS = {
    "the empty page": SEARCH,
    "an overview": f"{SEARCH}?q=medecine",
    "one kind": f"{SEARCH}?q=medecine&type=offers&field=medecine",
    "a kind without filters": f"{SEARCH}?q=medecine&type=pages",
    "what is in French": "/de/suche/?type=french",
    "a misspelt word": f"{SEARCH}?q=pharmacei",
    "nothing": f"{SEARCH}?q=zzqqxx",
    "filters that leave nothing": f"{SEARCH}?q=pharmacie&type=offers&place=Mondoubleau",
}


def field_of(page):
    return page.locator("main input[type=search]")


def titles_of(page):
    return page.locator("main .result h3").all_inner_texts()


def asked_for(page):
    """What suggestions were asked for, in order."""
    return [url.partition("?suggest=")[2] for url in page.requested if "?suggest=" in url]


def submit_filters(page):
    with page.expect_navigation():
        page.locator(".filters button[type=submit]").click()


def test_a_student_finds_filters_opens_a_result_and_comes_back_to_the_same_page(visit):
    page = visit("/fr/")
    page.locator(".search-link").click()
    expect(page).to_have_url(re.compile(f"{SEARCH}$"))
    field, options = field_of(page), page.get_by_role("option")
    field.press_sequentially("medec", delay=20)
    expect(options.first).to_be_visible()
    assert asked_for(page) == ["medec"], "one request for one pause"

    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = options.nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    words = chosen.inner_text()
    field.press("Enter")
    expect(page.locator(".tabs [aria-current]")).to_be_visible()
    expect(field_of(page)).to_have_value(words)
    assert "?q=" in page.url

    page.locator(".tabs a[href*='type=offers']").click()
    every = int(page.locator(".tabs [aria-current] .count").inner_text())
    page.locator(".facet", has=page.locator("#facet-field-medecine")).locator("summary").click()
    page.locator("#facet-field-medecine").check()
    submit_filters(page)
    page.locator("#facet-french").select_option("B2")
    submit_filters(page)
    for part in ("q=", "type=offers", "field=medecine", "french=B2"):
        assert part in page.url
    address, titles = page.url, titles_of(page)
    assert 3 <= len(titles) <= every
    expect(page.locator(".chips li"), "two filters, and the link that clears them").to_have_count(3)

    page.locator("main .result h3 a").nth(2).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(titles[2])
    page.go_back()
    expect(page).to_have_url(address)
    assert titles_of(page) == titles
    expect(field_of(page)).to_have_value(words)
    expect(page.locator("#facet-field-medecine")).to_be_checked()
    expect(page.locator("#facet-french")).to_have_value("B2")


def test_suggestions_follow_the_pattern_of_a_combobox(visit):
    page = visit(SEARCH)
    field, listbox, options = field_of(page), page.locator("#suggestions"), page.get_by_role("option")
    expect(field).to_have_role("combobox")
    field.press_sequentially("b")
    page.wait_for_timeout(400)
    assert asked_for(page) == [], "one letter is not enough"

    field.press_sequentially("lo", delay=20)
    expect(listbox).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text(str(options.count()))
    assert field.get_attribute("aria-activedescendant") is None, "nothing is chosen before somebody chooses"

    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Home")
    assert field.get_attribute("aria-activedescendant") is None
    expect(listbox).to_be_visible()
    field.press("Escape")
    expect(listbox).to_be_hidden()
    expect(field).to_have_value("blo")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Tab")
    expect(listbox).to_be_hidden()
    expect(field).to_have_value("blo")

    field.press("End")
    field.press("Backspace")
    expect(listbox).to_be_visible()
    field.press_sequentially("o")
    page.wait_for_timeout(400)
    assert asked_for(page) == ["blo", "bl"], "an answer is asked for once"

    options.first.click()
    expect(page.locator(".tabs")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=Blo"))


def test_a_late_or_lost_answer_changes_nothing(visit):
    page = visit(SEARCH)
    page.route("**/*suggest=*", lambda route: route.abort())
    field = field_of(page)
    field.press_sequentially("blois", delay=20)
    page.wait_for_timeout(500)
    assert len(asked_for(page)) == 1
    expect(page.locator("#suggestions")).to_be_hidden()
    field.press("Enter")
    expect(page.locator(".tabs")).to_be_visible()


def test_search_and_its_filters_work_without_javascript(visit):
    page = visit("/fr/nulle-part/", java_script_enabled=False)
    field_of(page).fill("medecine")
    field_of(page).press("Enter")
    expect(page).to_have_url(re.compile(rf"{SEARCH}\?q=medecine$"))
    assert field_of(page).get_attribute("role") is None
    expect(page.locator("#suggestions")).to_be_hidden()
    page.locator(".tabs a[href*='type=offers']").click()
    every = page.locator("#results-title").inner_text()
    page.locator("#facet-bike").check()
    submit_filters(page)
    for part in ("q=medecine", "type=offers", "bike=1"):
        assert part in page.url
    expect(page.locator("#results-title")).not_to_have_text(every)
    expect(page.locator("main .result mark").first).to_be_visible()
    page.locator(".chips .clear").click()
    expect(page).to_have_url(re.compile(r"\?q=medecine&type=offers$"))
    field_of(page).fill("pharmacie")
    field_of(page).press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=pharmacie&type=offers$"))


def test_what_is_typed_and_found_is_never_markup(visit):
    page = visit(f"{SEARCH}?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+medecine&type=offers")
    assert page.locator("main img").count() == 0
    assert "<img src=x onerror=alert(1)>" in field_of(page).input_value()
    assert [mark for mark in page.locator("main mark").all_inner_texts() if "<" in mark] == []


def problems_of(page):
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG_A_AND_AA}})
    return [
        f"{violation['id']}: {node['html']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("what", RESULTS)
def test_the_search_page_meets_wcag_a_and_aa_and_fits_a_telephone(visit, what):
    for width in (360, 1280):
        page = visit(RESULTS[what], width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        assert not problems_of(page), f"{what} at {width}"


def test_the_dark_theme_and_open_suggestions_meet_wcag_too(visit):
    page = visit(f"{SEARCH}?q=medecine", width=360, color_scheme="dark")
    field_of(page).press("End")
    field_of(page).press_sequentially(" g", delay=20)
    expect(page.locator("#suggestions")).to_be_visible()
    field_of(page).press("ArrowDown")
    assert not problems_of(page)

"""What visitors do, in a real browser."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.pages import WCAG_A_AND_AA


def test_a_student_filters_offers_and_the_address_keeps_it(visit):
    page = visit("/fr/stages/")
    expect(page.locator("#results-title")).to_have_text("24 stages")
    page.locator("summary", has_text="Filière").click()
    page.locator("#facet-field-medecine").check()
    page.get_by_label("Mon niveau de français").select_option("B1")
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page).to_have_url(re.compile("field=medecine.*french=B1"))
    shown = page.locator("#results-title").inner_text()
    assert 0 < int(shown.split()[0]) < 24
    expect(page.locator(".offer-card")).to_have_count(int(shown.split()[0]))
    page.reload()
    expect(page.locator("#results-title")).to_have_text(shown)
    page.locator(".chips a").first.click()
    expect(page).not_to_have_url(re.compile("field=medecine"))


def test_the_button_says_how_many_it_will_show_and_going_back_shows_the_filters_of_the_list(visit):
    page = visit("/fr/stages/")
    button = page.locator(".filters [data-total]")
    expect(button).to_have_text("24")
    page.get_by_label("Mon niveau de français").select_option("A2")
    expect(button).to_have_text(re.compile(r"^(?!24$)\d+$"))
    promised = button.inner_text()
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page.locator("#results-title")).to_have_text(re.compile(rf"^{promised} stages?$"))
    page.go_back()
    expect(page.locator("#results-title")).to_have_text("24 stages")
    expect(page.get_by_label("Mon niveau de français")).to_have_value("")
    expect(button).to_have_text("24")
    page.go_forward()
    expect(page.get_by_label("Mon niveau de français")).to_have_value("A2")
    expect(button).to_have_text(promised)


def test_filters_work_without_javascript(visit):
    page = visit("/fr/stages/", java_script_enabled=False)
    page.get_by_label(re.compile("^Avec logement")).check()
    page.get_by_role("button", name="Voir les résultats").click()
    expect(page).to_have_url(re.compile("housing=1"))
    expect(page.locator(".offer-card").first).to_be_visible()
    expect(page.get_by_role("button", name="Afficher la carte")).to_have_count(0)


def test_the_finder_of_the_home_page_leads_to_the_list(visit):
    page = visit("/fr/", width=360)
    page.get_by_label("Ma filière").select_option("pharmacie")
    page.get_by_role("button", name="Trouver").click()
    expect(page.locator("#results-title")).to_have_text(re.compile(r"^\d+ stages?$"))
    expect(page.locator(".chips")).to_contain_text("Pharmacie")


def test_nothing_of_the_map_is_loaded_before_it_is_opened(visit):
    page = visit("/fr/stages/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.requested if "leaflet" in url or "geopf" in url]
    page.get_by_role("button", name="Afficher la carte").click()
    page.wait_for_selector(".map-pin")
    assert [url for url in page.requested if "leaflet" in url]
    assert [url for url in page.requested if "geopf" in url]


def test_the_map_and_the_list_show_the_same_offers(visit):
    page = visit("/fr/stages/?place=Vendôme")
    listed = set(page.locator(".offer-card h3").all_inner_texts())
    page.get_by_role("button", name="Afficher la carte").click()
    page.wait_for_selector(".map-pin")
    frame = page.locator("[data-map-frame]").bounding_box()
    on_map = set()
    for pin in page.locator(".map-pin").all():
        box = pin.bounding_box()
        assert frame["x"] <= box["x"] <= frame["x"] + frame["width"], "the pin lies inside the map"
        pin.dispatch_event("click")
        page.wait_for_selector(".map-popup")
        on_map |= set(page.locator(".map-popup a").all_inner_texts())
    assert on_map == listed


def test_the_desk_is_reached_with_the_keyboard_alone(visit):
    page = visit("/fr/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    for _press in range(12):
        page.keyboard.press("Tab")
        if "desk-button" in (page.locator(":focus").get_attribute("class") or ""):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/fr/guichet/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Le guichet unique")


def test_the_menu_of_a_telephone_opens_and_closes_with_the_keyboard(visit):
    page = visit("/fr/", width=360)
    expect(page.locator("#menu")).to_be_hidden()
    page.get_by_role("button", name="Menu", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()


def test_an_offer_tells_what_the_students_own_dates_mean(visit):
    page = visit("/fr/stages/medecine-generale-au-bord-du-cher/", width=360)
    page.get_by_role("group", name="Ma nationalité").get_by_label("Un autre pays").check()
    page.get_by_role("button", name="Qu’est-ce que cela change pour moi ?").click()
    expect(page.locator(".advice").first).to_contain_text("jours comptés comme Erasmus+")


def test_a_question_about_an_offer_carries_its_reference_to_the_desk(visit):
    page = visit("/fr/stages/medecine-generale-au-bord-du-cher/")
    page.get_by_role("link", name="Demander ce stage").click()
    expect(page.locator(".state-notice")).to_contain_text("LC41-2027-001")
    assert "LC41-2027-001" in page.locator(".contacts a[href^=mailto]").get_attribute("href")


def test_the_dark_theme_and_the_open_map_meet_wcag_too(visit):
    page = visit("/fr/stages/", color_scheme="dark")
    page.get_by_role("button", name="Afficher la carte").click()
    page.wait_for_selector(".map-pin")
    options = {
        "runOnly": {"type": "tag", "values": WCAG_A_AND_AA},
        # Pins of neighbouring places overlap: the position is essential (WCAG 2.5.8), and the list says the same.
        "rules": {"target-size": {"enabled": False}},
    }
    found = Axe().run(page, options=options)
    assert not [(violation["id"], violation["nodes"][0]["html"]) for violation in found.response["violations"]]

"""Each page type on a narrow screen, with long words, for screen readers, and while it loads."""

import pytest

from tests.browser.pages import PATHS_OF_TYPES

LISTS = {
    "search": "/fr/recherche/?q=stage",
    "filtered": "/fr/stages/?field=medecine&page=2",
    "frame": "/fr/embed/offres",
    "answer": "/fr/mes-dates/?first=2027-03-01&last=2027-04-27&university=erasmus&citizen=other&earlier=50",
}
PATHS = PATHS_OF_TYPES | LISTS
# Zoom of 400 % on a screen of 1280 (WCAG 1.4.10), and letters of twice the size on one of 640 (1.4.4).
NARROW = {"400 %": (320, "100%"), "large letters": (640, "200%"), "wide": (1280, "100%")}
LONG = " Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.example.org/stages"

# Writes a word that no line can hold behind each text. Code and what one types scroll by themselves.
STRETCH = """([long, size]) => {
  document.documentElement.style.fontSize = size;
  for (const drawer of document.querySelectorAll("details")) drawer.open = true;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) texts.push(walk.currentNode);
  for (const text of texts) {
    const alone = text.parentElement.closest("script, style, svg, textarea, option, pre, [popover]");
    if (text.data.trim() && !alone) text.data += long;
  }
  return document.documentElement.scrollWidth;
}"""
# How high the middle of each part of the site's head stands.
MIDDLES = """() => [...document.querySelectorAll(".site-header > *, .site-nav li")]
  .filter((part) => part.offsetHeight)
  .map((part) => part.getBoundingClientRect())
  .map((box) => (box.top + box.bottom) / 2)"""
# The sum of all shifts, as browsers count it for a page that nobody has touched; scripts have a moment to do theirs.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => { for (const entry of list.getEntries()) sum += entry.value; };
  const observer = new PerformanceObserver(add);
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => { add({ getEntries: () => observer.takeRecords() }); done(sum); }, 250);
})"""


@pytest.mark.parametrize("kind", PATHS)
def test_no_page_scrolls_sideways_whatever_words_it_holds(visit, kind):
    page = visit(PATHS[kind], width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for name, (width, size) in NARROW.items():
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(STRETCH, [LONG, size]) <= width, name
    assert page.evaluate("getComputedStyle(document.body).hyphens") == "auto"


@pytest.mark.parametrize("language", ["fr", "en", "es", "de"])
def test_the_head_of_a_page_is_one_row_in_each_language(visit, language):
    page = visit(f"/{language}/")
    for width in (640, 768, 1024, 1216, 1280, 1366, 1440, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        rows = page.evaluate(MIDDLES)
        assert max(rows) - min(rows) < 4, width
        assert page.locator(".brand-name").bounding_box()["height"] < 60, width


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_a_page_loads(visit, width):
    shifts = {}
    for kind, path in PATHS.items():
        page = visit(path, width=width)
        page.evaluate("document.fonts.ready.then(() => true)")
        shifts[kind] = page.evaluate(SHIFT)
        page.context.close()
    assert {kind: shift for kind, shift in shifts.items() if shift > 0.02} == {}


def test_a_shift_would_be_measured(visit):
    page = visit("/fr/stages/", width=360)
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<div><br><br><br><br><br><br><br></div>')")
    page.wait_for_timeout(100)
    assert page.evaluate(SHIFT) > 0.02


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


NAMES = """() => [...document.querySelectorAll("a[href]")].map((link) => {
  const copy = link.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  const pictures = [...copy.querySelectorAll("img")].map((picture) => picture.alt).join(" ");
  const name = link.getAttribute("aria-label") ?? `${copy.textContent} ${pictures}`;
  return [name.split(/\\s+/).join(" ").trim(), link.href];
})"""
# A name that says a format, a language or a number says nothing to who hears links without what stands around them.
SAYS_NOTHING = {"svg", "png", "pdf", "csv", "json", "ics", "atom", "ici", "lien", "suite", "suivant", "précédent"}


@pytest.mark.parametrize("kind", PATHS)
def test_screen_readers_hear_no_error_at_load_and_links_that_say_where_they_lead(visit, kind):
    page = visit(PATHS[kind])
    links = page.evaluate(NAMES)
    vague = [(name, url) for name, url in links if name.lower() in SAYS_NOTHING or name.isdigit()]
    assert not vague
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    wrong = [
        node["name"]["value"]
        for node in tree
        for said in node.get("properties", [])
        if said["name"] == "invalid" and said["value"]["value"] not in ("false", False)
    ]
    assert not wrong

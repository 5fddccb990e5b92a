"""What holds for every page type, on a telephone and a wide screen, while it loads and on paper.

Each page is opened once at each width, and all tests of this file read it there, in their order: what changes a page
comes last.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import PATHS_OF_TYPES, WCAG_A_AND_AA

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
# The sum of all shifts, as browsers count it for a page that nobody has touched; scripts have a moment to do theirs.
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => { for (const entry of list.getEntries()) sum += entry.value; };
  const observer = new PerformanceObserver(add);
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => { add({ getEntries: () => observer.takeRecords() }); done(sum); }, 250);
})"""
NAMES = """() => [...document.querySelectorAll("a[href]")].map((link) => {
  const copy = link.cloneNode(true);
  for (const hidden of copy.querySelectorAll("[aria-hidden=true]")) hidden.remove();
  const pictures = [...copy.querySelectorAll("img")].map((picture) => picture.alt).join(" ");
  const name = link.getAttribute("aria-label") ?? `${copy.textContent} ${pictures}`;
  return [name.split(/\\s+/).join(" ").trim(), link.href];
})"""
# A name that says a format, a language or a number says nothing to who hears links without what stands around them.
SAYS_NOTHING = {"svg", "png", "pdf", "csv", "json", "ics", "atom", "ici", "lien", "suite", "suivant", "précédent"}
# A table whose page goes on inside a grid is printed over what follows it.
IN_GRIDS = """() => [...document.querySelectorAll("table")].filter((table) => {
  for (let around = table.parentElement; around; around = around.parentElement) {
    if (/grid|flex/.test(getComputedStyle(around).display)) return true;
  }
  return false;
}).length"""
# Grounds that would cost ink, or hide white letters where a browser prints no ground.
INK = """() => [...document.querySelectorAll("body, body *")].filter((element) => {
  const style = getComputedStyle(element);
  const light = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\\d.]+/g).map(Number);
    return alpha === 0 || red + green + blue > 700;
  };
  const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const seen = element.checkVisibility() && !element.closest("svg, picture, .badge, .visually-hidden, video");
  return seen && (!light(style.backgroundColor) || (words && light(style.color)));
}).map((element) => element.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module", params=PATHS)
def kind(request):
    """A page type."""
    return request.param


@pytest.fixture(scope="module")
def narrow(kind, open_page):
    """Its page on a telephone."""
    page = open_page(PATHS[kind], width=360)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def wide(kind, open_page):
    """Its page on a wide screen."""
    page = open_page(PATHS[kind])
    yield page
    page.context.close()


def test_nothing_moves_while_a_page_loads(narrow, wide):
    for page in (narrow, wide):
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate(SHIFT) <= 0.02, page.viewport_size


def test_no_page_is_wider_than_the_telephone_or_asks_another_host(narrow, demo):
    narrow.wait_for_load_state("networkidle")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 360
    assert not [url for url in narrow.requested if not url.startswith((demo, "data:"))]
    assert narrow.context.cookies() == []
    assert narrow.evaluate("localStorage.length + sessionStorage.length") == 0


def test_every_page_type_meets_wcag_a_and_aa(narrow, wide):
    """And what the editor's bar asks beside it, which would send editors after our own frame."""
    asked_of_editors = ("p-as-heading", "empty-heading", "empty-table-header", "heading-order")
    options = {
        "runOnly": {"type": "tag", "values": WCAG_A_AND_AA},
        "rules": {rule: {"enabled": True} for rule in asked_of_editors},
    }
    for page in (narrow, wide):
        found = Axe().run(page, options=options).response["violations"]
        assert not [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]], page.viewport_size


def test_screen_readers_hear_no_error_at_load_and_links_that_say_where_they_lead(wide):
    links = wide.evaluate(NAMES)
    vague = [(name, url) for name, url in links if name.lower() in SAYS_NOTHING or name.isdigit()]
    assert not vague
    tree = wide.context.new_cdp_session(wide).send("Accessibility.getFullAXTree")["nodes"]
    wrong = [
        node["name"]["value"]
        for node in tree
        for said in node.get("properties", [])
        if said["name"] == "invalid" and said["value"]["value"] not in ("false", False)
    ]
    assert not wrong


def test_no_page_prints_dark_grounds_pale_words_or_tables_over_text(wide):
    wide.set_viewport_size({"width": 794, "height": 800})  # A4 at 96 pixels an inch
    for theme in ("light", "dark"):
        wide.emulate_media(media="print", color_scheme=theme)
        assert wide.evaluate(INK) == [], theme
        assert wide.evaluate(IN_GRIDS) == 0, theme
        assert wide.evaluate("document.documentElement.scrollWidth") <= 794, theme


def test_no_page_scrolls_sideways_whatever_words_it_holds(narrow):
    narrow.set_viewport_size({"width": 320, "height": 800})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    for name, (width, size) in NARROW.items():
        narrow.set_viewport_size({"width": width, "height": 800})
        assert narrow.evaluate(STRETCH, [LONG, size]) <= width, name
    assert narrow.evaluate("getComputedStyle(document.body).hyphens") == "auto"


def test_a_shift_would_be_measured(visit):
    page = visit("/fr/stages/", width=360)
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<div><br><br><br><br><br><br><br></div>')")
    page.wait_for_timeout(100)
    assert page.evaluate(SHIFT) > 0.02

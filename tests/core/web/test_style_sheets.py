"""The style sheets by computation: contrast in each theme, both writing directions, no rule for what is nowhere."""

import re
from pathlib import Path

import pytest
import tinycss2

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3]
CSS = ROOT / "static" / "css"
SHEETS = sorted(path.name for path in CSS.glob("*.css"))
THEMES = ("light", "dark")
# WCAG 2.2: 1.4.3 for text, 1.4.11 and 2.4.13 for borders of fields and the ring around what has the focus.
TEXT, SHAPE = 4.5, 3.0

TEXTS = [
    *[(text, ground) for text in ("text", "muted", "action", "accent", "alert") for ground in ("ground", "ground-2")],
    ("on-action", "action"),
    ("on-slate", "slate"),
    ("ochre", "slate"),
    ("on-slate", "water"),
    ("water", "on-slate"),
]
SHAPES = [("edge", "ground"), ("edge", "ground-2"), ("accent", "ground"), ("action", "ground")]
# Grounds on which somebody may have the focus, and the rules that set one as their ground without holding anything.
GROUNDS = {"ground", "ground-2", "slate", "water"}
HOLD_NOTHING = {".demo-strip", ".hero", ".video video"}


def rules_of(css):
    """Yield (selector, {property: value}) of each rule, also inside media queries; comments are left out."""
    css = re.sub(r"(?s)/\*.*?\*/", "", css)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        yield selector.strip(), {name.strip(): value.strip() for name, value in pairs}


def names_in(sheet, theme):
    """Return the custom properties of a style sheet in a theme, resolved to colours."""
    light, dark = [found for selector, found in rules_of((CSS / sheet).read_text()) if selector == ":root"][:2]
    names = {name[2:]: value for name, value in (light | (dark if theme == "dark" else {})).items() if name[:2] == "--"}
    for name, value in names.items():
        while value.startswith("var("):
            value = names[value[6:-1]]
        names[name] = value
    return names


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_does():
    assert contrast("#fff", "#000") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_texts_and_the_borders_of_fields_stand_out_from_their_ground(theme):
    names = names_in("site.css", theme)
    weak = {
        f"{one} on {ground}": round(contrast(names[one], names[ground]), 2)
        for pairs, least in ((TEXTS, TEXT), (SHAPES, SHAPE))
        for one, ground in pairs
        if contrast(names[one], names[ground]) < least
    }
    assert not weak


@pytest.mark.parametrize("theme", THEMES)
def test_whoever_uses_the_keyboard_sees_where_they_are_on_each_ground(theme):
    names, weak, seen = names_in("site.css", theme), {}, set()
    for selector, found in rules_of((CSS / "site.css").read_text()):
        ground = re.fullmatch(r"var\(--([\w-]+)\)", found.get("background", ""))
        if not ground or ground[1] not in GROUNDS or selector in HOLD_NOTHING:
            continue
        ring = names[found.get("--focus", "var(--focus)")[6:-1]]
        seen.add(ground[1])
        if contrast(ring, names[ground[1]]) < SHAPE:
            weak[selector] = round(contrast(ring, names[ground[1]]), 2)
    assert not weak
    assert seen == GROUNDS


def test_the_ring_is_drawn_with_its_own_colour_and_taken_from_nothing_that_one_can_reach():
    rings = {
        (selector, found["outline"])
        for selector, found in rules_of((CSS / "site.css").read_text())
        if "outline" in found
    }
    drawn = {selector for selector, value in rings if value == "3px solid var(--focus)"}
    assert ":focus-visible" in drawn
    # The page's content is no control; a card draws the ring of its link around itself.
    assert {selector for selector, _value in rings} - drawn == {
        "main:focus",
        ".card:focus-within h3 a:focus-visible",
    }


@pytest.mark.parametrize("theme", THEMES)
def test_the_embedded_list_stands_out_from_its_ground(theme):
    names = names_in("site.css", theme)  # the frame has them from theme.css
    assert all(contrast(names[text], names["ground"]) >= TEXT for text in ("text", "muted", "action", "accent"))
    assert "a:focus-visible" in dict(rules_of((CSS / "embed.css").read_text()))


def test_the_page_of_a_failure_stands_out_from_its_ground():
    rules = dict(rules_of((CSS / "error.css").read_text()))
    ground = rules["body"]["background"]
    assert contrast(rules["body"]["color"], ground) >= TEXT
    assert rules["a"]["color"] == "inherit"
    assert "currentcolor" in rules["a:focus-visible"]["outline"]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_language_that_is_written_from_right_to_left_needs_no_rule_of_its_own(sheet):
    """No property and no value says left or right."""
    sided = []
    for selector, found in rules_of((CSS / sheet).read_text()):
        for name, value in found.items():
            words = {*re.findall(r"\w+", name), *re.findall(r"[a-z]+", value.lower())} if name[:2] != "--" else set()
            while "(" in value:
                value = re.sub(r"[\w-]*\([^()]*\)", "f", value)
            sides = value.split()
            uneven = name in {"padding", "margin", "inset"} and len(sides) == 4 and sides[1] != sides[3]
            if words & {"left", "right"} or uneven:
                sided.append(f"{selector} {{ {name}: {value} }}")
    assert not sided


def test_no_rule_is_for_what_is_nowhere():
    """Each class of the style sheet is one that a template, a script or the code names."""
    folders = ("home", "search", "site", "temoignages", "territoire", "static/js", "static/icons", "static/leaflet")
    written = {
        word
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".py", ".js", ".svg"}
        for word in re.findall(r"[a-z][\w-]*", path.read_text())
    }
    dead = {
        name
        for sheet in SHEETS
        for selector, _found in rules_of((CSS / sheet).read_text())
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
        if name not in written and not name.startswith(("leaflet-", "focus-"))
    }
    assert not dead


def test_custom_properties_are_both_set_and_read():
    """Each custom property that is read is set (a browser drops the whole line otherwise), each that is set is read."""
    texts = {sheet: re.sub(r"(?s)/\*.*?\*/", "", (CSS / sheet).read_text()) for sheet in SHEETS}
    written = {sheet: set(re.findall(r"(--[\w-]+)\s*:", css)) for sheet, css in texts.items()}
    read = {sheet: set(re.findall(r"var\((--[\w-]+)", css)) for sheet, css in texts.items()}
    for sheet in set(SHEETS) - {"embed.css"}:
        assert written[sheet] == read[sheet], sheet
    # The frame's colours come from theme.css, which says those of site.css.
    assert read["embed.css"] - written["embed.css"] <= written["site.css"]


def broken(rules):
    """Yield what a browser would drop without a word, in rules and in the rules inside them."""
    for rule in rules:
        if rule.type == "error":
            yield rule.source_line, rule.message
        elif rule.type == "qualified-rule" or (rule.type == "at-rule" and rule.content is not None):
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from broken(inside)
            set_here = [found.name for found in inside if found.type == "declaration" and found.name[:2] != "--"]
            # A second value may follow for browsers that do not know the first: side by side, so that one sees it.
            apart = {
                name
                for name in set_here
                if set_here.count(name) > 1
                and "".join(f"{found} " for found in set_here).count(f"{name} " * set_here.count(name)) != 1
            }
            if apart:
                yield rule.source_line, f"set twice: {', '.join(sorted(apart))}"


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_browser_drops_nothing_of_a_style_sheet(sheet):
    rules = tinycss2.parse_stylesheet((CSS / sheet).read_text(), skip_comments=True, skip_whitespace=True)
    assert not [*broken(rules)]

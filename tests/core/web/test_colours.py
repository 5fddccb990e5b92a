"""A colour is said in one place and reaches everything: pages, hero, pins, frames, PDF, share pictures, sign."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from PIL import Image
from wagtail.models import Site

from core.fields import colours as colours_file
from core.fields.colours import colours
from core.models import SiteSettings
from factories import OfferFactory, publish

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3]
RIVER, EARTH = "#123456", "#5A1E3C"
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\b")


@pytest.fixture
def offer(home):
    publish(home)
    offer = OfferFactory(reference="LC41-1999-001")
    publish(offer)
    return offer


@pytest.fixture
def chosen(home):
    """An administrator has chosen both colours."""
    settings = SiteSettings.for_site(Site.objects.get())
    settings.action_colour, settings.accent_colour, settings.name = RIVER, EARTH, {"fr": "Stages"}
    settings.full_clean()
    settings.save()
    return settings


@pytest.fixture
def repainted(tmp_path, monkeypatch):
    """A developer has changed the two colours in the style sheet, and nothing else."""
    own = colours()
    sheet = tmp_path / "site.css"
    text = Path(finders.find("css/site.css")).read_text()
    sheet.write_text(text.replace(own["river"], RIVER).replace(own["earth"], EARTH))
    monkeypatch.setattr(colours_file.finders, "find", lambda name: sheet)
    colours_file._written.cache_clear()
    yield
    colours_file._written.cache_clear()


@pytest.fixture(params=["chosen", "repainted"])
def painted(request):
    """Other colours, from an administrator and from a developer."""
    request.getfixturevalue(request.param)


def rgb(colour):
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def pixel(content, place):
    with Image.open(io.BytesIO(content)) as picture:
        x, y = (round(share * side) for share, side in zip(place, picture.size, strict=True))
        return picture.convert("RGB").getpixel((x, y))


def test_a_new_colour_reaches_hero_pins_links_and_accents(painted, home, client):
    theme = client.get("/theme.css").content.decode()
    light, dark = theme.split("prefers-color-scheme: dark")
    for name, colour in {"river": RIVER, "action": RIVER, "water": RIVER, "earth": EARTH, "accent": EARTH}.items():
        assert f"--{name}: {colour};" in light
    # The hero and the pins stay dark in the dark; links and accents are pale there, as the style sheet has them.
    assert {f"--water: {RIVER};", f"--earth: {EARTH};"} <= set(re.findall(r"--\w+: #\w+;", dark))
    assert RIVER not in re.findall(r"--action: (#\w+);", dark)
    sheet = (ROOT / "static" / "css" / "site.css").read_text()
    assert re.search(r"\.hero \{[^}]*background: var\(--water\)", sheet)
    assert re.search(r"\.map-pin::before \{[^}]*background: var\(--earth\)", sheet)


def test_pages_fetch_the_chosen_colours_and_their_sign_anew(chosen, home, client):
    page = client.get("/fr/").content.decode()
    assert f'href="/theme.css?{chosen.theme_version}"' in page
    assert f'href="/favicon.svg?{chosen.theme_version}"' in page


def test_a_new_colour_reaches_the_frames_of_other_sites(painted, offer, client):
    frame = client.get("/fr/embed/offres").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"?]+)', frame)
    assert sheets[0] == "/theme.css"
    assert "embed.css" in sheets[1]


def test_a_new_colour_reaches_the_sign_in_all_its_forms(painted, home, client):
    sign = client.get("/favicon.svg")
    assert (sign["Content-Type"], f'fill="{RIVER}"' in sign.content.decode()) == ("image/svg+xml", True)
    for address in ("/favicon.ico", "/apple-touch-icon.png"):
        assert pixel(client.get(address).content, (0.5, 0.06)) == rgb(RIVER)


def test_a_new_colour_reaches_the_picture_of_a_shared_link(painted, offer, client):
    picture = client.get("/o/LC41-1999-001/share-fr.jpg").content
    found = pixel(picture, (0.99, 0.5))  # the band at the edge, where there is no photo
    assert all(abs(one - other) < 6 for one, other in zip(found, rgb(RIVER), strict=True)), found


def test_a_new_colour_reaches_the_learning_agreement(painted, offer, client):
    answer = client.get("/o/LC41-1999-001/learning-agreement-fr.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        drawn = pikepdf.parse_content_stream(pdf.pages[0])
    fills = {
        tuple(round(float(part) * 255) for part in operands)
        for operands, operator in drawn
        if str(operator) in {"rg", "sc", "scn"} and len(operands) == 3
    }
    assert rgb(RIVER) in fills


def test_colours_of_the_style_sheet_are_written_nowhere_else():
    own = {colour.lower() for theme in ("light", "dark") for colour in colours(theme).values()} - {"#ffffff"}
    apps = ("docker", "home", "search", "site", "static", "territoire", "temoignages")
    drawn = ROOT / "home" / "demo"  # illustrations have their own paints
    files = [path for app in apps for path in (ROOT / app).rglob("*.*") if drawn not in path.parents]
    found = {
        str(path.relative_to(ROOT)): hexes
        for path in files
        if path.suffix in {".css", ".html", ".js", ".py", ".svg", ".typ"} and path.name != "site.css"
        if (hexes := {colour.lower() for colour in HEX.findall(path.read_text(errors="ignore"))} & own)
    }
    # The page of a failure stands alone: its ground and its ink.
    assert found == {"static/css/error.css": {colours()["ground"], colours()["text"]}}

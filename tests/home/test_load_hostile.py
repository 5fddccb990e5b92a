"""Files that would do harm are refused, or lose what is harmful."""

from pathlib import Path

import pytest
import yaml

from core.loading.engine import prepare, write
from core.loading.images import rendered
from core.loading.problems import LoadError
from home.models import EditorialPage

pytestmark = pytest.mark.once

LOADED = "page-etudes-france"
DEMO = Path(__file__).resolve().parents[2] / "home" / "demo"


@pytest.mark.parametrize(
    ("svg", "why"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><image href="/etc/hostname"/></svg>', "links"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><image href="file:///x.png"/></svg>', "links"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="50"/>', "width"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="99999" height="50"/>', "width"),
        ("<svg", "valid SVG"),
        ('<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg width="50" height="9">&x;</svg>', "valid SVG"),
    ],
)
def test_an_svg_stands_alone_and_has_a_size(tmp_path, svg, why):
    path = tmp_path / "dessin.svg"
    path.write_text(svg)
    with pytest.raises(ValueError, match=why):
        rendered(path)


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    path = tmp_path / "photo.png"
    path.write_text("bonjour")
    with pytest.raises(ValueError, match="illisible"):
        rendered(path)


def test_a_picture_outside_the_folder_is_refused(db, tmp_path):
    file = tmp_path / "images.yaml"
    file.write_text(
        "images:\n- {id: x-1, fichier: ../../etc/hostname, titre: X, point_focal: {x: 1, y: 1}, alt: {fr: X}}\n"
    )
    with pytest.raises(LoadError, match="not beside the territory file"):
        prepare([file])


@pytest.mark.parametrize("text", ["[" * 3000, "a: &a [x, x]\nb: &b [*a, *a]\noffres: *b\n"])
def test_a_file_made_to_exhaust_the_reader_ends_in_a_short_message(db, tmp_path, text):
    file = tmp_path / "bombe.yaml"
    file.write_text(text)
    with pytest.raises(LoadError) as refused:
        prepare([file])
    assert len(str(refused.value)) < 2000


def test_scripts_in_a_pages_html_are_not_loaded(demo, tmp_path):
    """What the editor could not write, the file cannot bring in."""
    content = yaml.safe_load((DEMO / "pages.yaml").read_text())
    (page,) = (page for page in content["pages"] if page["id"] == LOADED)
    headings = {"fr": "<h2>Suis-je éligible\u202f?</h2>", "en": "<h2>Am I eligible?</h2>"}
    harm = '<script>alert(1)</script><p><a href="javascript:alert(1)">x</a></p>'
    del page["image"]
    # The first block alone: others name pages of other files.
    page["corps"] = page["corps"][:1]
    for language, heading in headings.items():
        text = page["corps"][0]["contenu"][language]
        assert text.count(heading) == 1
        page["corps"][0]["contenu"][language] = text.replace(heading, heading + harm)
    page["corps"][0]["contenu"] = {language: page["corps"][0]["contenu"][language] for language in headings}
    file = tmp_path / "pages.yaml"
    sections = [section for section in content["sections"] if section["id"] == page["parent"]]
    file.write_text(yaml.safe_dump({"sections": sections, "pages": [page]}, allow_unicode=True))
    write(prepare([file]), lambda line: None)
    for language, heading in headings.items():
        page = EditorialPage.objects.get(reference=LOADED, locale__language_code=language)
        assert page.alias_of is None
        stored = page.body[0].value.source
        assert heading.removeprefix("<h2>").removesuffix("</h2>") in stored
        assert "<script" not in stored
        assert "javascript:" not in stored

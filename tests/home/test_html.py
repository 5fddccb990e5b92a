"""The HTML of each page type, as the Nu Html Checker of the W3C reads it."""

import os
import shutil
import subprocess

import pytest
from django.template.loader import render_to_string

from tests.browser.pages import PATHS_OF_TYPES

CHECKER = os.environ.get("HTML_CHECKER")
OFFER = PATHS_OF_TYPES["offer"]
PATHS = PATHS_OF_TYPES | {
    "advice": f"{OFFER}?first=2027-03-01&last=2027-05-02&citizen=autre",
    "wrong stay": f"{OFFER}?first=x&last=&citizen=",
    "filtered": "/fr/stages/?field=medecine&page=2&from=2027-02-30",
    "nothing": "/fr/stages/?french=A1&field=maieutique",
    "past": "/fr/agenda/?when=past",
    "search": "/fr/recherche/?q=stage",
    "results": "/fr/recherche/?q=stage&type=offers",
    "no result": "/fr/recherche/?q=xyzzyx",
    "frame": "/fr/embed/offres",
    "api": "/api/v1/docs",
    "English": "/en/",
    "German": "/de/praktika/",
}


@pytest.mark.once
@pytest.mark.skipif(not CHECKER, reason="HTML_CHECKER names no vnu.jar: .ci/html-checker fetches one")
@pytest.mark.skipif(not shutil.which("java"), reason="Java is missing")
def test_the_checker_finds_no_error_on_any_page_type(demo, client, tmp_path):
    for kind, path in PATHS.items():
        answer = client.get(path)
        assert answer.status_code in (200, 404), kind
        (tmp_path / f"{kind}.html").write_bytes(answer.content)
    (tmp_path / "failure.html").write_text(render_to_string("500.html"))
    command = ["java", "-jar", CHECKER, "--errors-only", "--format", "gnu", *map(str, sorted(tmp_path.iterdir()))]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert found.returncode == 0, found.stderr

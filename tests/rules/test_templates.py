"""How templates are written; djlint looks at their HTML (`make lint`)."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docker/pages", "home", "search", "site", "temoignages", "territoire")
LONGEST = 120


def test_no_line_of_a_template_is_longer_than_one_of_code():
    """It breaks where no reader sees it: between blocks or attributes, before a tag's ">", in a trimmed text."""
    written = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.html"))
    assert len(written) > 100
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in written
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST
    ]
    assert not long

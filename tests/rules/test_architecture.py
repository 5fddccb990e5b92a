"""What docs/architecture.md leads to is there."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
NOT_BUILT = {"temoignages/followup/"}
FOLDERS = ("docs", "home", "search", "site", "static", "temoignages", "territoire", "tests")


def test_every_file_and_folder_that_it_names_exists():
    """It names them by the end of their path: `search/finding.py`, `core/links/permanent.py`, `links.py`."""
    text = re.sub(r"```.*?```", "", (ROOT / "docs" / "architecture.md").read_text(), flags=re.DOTALL)
    named = {name for name in re.findall(r"`([^`\s]+)`", text) if "/" in name or name.endswith(".py")}
    assert len(named) > 50
    there = [f"/{path.relative_to(ROOT)}" for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    assert [
        name for name in sorted(named - NOT_BUILT) if not any(path.endswith(f"/{name.rstrip('/')}") for path in there)
    ] == []

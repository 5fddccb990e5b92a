"""A docstring says what for, or there is none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("home", "search", "site", "temoignages", "territoire")
FEWEST = 4  # words; fewer say the name again


def docstrings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, text) of each docstring of a file."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, documented) and (text := ast.get_docstring(node)):
            yield node.body[0].lineno, text


def test_a_docstring_says_something():
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 250
    empty = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted(files)
        for line, text in docstrings(path)
        if len(text.split()) < FEWEST
    ]
    assert not empty

"""No string of a lower app names an upper one: page types, templates and addresses that import-linter does not see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
# From the ground up: the label by which Django knows an app, and its folders. What stands in a folder that is named
# by itself belongs there.
FLOORS = {
    "core": ["site/core", "site/templates"],
    "territoire": ["territoire"],
    "desk": ["territoire/desk"],
    "temoignages": ["temoignages"],
    "search": ["search"],
    "home": ["home"],
    "api": ["home/api"],
}
# Where names of upper apps are meant, and why.
MEANT = {"site/core/access/roles.py": "roles are a table over all apps, which core hands out to groups"}

NAME = r"""(?P<quote>["'])(?P<name>{})(?P=quote)"""
ADDRESS = re.compile(NAME.format(r"[\w-]+(?::[\w-]+)?"))


def files_of(label: str) -> list[Path]:
    """The code and templates of an app."""
    others = [folder for name, folders in FLOORS.items() if name != label for folder in folders]
    found = [
        path
        for folder in FLOORS[label]
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts
    ]
    inside = [ROOT / folder for folder in others if any(folder.startswith(f"{own}/") for own in FLOORS[label])]
    return [path for path in found if not any(path.is_relative_to(folder) for folder in inside)]


def above(label: str) -> list[str]:
    """The apps above one."""
    return list(FLOORS)[list(FLOORS).index(label) + 1 :]


def strings_of(path: str, text: str) -> Iterator[str]:
    """The strings of code, without docstrings; of a template all its tags."""
    if not path.endswith(".py"):
        yield from re.findall(r"{%.*?%}", text)
        return
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield f'"{node.value}"'


def addresses_of(label: str) -> set[str]:
    """The names of an app's addresses, from its own code."""
    return {
        name
        for path in files_of(label)
        if path.suffix == ".py"
        for name in re.findall(r"""\bpath\([^\n]*name=["']([\w-]+)["']""", path.read_text())
    } | ({"api:"} if label == "api" else set())


def upward(label: str, path: str, text: str, addresses: set[str]) -> list[str]:
    """What the text of a file of an app names of the apps above it."""
    upper = "|".join(above(label))
    if not upper:
        return []
    named = re.compile(rf"""["'](?:{upper})(?:\.\w+|/[\w/.-]+\.html)["']""")
    found = []
    for string in strings_of(path, text):
        found += named.findall(string)
        found += [name for _quote, name in ADDRESS.findall(string) if name in addresses]
    return found


@pytest.mark.parametrize("label", FLOORS)
def test_no_app_names_one_above_it(label):
    addresses = set().union(*map(addresses_of, above(label))) - set().union(
        *map(addresses_of, set(FLOORS) - set(above(label)))
    )
    found = {
        str(path.relative_to(ROOT)): names
        for path in files_of(label)
        if (names := upward(label, path.name, path.read_text(), addresses))
    }
    assert {path: names for path, names in found.items() if path not in MEANT} == {}


@pytest.mark.parametrize(
    ("label", "path", "text"),
    [
        ("territoire", "offer.py", 'parent_page_types = ["home.HomePage"]'),
        ("territoire", "offer.py", "template = 'temoignages/sections/of_offer.html'"),
        ("core", "views.py", 'return redirect("api-docs")'),
        ("desk", "page.html", '{% include "search/components/form.html" %}'),
        ("temoignages", "page.html", "{% url 'api-docs' %}"),
        ("home", "wagtail_hooks.py", 'label = "api.Key"'),
    ],
)
def test_a_name_from_above_is_seen(label, path, text):
    assert upward(label, path, text, addresses_of("api"))


def test_a_name_from_below_and_a_docstring_are_no_fault():
    text = (
        '"""Shown on "home.HomePage"."""\nregister_section("territoire.StrengthPage", "territoire/sections/x.html")\n'
    )
    assert upward("territoire", "sections.py", text, addresses_of("api")) == []

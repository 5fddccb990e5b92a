"""No text of the interface is fixed before it is known who reads it."""

import ast

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}
FOLDERS = ("site", "territoire", "temoignages", "search", "home")
MODULES = [path for folder in FOLDERS for path in sorted((settings.ROOT / folder).rglob("*.py"))]


def names_of_gettext(tree):
    """The names under which a module has the functions that translate at once."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in AT_ONCE
    }


def read_at_import(node):
    """Yield the nodes that run when the module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from (part for part in (*child.decorator_list, child.args) for part in ast.walk(part))
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from read_at_import(child)


def translated_at_import(source):
    """The lines of a module on which a text is translated while nobody reads yet."""
    tree = ast.parse(source)
    names = names_of_gettext(tree)
    return [
        node.lineno
        for node in read_at_import(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def test_texts_of_modules_and_classes_are_translated_when_they_are_read():
    found = [
        f"{path.relative_to(settings.ROOT)}:{line}"
        for path in MODULES
        for line in translated_at_import(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    ["LABEL = _('Town')", "class Fact:\n    label = _('Town')", "def say(label=_('Town')): ..."],
)
def test_a_text_translated_at_import_would_be_found(line):
    assert translated_at_import(f"from django.utils.translation import gettext as _\n{line}")


@pytest.mark.parametrize("line", ["def say():\n    return _('Town')", "say = lambda: _('Town')"])
def test_a_text_translated_on_demand_is_right(line):
    assert not translated_at_import(f"from django.utils.translation import gettext as _\n{line}")

"""What the API tells of each page type: one module a type, with its schema, what it reads of a page, and its entry."""

from importlib import import_module
from pkgutil import iter_modules


def register_all() -> None:
    """Import all modules, each of which tells the API of its type."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")

"""What many tests begin from is built once: each of them sees it as it was built, and what it changes is rolled back.

    @scenario
    def site():
        publish(the_home())
        languages("en")
        return Site(...)

is a fixture like any other for the tests of its module. It is built in a transaction that stays open (`Standing`) while
tests that ask for it follow one another; what it returns is read anew from the database for each of them. It stands
before the test's other fixtures, so it asks for none itself.
"""

import copy
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection, models, transaction
from django.utils import translation

from factories import NOW


class Standing:
    """One state of the database that stays over several tests, in a transaction around theirs."""

    def __init__(self) -> None:
        self.build: Callable[[], Any] | None = None
        self.built: Any = None
        self._transaction: Any = None
        self._close: Any = None

    def enter(self, build: Callable[[], Any]) -> None:
        """Build, unless just this stands already; on the tests' day, in French."""
        if self.build == build:  # bound methods are equal, not the same
            return
        self.leave()
        # Django's test cases close the connection behind them, which would end a transaction around them.
        self._close, connection.close = connection.close, lambda: None
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        self.build = build
        try:
            with time_machine.travel(NOW), translation.override("fr"):
                self.built = build()
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Roll it back."""
        if self.build is None:
            return
        transaction.set_rollback(True)
        self._transaction.__exit__(None, None, None)
        connection.close = self._close
        self.build = self.built = None


standing = Standing()


def scenario(build: Callable[[], Any]) -> Any:
    """Make a fixture of a function without arguments that writes to the database: see this module's text."""

    def anew() -> Any:
        assert standing.build == build, "a scenario stands before the test's transaction: see tests/scenarios.py"
        return read_anew(standing.built)

    anew.__name__ = anew.__qualname__ = build.__name__
    anew.__doc__, anew.__module__ = build.__doc__, build.__module__
    anew.scenario = build
    return pytest.fixture(anew)


def read_anew(value: Any) -> Any:
    """Return what a scenario returned, with its records as they stand in the database."""
    if isinstance(value, models.Model):
        return type(value)._default_manager.get(pk=value.pk)
    if isinstance(value, dict):
        return {key: read_anew(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return type(value)(read_anew(item) for item in value)
    if hasattr(value, "__dict__") and not isinstance(value, type) and not callable(value):
        found = copy.copy(value)
        vars(found).update({name: read_anew(item) for name, item in vars(value).items()})
        return found
    return value


def empties_database(item: pytest.Item) -> bool:
    """Say whether a test runs outside of a transaction, after which the database is emptied."""
    transactional = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(transactional) or any(mark.kwargs.get("transaction") for mark in item.iter_markers("django_db"))


def scenario_of(item: pytest.Item) -> Callable[[], Any] | None:
    """Return what builds the scenario that a test asks for, or None; one of its module before the home page alone."""
    found = {}
    for name in getattr(item, "fixturenames", ()):
        for definition in item._fixtureinfo.name2fixturedefs.get(name, ())[-1:]:
            if build := getattr(definition.func, "scenario", None):
                found[name] = build
    if empties_database(item):
        assert not found.keys() - {"home"}, f"{item.nodeid} empties the database: it cannot begin from a scenario"
        return None
    if found.keys() > {"home"} or "demo" in item.fixturenames:
        found.pop("home", None)
    assert len(found) < 2, f"{item.nodeid} asks for several scenarios: {', '.join(found)}"
    return next(iter(found.values()), None)

"""Rules of the project that people forget, as system checks."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from wagtail.models import Page, get_page_models

from .models import BasePage

ROOT = Path(__file__).resolve().parents[2]


def is_own(config: AppConfig) -> bool:
    """Say whether an app is this project's, by where its code stands."""
    return Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path


@register(Tags.models)
def page_types_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type rests on BasePage and says where it may stand."""
    problems: list[CheckMessage] = []
    for model in get_page_models():
        if model is Page or not is_own(model._meta.app_config):
            continue
        if not issubclass(model, BasePage):
            problems.append(Error(f"{model.__name__} does not rest on BasePage.", obj=model, id="core.E001"))
        if "parent_page_types" not in vars(model):
            problems.append(Error(f"{model.__name__} does not set parent_page_types.", obj=model, id="core.E002"))
        if "subpage_types" not in vars(model):
            problems.append(Error(f"{model.__name__} does not set subpage_types.", obj=model, id="core.E003"))
    return problems


@register(Tags.models)
def names_are_translated(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Editors read labels in their language: no verbose name is left to be guessed from the code's English."""
    return [
        Error(f"{model.__name__} has no translated verbose_name.", obj=model, id="core.E004")
        for config in apps.get_app_configs()
        if is_own(config)
        for model in config.get_models()
        if isinstance(model._meta.verbose_name, str)
        and not model.__name__.startswith(("Site", "Historical"))
        and not model._meta.auto_created
    ]


@register(Tags.translation)
def source_language_comes_first(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """French is the source: it stands first in LANGUAGES."""
    if settings.LANGUAGES[0][0] != settings.LANGUAGE_CODE:
        return [Error("LANGUAGES does not begin with LANGUAGE_CODE.", id="core.E005")]
    return []


def has_other_history(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a database has migrations of ours that the code has not, and lacks some that the code has.

    Migrations cannot bring such a database up to date. One that only has more than the code was migrated by a later
    version, and one that only has fewer waits for `migrate`.
    """
    own = {config.label for config in apps.get_app_configs() if is_own(config)}
    applied = {key for key in MigrationRecorder(connection).applied_migrations() if key[0] in own}
    known = {key for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations if key[0] in own}
    return bool(applied - known and known - applied)


@register(Tags.database)
def history_is_this_code_s(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """`migrate`, which runs this check, leaves a database of another history as it is, and says what to do."""
    return [
        Error(
            f"The database “{alias}” has migrations that this code has not: they were made anew. Nothing was changed.",
            hint="Make a backup; then do what “A database of an older history” in docs/deployment.md says.",
            id="core.E020",
        )
        for alias in databases or ()
        if has_other_history(connections[alias])
    ]

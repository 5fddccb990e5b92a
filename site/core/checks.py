"""Rules of the project that people forget, as system checks."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from wagtail.models import Page, get_page_models

from .kinds.table import kind_of, page_kinds, page_types, record_of
from .models import BasePage

ROOT = Path(__file__).resolve().parents[2]


def is_own_file(path: Path) -> bool:
    """Say whether a file or folder is this project's: its packages may be installed in a folder of its own."""
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def is_own(config: AppConfig) -> bool:
    """Say whether an app is this project's, by where its code stands."""
    return is_own_file(Path(config.path))


# What a list goes without where nobody writes it, as whoever forgot it must be told.
FORGOTTEN = {
    "search": "is not found by the search: its entry names no kind of results (search)",
    "section": "cannot be loaded from a territory file: its entry names no section (section)",
    "record": "is not told by the open API: no app adds a record of it (add_record)",
    "structured": "is any web page for search engines: its entry names no builder of its JSON-LD (structured)",
}


@register(Tags.models)
def page_types_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type rests on BasePage, stands in the table of kinds, and under another page."""
    problems: list[CheckMessage] = []
    for model in get_page_models():
        if model is Page or not is_own(model._meta.app_config):
            continue
        if not issubclass(model, BasePage):
            problems.append(Error(f"{model.__name__} does not rest on BasePage.", obj=model, id="core.E001"))
        if kind_of(model) is None:
            problems.append(Error(f"{model.__name__} is in no kinds.py.", obj=model, id="core.E002"))
        elif not model.allowed_parent_page_models():
            problems.append(Error(f"No page takes {model.__name__} under it.", obj=model, id="core.E003"))
    return problems


@register(Tags.models)
def kinds_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every list is found, loaded, told and described, or says that it goes without; a record has an example."""
    problems: list[CheckMessage] = []
    for kind in page_kinds():
        name, record = kind.page.__name__, record_of(kind.page)
        for part in kind.missing:
            text = f"{name} {FORGOTTEN[part]}. What is meant so says without=({part!r},)."
            problems.append(Error(text, obj=kind.page, id="core.E006"))
        if record and not record.example:
            problems.append(Error(f"The API has no example of {name}.", obj=kind.page, id="core.E007"))
        if kind.index and not kind.reference:
            text = f"No territory file can name the list of {name}: its entry has no reference."
            problems.append(Error(text, obj=kind.page, id="core.E008"))
    return problems


@register(Tags.templates)
def page_types_have_templates(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every page type is printed by a template that is there, and so is its card, where a list prints cards."""
    problems: list[CheckMessage] = []
    for model in page_types():
        for name in filter(None, (model.template, getattr(model, "card_template", ""))):
            try:
                get_template(name)
            except TemplateDoesNotExist:
                text = f"{model.__name__} is printed by {name}, which is not there."
                problems.append(Error(text, obj=model, id="core.E009"))
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


# A migration that this history has not and with which each database of the older one began; it made the site's tables.
OLDER_HISTORY = ("core", "0002_media_and_site")


def has_other_history(connection: BaseDatabaseWrapper) -> bool:
    """Say whether a database was made by the older history of migrations, which `migrate` cannot bring up to date.

    Nothing else is recognised: migrations that are renamed, or another branch's, are for whoever made them to mend.
    """
    return OLDER_HISTORY in MigrationRecorder(connection).applied_migrations()


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

"""Rules of the project that people forget, as system checks."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
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

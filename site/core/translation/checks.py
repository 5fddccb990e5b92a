"""System checks: every field of a page, record or row, and every block, is on its side: a text, or a fact."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin

from ..blocks.text import FactBlock
from ..checks import is_own
from ..fields.columns import CodesField
from ..languages.translatable import TextsAndFacts, child_relations, columns, declared

# What translators get, what readers see alike in all languages, and what editors only choose the look by.
TEXT_BLOCKS = (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.BlockQuoteBlock)
SAME_BLOCKS = (
    FactBlock,
    blocks.ChooserBlock,
    blocks.ChoiceBlock,
    blocks.MultipleChoiceBlock,
    blocks.StaticBlock,
)
NESTED_BLOCKS = (blocks.StructBlock, blocks.ListBlock, blocks.StreamBlock)


def own_models() -> Iterator[type[models.Model]]:
    """Yield the project's models that have a language, and the rows that are edited with them."""
    for config in apps.get_app_configs():
        for model in config.get_models():
            if is_own(config) and issubclass(model, TranslatableMixin):
                yield model
                yield from (
                    relation.related_model
                    for relation in child_relations(model)
                    if not issubclass(relation.related_model, TranslatableMixin)
                )


def is_words(field: models.Field) -> bool:
    """Say whether a column holds words, of which one must say whether they are a text or a fact."""
    if isinstance(field, StreamField | RichTextField):
        return True
    named = models.URLField | models.EmailField | CodesField
    return isinstance(field, models.CharField | models.TextField) and not field.choices and not isinstance(field, named)


@register(Tags.models)
def fields_are_texts_or_facts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Words are declared `texts` or `facts`; everything else is a fact and is not declared a text."""
    return [problem for model in own_models() for problem in problems_of_fields(model)]


def problems_of_fields(model: type[models.Model]) -> Iterator[CheckMessage]:
    """Yield what is wrong with a model's declarations."""
    if not issubclass(model, TextsAndFacts):
        yield Error(f"{model.__name__} does not say which fields are texts (TextsAndFacts).", obj=model, id="core.E010")
        return
    kinds, fields = declared(model), {field.name: field for field in columns(model)}
    for name, field in fields.items():
        if is_words(field) and name not in kinds:
            message = f"{model.__name__}.{name} is neither among the texts nor among the facts."
            yield Error(message, obj=model, id="core.E011")
        elif not is_words(field) and kinds.get(name) == "text":
            yield Error(f"{model.__name__}.{name} is a fact, not a text.", obj=model, id="core.E012")
        elif isinstance(field, StreamField | RichTextField) and kinds.get(name) == "fact":
            yield Error(f"{model.__name__}.{name} is running text, not a fact.", obj=model, id="core.E013")
    for name in sorted(kinds.keys() - fields.keys()):
        yield Error(f"{model.__name__} declares {name}, which it does not have.", obj=model, id="core.E014")
    if "text" in kinds.values() and not issubclass(model, TranslatableMixin):
        message = f"{model.__name__} has texts: it needs TranslatableMixin, or each publication overwrites them."
        yield Error(message, obj=model, id="core.E015")


@register(Tags.models)
def blocks_are_texts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Blocks are words, which translators get, or chosen things; facts stand in columns."""
    return [
        problem
        for model in own_models()
        for field in columns(model)
        if isinstance(field, StreamField)
        for problem in problems_of_block(field.stream_block, f"{model.__name__}.{field.name}", model)
    ]


def problems_of_block(block: blocks.Block, path: str, model: type[models.Model]) -> Iterator[CheckMessage]:
    """Yield what is wrong with a block and those inside it; `path` names it."""
    if isinstance(block, NESTED_BLOCKS):
        inner = {"item": block.child_block} if isinstance(block, blocks.ListBlock) else block.child_blocks
        for name, child in inner.items():
            yield from problems_of_block(child, f"{path}.{name}", model)
    elif not isinstance(block, TEXT_BLOCKS + SAME_BLOCKS):
        message = (
            f"{path} is a {type(block).__name__}, of which translators get nothing or which they may change: "
            "put a fact into a column or a FactBlock, and a table into list and struct blocks."
        )
        yield Error(message, obj=model, id="core.E016")

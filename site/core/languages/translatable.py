"""What of a page or record is a text, which translators translate, and what a fact, which is the same everywhere.

wagtail-localize guesses from the column: it would hand a reference to translators and let them override a date. Here
each class names its own `texts`, and the `facts` among its columns of characters; everything else is a fact.
"""

from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.utils.functional import classproperty
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.models import COMMENTS_RELATION_NAME, Orderable, Page, TranslatableMixin
from wagtail_localize.fields import BaseTranslatableField, SynchronizedField, TranslatableField

# Columns by which Wagtail runs a page; each language has its own.
RUNNING = frozenset(
    {"path", "depth", "numchild", "go_live_at", "expire_at", "first_published_at", "content_type", "owner"}
)


def declared(model: type[models.Model]) -> dict[str, str]:
    """Return {field name: "text" or "fact"} as a class and its bases declare it; the nearest declaration holds."""
    kinds: dict[str, str] = {}
    for base in reversed(model.__mro__):
        kinds |= dict.fromkeys(vars(base).get("facts", ()), "fact") | dict.fromkeys(vars(base).get("texts", ()), "text")
    return kinds


def columns(model: type[models.Model]) -> list[models.Field]:
    """Return the columns that editors fill in."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable
        and not field.primary_key
        and not (field.remote_field and getattr(field.remote_field, "parent_link", False))
        and not (issubclass(model, Page) and field.name in RUNNING)
        and type(field).__name__ != "ParentalKey"
    ]


def child_relations(model: type[models.Model]) -> list[Any]:
    """Return the relations to rows that are edited with a page."""
    if not issubclass(model, ClusterableModel):
        return []
    return [relation for relation in get_all_child_relations(model) if relation.name != COMMENTS_RELATION_NAME]


@cache
def _fields(model: type[models.Model]) -> list[BaseTranslatableField]:
    kinds = declared(model)
    fields: list[BaseTranslatableField] = [
        TranslatableField(field.name)
        if kinds.get(field.name) == "text"
        else SynchronizedField(field.name, overridable=False)
        for field in columns(model)
    ]
    for relation in child_relations(model):
        translated = issubclass(relation.related_model, TranslatableMixin)
        fields.append(
            TranslatableField(relation.name) if translated else SynchronizedField(relation.name, overridable=False)
        )
    return fields


def field_label(model: type[Any], path: str) -> str:
    """Return the name of the field that a segment's path begins with, as editors read it."""
    name = path.split(".")[0]
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    label = getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name
    return str(label)


class TextsAndFacts(models.Model):
    """A page, record or row that says which of its fields are texts. `manage.py check` names what it forgot."""

    texts: ClassVar[tuple[str, ...]] = ()
    facts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classproperty
    def translatable_fields(cls) -> list[BaseTranslatableField]:
        """What wagtail-localize asks for."""
        return _fields(cls)


class OrderedRow(TextsAndFacts, Orderable):
    """A row of a page that editors put in order. Rows without a place stand as they were written, on every database."""

    class Meta(Orderable.Meta):
        abstract = True
        ordering = ("sort_order", "pk")


class FrenchParts(TextsAndFacts):
    """A page or record that may be translated in part: it knows which of its texts are still French.

    Kept on the row, without its tags, so that lists and cards mark their language without a query.
    """

    french_parts = models.JSONField(default=list, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what follows, the other languages, or not at all."""
        with transaction.atomic():
            super().save(*args, **kwargs)

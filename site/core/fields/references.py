"""What pages and records point to is looked for once in a piece of work, not at each of its steps.

A publication builds a page a dozen times from a revision or a translation's source, and validates it as often: each
time Wagtail and Django ask for every picture, host and supervisor whether it is still there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations

# A model and the key of a row that is there.
Row = tuple[type[models.Model], Any]

_there: ContextVar[set[Row] | None] = ContextVar("rows_that_are_there", default=None)


@contextmanager
def looked_for_once() -> Iterator[None]:
    """Look for each row once inside: for work in one transaction that deletes none of what it points to."""
    if _there.get() is not None:
        yield
        return
    token = _there.set(set())
    try:
        yield
    finally:
        _there.reset(token)


class ReferencesMixin(models.Model):
    """A page or record that is validated without asking again for what is known to be there."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Any = None) -> None:
        """Validate all fields but those that point to what is known to be there."""
        there = _there.get()
        if there is None:
            super().clean_fields(exclude)
            return
        left_out = set(exclude or ())
        pointed = {name: row for name, row in _pointed(self).items() if name not in left_out}
        super().clean_fields(left_out | {name for name, row in pointed.items() if row in there})
        there.update(pointed.values())


class BuiltPageMixin(ReferencesMixin):
    """A page that is built from stored content without asking again for what is known to be there."""

    class Meta:
        abstract = True

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False) -> Any:
        """Build one from stored content. Its rows belong to it, whatever the content says, so nobody looks for that."""
        relations = get_all_child_relations(cls)
        rows = {relation.get_accessor_name(): relation.field.name for relation in relations}
        data = {
            name: [{key: each for key, each in row.items() if key != rows[name]} for row in value]
            if name in rows
            else value
            for name, value in data.items()
        }
        there = _there.get()
        if there is None or not check_fks:
            return super().from_serializable_data(data, check_fks, strict_fks)
        named = set(_named(cls, data))
        for relation in relations:
            for row in data.get(relation.get_accessor_name(), ()):
                named.update(_named(relation.related_model, row))
        made = super().from_serializable_data(data, not named <= there, strict_fks)
        if made is not None:
            there.update(_pointed(made).values())
            for name in rows:
                for row in getattr(made, name).all():
                    there.update(_pointed(row).values())
        return made


def _keys(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Yield the fields of a model that point to any row of another one, by its primary key."""
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey) or field.remote_field.parent_link:
            continue
        if field.target_field.primary_key and not field.get_limit_choices_to():
            yield field


def _named(model: type[models.Model], data: dict[str, Any]) -> Iterator[Row]:
    for field in _keys(model):
        if data.get(field.name) is not None:
            yield field.related_model, field.target_field.to_python(data[field.name])


def _pointed(item: models.Model) -> dict[str, Row]:
    """Return what an object points to by the names of its fields."""
    values = {field: getattr(item, field.attname) for field in _keys(type(item))}
    return {field.name: (field.related_model, key) for field, key in values.items() if key is not None}

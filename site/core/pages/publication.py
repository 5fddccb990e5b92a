"""One rule for every door: what goes public is whole, whoever publishes it.

A draft needs a title only. Publication (form, bulk action, schedule, workflow, code, loader, wagtail-localize) asks
the same questions: required fields, choices, rows, blocks, and the rules of the page type.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page

from ..languages.translatable import child_relations, field_label
from .page_forms import PublishingForm, RowError

__all__ = ["Errors", "PublicationRefused", "PublicationRulesMixin", "PublishingForm", "RowError", "refusals"]

# {field: a message, a `RowError`, or a list of them}
Errors = dict[str, Any]

logger = logging.getLogger(__name__)
_validated: ContextVar[bool] = ContextVar("validated", default=False)
_told: set[tuple[int, Any]] = set()  # refusals that this process has logged


class PublicationRefused(ValidationError):
    """The page breaks a rule of publication; `message_dict` says which field and why, `edit_url` where to mend it."""

    def __init__(self, errors: Errors, page: Page | None = None) -> None:
        listed = {name: each if isinstance(each, list) else [each] for name, each in errors.items()}
        super().__init__(
            {name: [getattr(each, "placed", str(each)) for each in messages] for name, messages in listed.items()}
        )
        self.page_title = str(page) if page else ""
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
        self.model = type(page) if page else None

    @property
    def sentences(self) -> list[str]:
        """The messages, each after the name of its field as editors read it."""
        return [
            f"{capfirst(field_label(self.model, name))} — {message}"
            if self.model and name != NON_FIELD_ERRORS
            else message
            for name, messages in self.message_dict.items()
            for message in messages
        ]


@contextmanager
def only_logged_at_night(page: Page, log_action: Any) -> Iterator[None]:
    """A scheduled publication is refused with one line in the log only, so that the night's others go on."""
    try:
        yield
    except PublicationRefused as refusal:
        if log_action != "wagtail.publish.scheduled":
            raise
        # A worker tries again and again: a line each time would hide all others.
        if (page.pk, page.latest_revision_created_at) not in _told:
            _told.add((page.pk, page.latest_revision_created_at))
            logger.error("Not published as scheduled: %s (%s)", page, "; ".join(refusal.sentences))


def refusals(page: Any) -> Errors:
    """Return {field: messages} for all that keeps a page from going public, as the form would say it."""
    errors: dict[str, list[Any]] = {}
    try:
        page.full_clean()
    except ValidationError as error:
        errors |= _as_in_the_form(error)
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and (found := _faults_of_blocks(field, getattr(page, field.name))):
            errors.setdefault(field.name, []).extend(found)
    for name, faults in faults_of_rows(page).items():
        errors.setdefault(name, []).extend(faults)
    for name, message in page.publication_errors().items():
        errors.setdefault(name, []).extend(message if isinstance(message, list) else [message])
    return errors


def faults_of_rows(item: Any) -> Errors:
    """Return {relation: messages} of a page's or record's rows, which its `full_clean` does not ask."""
    relations = child_relations(type(item))
    found = {relation.get_accessor_name(): list(_faults_of_rows(item, relation)) for relation in relations}
    return {name: faults for name, faults in found.items() if faults}


def _as_in_the_form(error: ValidationError) -> dict[str, list[str]]:
    """The messages of each field; a model calls empty or null what the form calls required."""
    required = str(forms.Field.default_error_messages["required"])
    return {
        name: [required if fault.code in {"blank", "null"} else text for fault in faults for text in fault.messages]
        for name, faults in error.error_dict.items()
    }


def _faults_of_blocks(field: StreamField, stream: Any) -> list[str]:
    try:
        field.stream_block.clean(stream)
    except ValidationError as error:
        return list(_sentences(field.stream_block, stream, error))
    return []


def _sentences(block: blocks.Block, value: Any, error: ValidationError) -> Iterator[str]:
    """Say a block's error after the names of the blocks around it: "Video — Captions — This field is required."."""
    inner = getattr(error, "block_errors", None)
    if not inner:
        yield from error.messages
        return
    yield from (text for each in getattr(error, "non_block_errors", None) or [] for text in _texts(each))
    for place, fault in inner.items() if isinstance(inner, dict) else enumerate(inner):
        if fault is None:
            continue
        if isinstance(block, blocks.StructBlock):
            child, part = block.child_blocks[place], value.get(place)
        elif isinstance(block, blocks.StreamBlock):
            child, part = value[place].block, value[place].value
        else:
            child, part = block.child_block, value[place]
        for each in fault.as_data() if hasattr(fault, "as_data") else [fault]:
            yield from (f"{capfirst(str(child.label))} — {text}" for text in _sentences(child, part, each))


def _texts(error: Any) -> list[str]:
    return list(error.messages) if isinstance(error, ValidationError) else [str(error)]


def _faults_of_rows(page: Any, relation: Any) -> Iterator[RowError]:
    """Return what is missing or wrong in the rows of a child relation."""
    rows = list(getattr(page, relation.get_accessor_name()).all())
    kept_apart = {relation.field.name, "locale", "translation_key"}
    for place, row in enumerate(rows):
        try:
            row.full_clean(exclude=kept_apart & {field.name for field in row._meta.concrete_fields})
        except ValidationError as error:
            for name, messages in _as_in_the_form(error).items():
                yield from (RowError(place, name, message, field_label(type(row), name)) for message in messages)
    for place in _repeated([[getattr(row, name) for name in _told_apart(row)] for row in rows]):
        name = _told_apart(rows[place])[0]
        yield RowError(place, name, _("This is said in another line already."), field_label(type(rows[place]), name))


def _told_apart(row: models.Model | type[models.Model]) -> tuple[str, ...]:
    return getattr(row, "told_apart_by", ())


def _repeated(values: list[list[Any]]) -> Iterator[int]:
    """Yield the places of rows that repeat an earlier one; empty ones repeat nothing."""
    seen: list[list[Any]] = []
    for place, value in enumerate(values):
        if any(part not in ("", None) for part in value) and value in seen:
            yield place
        seen.append(value)


@contextmanager
def validated_by_saving() -> Iterator[None]:
    """Do not validate pages for their revision inside: for wagtail-localize, which saves each just before."""
    token = _validated.set(True)
    try:
        yield
    finally:
        _validated.reset(token)


@contextmanager
def _read_once(revision: Any) -> Iterator[None]:
    """Build a revision's page once: what was asked about its publication is what goes public."""
    revision.as_object = cache(revision.as_object)
    try:
        yield
    finally:
        del revision.as_object


class PublicationRulesMixin:
    """A page that is published whole or not at all."""

    base_form_class = PublishingForm
    # Set while the form saves a draft: what is missing is no fault then.
    being_drafted = False
    # Set between the questions of publication and its saving.
    found_whole = False

    def publication_errors(self, form: PublishingForm | None = None) -> Errors:
        """Return {field: message} for each rule of this page type that is broken, beside what fields and rows ask.

        `form` holds child rows that are typed but not yet stored. Values may be missing: their fields say so.
        """
        return {}

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse to go live against the rules; raises `PublicationRefused`, which takes all back on its way."""
        with _read_once(revision):
            errors = refusals(revision.as_object())
            if errors:
                raise PublicationRefused(errors, self)
            revision.as_object().found_whole = True
            return super().publish(revision, *args, **kwargs)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Validate, but not once more what publication has just found whole."""
        if self.found_whole:
            self.found_whole = False
        else:
            super().full_clean(*args, **kwargs)

    def save_revision(self, *args: Any, clean: bool = True, **kwargs: Any) -> Any:
        """Make a revision of what is valid; what was just saved is (`validated_by_saving`)."""
        return super().save_revision(*args, clean=clean and not _validated.get(), **kwargs)

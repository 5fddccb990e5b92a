"""Rules that hold when a page is published, not while it is a draft.

Checked beside the fields in the editor, and again wherever a page goes live (code, schedule, bulk action, loader).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

Errors = dict[str, Any]


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row of a child relation: the row's place, its field, and a sentence."""

    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return self.message


logger = logging.getLogger(__name__)


class PublicationRefused(ValidationError):
    """The page breaks a rule of publication; `message_dict` says which field and why, `edit_url` where to mend it."""

    def __init__(self, errors: Errors, page: Page | None = None) -> None:
        super().__init__({name: str(message) for name, message in errors.items()})
        self.page_title = str(page) if page else ""
        self.edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""


@contextmanager
def only_logged_at_night(page: Page, log_action: Any) -> Iterator[None]:
    """A scheduled publication is refused with a line in the log only, so that the night's others go on."""
    try:
        yield
    except PublicationRefused as refusal:
        if log_action != "wagtail.publish.scheduled":
            raise
        logger.error("Not published as scheduled: %s (%s)", page, "; ".join(refusal.messages))


class PublishingForm(WagtailAdminPageForm):
    """Shows the rules of publication beside their fields when an editor publishes, schedules or asks for moderation."""

    def clean(self) -> dict[str, Any]:
        """Ask the page what forbids its publication, if that is what the editor wants."""
        cleaned = super().clean()
        if {"action-publish", "action-submit"} & set(self.data) and not self.errors:
            for name, value in cleaned.items():
                if name in {field.name for field in self.instance._meta.concrete_fields}:
                    setattr(self.instance, name, value)
            for name, message in self.instance.publication_errors(self).items():
                self.report(name, message)
        return cleaned

    def report(self, name: str, message: Any) -> None:
        """Put a message beside its field, in its row where it is about a child row, else above the form."""
        if isinstance(message, RowError):
            rows = [row for row in self.formsets[name].forms if row not in self.formsets[name].deleted_forms]
            rows[message.row].add_error(message.field, message.message)
        else:
            self.add_error(name if name in self.fields else None, message)

    def child_rows(self, name: str) -> list[dict[str, Any]]:
        """Return the rows that the editor typed for a child relation, deleted ones left out."""
        formset = self.formsets.get(name)
        if formset is None or not formset.is_valid():
            return []
        return [row for row in formset.cleaned_data if row and not row.get("DELETE")]


class PublicationRulesMixin:
    """A page type with rules of publication."""

    base_form_class = PublishingForm

    def publication_errors(self, form: PublishingForm | None = None) -> Errors:
        """Return {field: message} for each broken rule. `form` holds child rows that are typed but not yet stored."""
        return {}

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse to go live against the rules; raises `PublicationRefused`."""
        with only_logged_at_night(self, kwargs.get("log_action")):
            errors = revision.as_object().publication_errors()
            if errors:
                raise PublicationRefused(errors, self)
            return super().publish(revision, *args, **kwargs)

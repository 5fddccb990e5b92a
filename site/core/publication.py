"""Rules that hold when a page is published, not while it is a draft.

Checked beside the fields in the editor, and again wherever a page goes live (code, schedule, bulk action, loader).
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

Errors = dict[str, Any]

logger = logging.getLogger(__name__)


class PublicationRefused(ValidationError):
    """The page breaks a rule of publication; `message_dict` says which field and why."""


class PublishingForm(WagtailAdminPageForm):
    """Shows the rules of publication beside their fields when an editor publishes or schedules."""

    def clean(self) -> dict[str, Any]:
        """Ask the page what forbids its publication, if that is what the editor wants."""
        cleaned = super().clean()
        if "action-publish" in self.data and not self.errors:
            for name, value in cleaned.items():
                if name in {field.name for field in self.instance._meta.concrete_fields}:
                    setattr(self.instance, name, value)
            for name, message in self.instance.publication_errors(self).items():
                self.add_error(name if name in self.fields else None, message)
        return cleaned

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
        """Refuse to go live against the rules; raises `PublicationRefused`.

        A scheduled publication is refused with a line in the log only, so that the night's others go on.
        """
        errors = revision.as_object().publication_errors()
        if errors and kwargs.get("log_action") == "wagtail.publish.scheduled":
            logger.error("Not published as scheduled: %s (%s)", self, "; ".join(map(str, errors.values())))
            return None
        if errors:
            raise PublicationRefused(errors)
        return super().publish(revision, *args, **kwargs)

"""The form in which an editor writes a page: rows that are sent twice or wrong, and what forbids publication."""

from dataclasses import dataclass
from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


@dataclass(frozen=True)
class RowError:
    """What is wrong in one row of a child relation: the row's place, its field, a sentence, and the field's label."""

    row: int
    field: str
    message: str
    label: str = ""

    def __str__(self) -> str:
        return self.message

    @property
    def placed(self) -> str:
        """The sentence after the number of its row and the name of its field, for where no form is shown."""
        return f"{self.row + 1}, {self.label} — {self.message}" if self.label else f"{self.row + 1} — {self.message}"


class PublishingForm(WagtailAdminPageForm):
    """Shows the rules of publication beside their fields, unless a draft is saved or previewed."""

    def __init__(self, data: Any = None, files: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and kwargs.get("instance") is not None:
            data = with_keys_of_stored_rows(type(self), data, kwargs["instance"])
        super().__init__(data, files, *args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # it is made of the title
        for formset in self.formsets.values():
            formset.error_messages["too_few_forms"] = _("At least one line is needed here.")

    def is_valid(self) -> bool:
        """Bring every message of a row to a field that its reader sees."""
        valid = super().is_valid()
        for formset in self.formsets.values():
            self._tell_rows_apart(formset)
            for row in formset.forms:
                _show_hidden_errors(row)
        return valid and not any(row.errors for formset in self.formsets.values() for row in _kept(formset))

    def _post_clean(self) -> None:
        """Ask the page what forbids its publication, if that is what the editor wants."""
        self.instance.being_drafted = self.is_deferred_validation
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for name, messages in self.instance.publication_errors(self).items():
            for message in messages if isinstance(messages, list) else [messages]:
                self.report(name, message)

    def report(self, name: str, message: Any) -> None:
        """Put a message beside its field, in its row where it is about a child row, else above the form."""
        if isinstance(message, RowError):
            row = self.typed_rows(name)[message.row]
            if message.field not in row.errors:
                row.add_error(message.field, message.message)
        elif name in self.formsets:
            if not self.formsets[name].non_form_errors():
                self.formsets[name].non_form_errors().append(message)
        elif name not in self.errors:
            self.add_error(name if name in self.fields else None, message)

    def typed_rows(self, name: str) -> list[Any]:
        """Return the forms of the rows that the editor typed for a child relation; deleted and empty ones left out."""
        formset = self.formsets.get(name)
        if formset is None:
            return []
        formset.is_valid()
        return [row for row in _kept(formset) if row.has_changed() or row.instance.pk]

    def child_rows(self, name: str) -> list[dict[str, Any]]:
        """Return what was typed and can be read of each of these rows."""
        return [getattr(row, "cleaned_data", {}) for row in self.typed_rows(name)]

    def _tell_rows_apart(self, formset: Any) -> None:
        """Name a value that stands in two rows in the second one, beside its field."""
        names = getattr(formset.model, "told_apart_by", ())
        seen = []
        for row in _kept(formset) if names else []:
            value = [getattr(row, "cleaned_data", {}).get(name) for name in names]
            if not any(value):
                continue
            if value in seen:
                row.add_error(names[0], _("This is said in another line already."))
                formset.non_form_errors().append(_("Two lines say the same."))
            seen.append(value)


def _kept(formset: Any) -> list[Any]:
    """Rows that are not to be deleted; where nothing was sent, as for a preview, no row was read."""
    return [row for row in formset.forms if not getattr(row, "cleaned_data", {}).get(DELETION_FIELD_NAME)]


def _show_hidden_errors(row: Any) -> None:
    """An error of a hidden field stands beside the first field that is shown."""
    shown = next((bound.name for bound in row.visible_fields()), None)
    if shown is not None and "id" in row.errors:
        del row.errors["id"]
        row.add_error(shown, _("Somebody removed this line meanwhile. Take it out here too, or add it anew."))


def with_keys_of_stored_rows(form_class: type[Any], data: Any, page: Any) -> Any:
    """Give rows that are sent a second time, without the key that they got the first time, that key.

    A form that is sent twice, or saved from a window that did not hear the answer, would double its rows.
    """
    data = data.copy()
    for name, formset_class in form_class.formsets.items():
        total = _number(data.get(f"{name}-TOTAL_FORMS"))
        places = [place for place in range(total) if not data.get(f"{name}-{place}-id")]
        if not places or page.pk is None or name == "comments":
            continue
        named = {data.get(f"{name}-{place}-id") for place in range(total)}
        stored = [row for row in getattr(page, name).all() if row.pk and str(row.pk) not in named]
        found = False
        for place in places:
            row = formset_class.form(data, prefix=f"{name}-{place}") if stored else None
            twin = next((kept for kept in stored if row is not None and _same(row, kept)), None)
            if twin is not None:
                stored.remove(twin)
                data[f"{name}-{place}-id"] = str(twin.pk)
                found = True
        if found:
            data[f"{name}-INITIAL_FORMS"] = str(total)
    return data


def _same(row: Any, kept: Any) -> bool:
    """Say whether a typed row is a stored one: the same in what tells rows apart, or else in everything."""
    row.is_valid()
    typed = getattr(row, "cleaned_data", {})
    names = getattr(type(kept), "told_apart_by", ()) or [
        name for name in typed if name not in ("DELETE", "ORDER", "id")
    ]
    return bool(names) and all(name in typed and typed[name] == getattr(kept, name) for name in names)


def _number(text: Any) -> int:
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() and len(str(text)) < 5 else 0

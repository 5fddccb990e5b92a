"""The form in which an editor writes a record: what must be unique is said beside a field that is shown."""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from wagtail.admin.forms import WagtailAdminModelForm


class RecordForm(WagtailAdminModelForm):
    """Asks the constraints of which the form shows only some columns: Django leaves those to the database."""

    def _post_clean(self) -> None:
        super()._post_clean()
        for constraint in self._meta.model._meta.constraints:
            if not isinstance(constraint, UniqueConstraint):
                continue
            shown = [name for name in constraint.fields if name in self.fields]
            if not shown or len(shown) == len(constraint.fields) or set(shown) & set(self.errors):
                continue
            try:
                constraint.validate(type(self.instance), self.instance)
            except ValidationError as error:
                self.add_error(shown[0], error.messages)

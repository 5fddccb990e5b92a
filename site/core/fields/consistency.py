"""What of a page or record contradicts itself: every class says its part, and an editor reads all of it at once."""

from typing import Any

from django.core.exceptions import ValidationError

Faults = dict[str, Any]


class ConsistencyMixin:
    """Collects what `faults` and the `clean` methods of other libraries find, each beside its field."""

    def faults(self) -> Faults:
        """Return {field: message} for values that cannot be meant. Values that are missing contradict nothing."""
        return {}

    def clean(self) -> None:
        """Raise `ValidationError` with all of them: one mistake hides no other."""
        errors: Faults = {}
        try:
            super().clean()
        except ValidationError as error:
            error.update_error_dict(errors)
        for name, message in self.faults().items():
            errors.setdefault(name, []).append(ValidationError(message))
        if errors:
            raise ValidationError(errors)

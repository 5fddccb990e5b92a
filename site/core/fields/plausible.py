"""What nobody can have meant: a year that no placement, consent or event of this site can have."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .consistency import ConsistencyMixin, Faults

FIRST_YEAR, LAST_YEAR = 1900, 2100
NO_SUCH_YEAR = _("The year lies between 1900 and 2100.")


def plausible_year(value: int | dt.date | None) -> None:
    """Refuse a year, or a day of a year, that is a slip of the finger. Raises `ValidationError`."""
    year = getattr(value, "year", value)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(NO_SUCH_YEAR, code="year")


class PlausibleDateField(forms.DateField):
    """A day between 1900 and 2100."""

    default_validators = [plausible_year]


class PlausibleDateTimeField(forms.DateTimeField):
    """A moment between 1900 and 2100; refused before it is brought to the time zone, which has no year 0."""

    default_validators = [plausible_year]

    def to_python(self, value: Any) -> dt.datetime | None:
        """Say of the first and last days of the calendar what is said of all such years."""
        try:
            return super().to_python(value)
        except OverflowError:
            raise ValidationError(NO_SUCH_YEAR, code="year") from None


class PlausibleMixin(ConsistencyMixin):
    """A page or record whose days are days that somebody can have meant, whoever writes it."""

    def faults(self) -> Faults:
        """Add days of other centuries, and a check that is still to come."""
        found = super().faults()
        checked = getattr(self, "checked_on", None)
        if checked and checked > timezone.localdate():
            found["checked_on"] = _("This day is still to come.")
        for field in self._meta.concrete_fields:
            if isinstance(field, models.DateField) and field.editable:
                try:
                    plausible_year(getattr(self, field.attname))
                except ValidationError as error:
                    found[field.name] = error
        return found

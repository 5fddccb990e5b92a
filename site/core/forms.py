"""Forms of the admin."""

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from .fields import TextPerLanguageFormField
from .pictures import make_all


class SiteImageForm(BaseImageForm):
    """The picture's form: one alternative text a language; all sizes are made when it is saved."""

    class Meta(BaseImageForm.Meta):
        field_classes = {"alt_texts": TextPerLanguageFormField}
        widgets = BaseImageForm.Meta.widgets | dict.fromkeys(("consent_on", "consent_until"), AdminDateInput)

    def save(self, commit: bool = True) -> Any:
        """Save, then make the files that pages will ask for."""
        image = super().save(commit)
        if commit:
            transaction.on_commit(partial(make_all, image))
        return image

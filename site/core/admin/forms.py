"""Forms of the admin."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.admin.widgets import AdminDateInput
from wagtail.images.forms import BaseImageForm

from ..fields.columns import TextPerLanguageFormField
from ..files.pictures import clean_picture
from ..pictures.renditions import make_all


class SiteImageForm(BaseImageForm):
    """The picture's form: one alternative text a language; all sizes are made when it is saved."""

    class Meta(BaseImageForm.Meta):
        field_classes = {"alt_texts": TextPerLanguageFormField}
        widgets = BaseImageForm.Meta.widgets | dict.fromkeys(("consent_on", "consent_until"), AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            # Wagtail decodes the file before it looks at its size: `clean_file` asks the header.
            self.fields["file"].check_image_pixel_size = lambda upload: None

    def clean_file(self) -> Any:
        """Refuse beside the field what cannot be shown.

        The upload itself is written anew: Wagtail sets aside what it holds, under a public address, while other
        fields of the form are wrong.
        """
        upload = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            content = clean_picture(upload)
            upload.seek(0)
            upload.truncate()
            upload.write(content)
            upload.seek(0)
            upload.size, upload.is_clean = len(content), True
        return upload

    def save(self, commit: bool = True) -> Any:
        """Save, then make the files that pages will ask for."""
        image = super().save(commit)
        if commit:
            transaction.on_commit(partial(make_all, image))
        return image

"""Forms of the admin."""

from wagtail.images.forms import BaseImageForm

from .fields import TextPerLanguageFormField


class SiteImageForm(BaseImageForm):
    """The picture's form: one alternative text a language."""

    class Meta(BaseImageForm.Meta):
        field_classes = {"alt_texts": TextPerLanguageFormField}

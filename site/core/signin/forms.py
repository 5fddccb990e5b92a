"""The field for a code."""

from django import forms
from django.utils.translation import pgettext_lazy


class CodeForm(forms.Form):
    """A code of six figures, or a recovery code; spaces and capitals make no difference."""

    code = forms.CharField(
        label=pgettext_lazy("second factor", "Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        """Return it as it is compared."""
        return "".join(self.cleaned_data["code"].split()).replace("-", "").lower()

"""Names for what Wagtail and wagtail-localize leave unnamed: Django makes English ones of the code's."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
from wagtail_localize.views.report import TranslationsReportFilterSet, TranslationsReportView

LINK_FIELDS = {
    "link_text": pgettext_lazy("link", "Link text"),
    "email_address": pgettext_lazy("link", "Email address"),
    "subject": pgettext_lazy("link", "Subject"),
    "body": pgettext_lazy("link", "Message"),
    "phone_number": pgettext_lazy("link", "Phone number"),
}


def connect() -> None:
    """Name the fields of the link windows, and what the report of translations counts and filters by."""
    for form in (AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm):
        for name in form.base_fields.keys() & LINK_FIELDS:
            form.base_fields[name].label = LINK_FIELDS[name]
    TranslationsReportFilterSet.base_filters["source_locale"].label = _("Source language")
    TranslationsReportFilterSet.base_filters["target_locale"].label = _("Target language")
    TranslationsReportView.verbose_name_plural = _("translations")

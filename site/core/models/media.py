"""Pictures and documents."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition

from ..fields import TextPerLanguageField, in_language
from ..plausible import PlausibleMixin

# Folder of pictures whose people's consent has ended (core/consent.py).
WITHHELD = "withheld"


class Licence(models.TextChoices):
    """Under what terms a picture is shown."""

    OWN = "own", _("All rights reserved, the Département")
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    ETALAB = "etalab-2.0", _("Etalab Open Licence 2.0")
    PERMISSION = "permission", _("With the author’s permission")


class SiteImage(PlausibleMixin, AbstractImage):
    """A picture with an alternative text in each language, its credit and its licence.

    A picture of people who can be recognised carries their consent (Code civil, art. 9) and the date on which it
    ends; after that date `may_be_shown` is false and no page shows it.
    """

    alt_texts = TextPerLanguageField(
        _("alternative text"),
        help_text=_("What the picture shows, for someone who does not see it. A page may say it differently."),
    )
    credit = models.CharField(_("credit"), max_length=150, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices, default=Licence.OWN)
    shows_people = models.BooleanField(
        _("people can be recognised"), default=False, help_text=_("Their consent is then required.")
    )
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_until = models.DateField(
        _("consent ends on"),
        null=True,
        blank=True,
        help_text=_("The picture leaves the site after this date."),
    )
    reference = models.CharField(
        _("reference"),
        max_length=40,
        blank=True,
        db_index=True,
        help_text=_("Code by which files name this picture."),
    )

    admin_form_fields = (
        "title",
        "file",
        "alt_texts",
        "credit",
        "licence",
        "shows_people",
        "consent_on",
        "consent_until",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.CheckConstraint(
                name="recognisable_people_have_consented",
                condition=models.Q(shows_people=False)
                | models.Q(consent_on__isnull=False, consent_until__isnull=False),
            )
        ]

    def clean(self) -> None:
        """Ask for the consent beside its field, before the database's constraint does."""
        super().clean()
        if self.shows_people:
            missing = [name for name in ("consent_on", "consent_until") if not getattr(self, name)]
            if missing:
                raise ValidationError(dict.fromkeys(missing, _("Needed when people can be recognised.")))
        if self.consent_on and self.consent_until and self.consent_until <= self.consent_on:
            raise ValidationError({"consent_until": _("The consent ends before it begins.")})

    @property
    def default_alt_text(self) -> str:
        """The alternative text in the reader's language."""
        return in_language(self.alt_texts)

    def may_be_shown(self, on: dt.date | None = None) -> bool:
        """Say whether the consent of the people on the picture still runs."""
        if not self.shows_people:
            return True
        return self.consent_until is not None and self.consent_until >= (on or timezone.localdate())


class SiteRendition(AbstractRendition):
    """A size and format of a picture, made once."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_spec")
        ]

    def get_upload_to(self, filename: str) -> str:
        """Lie beside the original: what may not be shown is not shown in another size either."""
        path = super().get_upload_to(filename)
        return f"{WITHHELD}/{path}" if self.image.file.name.startswith(f"{WITHHELD}/") else path


class SiteDocument(AbstractDocument):
    """A file to download, a video or its captions."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    @property
    def kind(self) -> str:
        """The file's type as people say it: PDF, DOCX…"""
        return self.file_extension.upper()

"""Pictures and documents, with what they show in each language, credit and licence."""

import datetime as dt
import os
from contextlib import nullcontext
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, SourceImageIOError, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from ..fields.columns import TextPerLanguageField, in_language
from ..fields.consistency import Faults
from ..fields.plausible import PlausibleMixin
from ..files.documents import check_content
from ..files.pictures import MOST_PIXELS, CleanFile, PictureRefused, clean_picture, size_of
from ..files.videos import blank_metadata

# Folder of pictures whose people's consent has ended (core/pictures/consent.py).
WITHHELD = "withheld"


class Licence(models.TextChoices):
    """Under what terms a picture is shown."""

    OWN = "own", _("All rights reserved, the Département")
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    ETALAB = "etalab-2.0", _("Etalab Open Licence 2.0")
    PERMISSION = "permission", _("With the author’s permission")


class PictureFieldFile(WagtailImageFieldFile):
    """A picture's file, whose size is asked of its header: Wagtail decodes the whole file for it."""

    def get_image_dimensions(self) -> tuple[int, int] | tuple[None, None]:
        """Return width and height in pixels; what is known of them where the file is gone or damaged."""
        was_closed = self.closed
        try:
            self.open()
            width, height = size_of(self)
        except OSError:
            width = height = None
        else:
            if was_closed:
                self.close()
            else:
                self.seek(0)
        return (width, height) if width else (self.instance.width, self.instance.height)


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
    # The name of the file that is known to hold nothing but pixels.
    clean_name = models.CharField(max_length=255, blank=True, default="", editable=False)

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
                violation_error_message=_("Needed when people can be recognised."),
            )
        ]

    def faults(self) -> Faults:
        """Ask for the consent beside its field, before the database's constraint does."""
        found = super().faults()
        if self.shows_people:
            missing = [name for name in ("consent_on", "consent_until") if not getattr(self, name)]
            found |= dict.fromkeys(missing, _("Needed when people can be recognised."))
        if self.consent_on and self.consent_on > timezone.localdate():
            found["consent_on"] = _("This day has not come yet.")
        if self.consent_on and self.consent_until and self.consent_until <= self.consent_on:
            found["consent_until"] = _("The consent ends before it begins.")
        return found

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store no file as it came, whoever brings it; raises `PictureRefused` for one that cannot be shown."""
        if kwargs.get("update_fields") is None and self.file and not self.file_is_clean:
            try:
                self.clean_file()
            except (OSError, PictureRefused):
                # What is wrong with an old file does not keep its texts from being changed.
                if not self.file._committed:
                    raise
        super().save(*args, **kwargs)

    @property
    def file_is_clean(self) -> bool:
        """Say whether the stored file is known to hold nothing but pixels."""
        return self.file._committed and self.file.name == self.clean_name

    def clean_file(self, most_pixels: int = MOST_PIXELS) -> None:
        """Put a file of nothing but pixels in the place of this one; raises `PictureRefused`, or `OSError`."""
        before = self.file.name if self.file._committed else ""
        with self.open_file() as file:
            raw = file.file if isinstance(file, File) else file
            content = file.read() if getattr(raw, "is_clean", False) else clean_picture(file, most_pixels)
        name = os.path.basename(self.file.name)
        self.file.save(name, CleanFile(content, name), save=False)
        self.clean_name = self.file.name
        self._set_image_file_metadata()
        self.file.close()
        if before:
            SiteRendition.objects.filter(image=self.pk).delete()
            transaction.on_commit(lambda: self.file.storage.delete(before))

    @property
    def broken_key(self) -> str:
        """The key under which the cache remembers that this file cannot be shown."""
        return f"broken-picture:{self.pk}:{self.file_hash}:{self.file_size}"

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make renditions; what failed a moment ago is not tried again for each reader."""
        if not filters:
            return {}
        if cache.get(self.broken_key):
            raise SourceImageIOError("The file could not be read before.")
        # Inside a transaction of somebody else's, what fails here is undone here.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            return super().create_renditions(*filters)

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """Make a rendition; whatever keeps a file from being decoded is a source that cannot be read."""
        try:
            return super().generate_rendition_file(filter, source=source)
        except Exception as error:  # decoders raise whatever the file makes them
            raise SourceImageIOError(str(error)) from error

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


for model in (SiteImage, SiteRendition):
    model._meta.get_field("file").attr_class = PictureFieldFile


class SiteDocument(AbstractDocument):
    """A file to download, a video or its captions."""

    #: Names of the files that this one has replaced: links to them lead here (core/pictures/documents.py).
    former_names = models.JSONField(default=list, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a file that is not what its name says, beside its field."""
        super().clean()
        if self.file and not self.file._committed:
            try:
                check_content(self.file, self.file_extension)
            except ValidationError as error:
                raise ValidationError({"file": error}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file and note the name of the one before; a video is stored without the place where it was made."""
        is_new = bool(self.file) and not self.file._committed
        if kwargs.get("update_fields") is None:
            self._remember_former_name(is_new)
        super().save(*args, **kwargs)
        if is_new and self.file_extension == "mp4":
            self.blank_metadata()

    def _remember_former_name(self, is_new: bool) -> None:
        before = type(self).objects.filter(pk=self.pk).values_list("file", flat=True).first() if self.pk else None
        if before and (is_new or before != self.file.name):
            name = os.path.basename(before)
            self.former_names = [*(known for known in self.former_names if known != name), name]

    def had_name(self, name: str) -> bool:
        """Say whether a file of this name, capital letters aside, is or was behind this document."""
        return name.lower() in {known.lower() for known in (self.filename, *self.former_names)}

    def blank_metadata(self) -> bool:
        """Blank what a stored video says beside pictures and sound; say whether there was something."""
        with self.file.storage.open(self.file.name, "rb+") as file:
            changed = blank_metadata(file)
        if changed:
            with self.file.storage.open(self.file.name) as file:
                self.file_hash = hash_filelike(file)
            type(self).objects.filter(pk=self.pk).update(file_hash=self.file_hash)
        return changed

    @property
    def kind(self) -> str:
        """The file's type as people say it: PDF, DOCX…"""
        return self.file_extension.upper()

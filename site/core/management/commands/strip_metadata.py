"""Take out of the stored pictures and videos what telephones and programs wrote into them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F

from core.files.pictures import MOST_PIXELS_ONCE, PictureRefused
from core.models import SiteDocument, SiteImage


class Command(BaseCommand):
    """`manage.py strip_metadata`: for what was uploaded before the site did so by itself; it may be run again."""

    help = "Strip what is no pixel from pictures, and places from videos, that were uploaded before."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on where a file cannot be read, and name it."""
        for image in SiteImage.objects.exclude(clean_name=F("file")).iterator(chunk_size=100):
            try:
                with transaction.atomic():
                    image.clean_file(MOST_PIXELS_ONCE)
                    image.save()
            except (OSError, PictureRefused) as error:
                self.stderr.write(f"{image.pk} {image.title}: {error}")
            else:
                self.stdout.write(f"{image.pk} {image.title}: stripped")
        for document in SiteDocument.objects.filter(file__iendswith=".mp4").iterator(chunk_size=100):
            try:
                if document.blank_metadata():
                    self.stdout.write(f"{document.title}: stripped")
            except OSError as error:
                self.stderr.write(f"{document.title}: {error}")

"""Make every size and format that pages ask of the pictures, so that no visitor waits for one."""

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from core.models import SiteImage
from core.pictures.renditions import make_all


class Command(BaseCommand):
    """`manage.py make_renditions`: what is there already is kept, so it may be interrupted and run again."""

    help = "Make all sizes and formats of all pictures."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work on several pictures at once: encoders release the interpreter's lock."""
        images = list(SiteImage.objects.order_by("pk"))
        with ThreadPoolExecutor(cpu_count()) as pool:
            for place, (image, made) in enumerate(pool.map(self.make, images), 1):
                if made:
                    self.stdout.write(f"  pictures {place}/{len(images)}: {image.title}")

    @staticmethod
    def make(image: SiteImage) -> tuple[SiteImage, int]:
        """Make one picture's missing files with a connection of this thread's own; return how many were made."""
        try:
            there = image.renditions.count()
            make_all(image)
            return image, image.renditions.count() - there
        finally:
            connections.close_all()

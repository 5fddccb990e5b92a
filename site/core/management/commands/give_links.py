"""Give permanent links to pages that were public before links were kept; new pages get theirs by themselves."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from core.languages.localization import source_locale
from core.links.permanent import keep_link
from core.models import BasePage, PermanentLink


class Command(BaseCommand):
    """`manage.py give_links`: gives a lasting link to pages that were there before links were."""

    help = "Give a permanent link to each page that was ever public and has none."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through all types of pages."""
        before = PermanentLink.objects.count()
        public = {"locale": source_locale(), "alias_of": None, "first_published_at__isnull": False}
        for model in apps.get_models():
            if issubclass(model, BasePage):
                for page in model.objects.filter(**public):
                    keep_link(page)
        self.stdout.write(f"{PermanentLink.objects.count() - before} links given, {before} were there.")

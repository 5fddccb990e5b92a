"""Count pages and records by type and state."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Locale, get_page_models

from core.models import BasePage, FrenchRecord, SiteImage


class Command(BaseCommand):
    """`manage.py count_content`: one line a type and language."""

    help = "Count pages (live, drafts) and records by type and language."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the counts."""
        for locale in Locale.objects.all():
            self.stdout.write(f"{locale.language_code}:")
            for model in sorted(get_page_models(), key=lambda model: model._meta.label):
                if not issubclass(model, BasePage):
                    continue
                pages = model.objects.filter(locale=locale)
                live = pages.live().count()
                drafts = pages.count() - live
                if live or drafts:
                    note = f" and {drafts} drafts" if drafts else ""
                    self.stdout.write(f"  {model.__name__}: {live}{note}")
            for model in FrenchRecord.__subclasses__():
                self.stdout.write(f"  {model.__name__}: {model.objects.filter(locale=locale).count()}")
        self.stdout.write(f"pictures: {SiteImage.objects.count()}")

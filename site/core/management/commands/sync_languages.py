"""Make the site's languages those of the settings."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale, Page

from core.translation.languages import add_languages, remove_language
from core.translation.trees import complete_trees


class Command(BaseCommand):
    """`manage.py sync_languages`: see docs/languages.md."""

    help = (
        "Give the site each language of LANGUAGES that it lacks, with a tree in which French pages stand in until they "
        "are translated, and mend trees that lack a page. Languages that LANGUAGES no longer names go with --remove."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Removal asks for a word of its own."""
        parser.add_argument(
            "--remove", action="store_true", help="delete languages that LANGUAGES does not name, and their pages"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile catalogues, then add, complete or (with `--remove`) take away languages."""
        call_command("compile_catalogues", stdout=self.stdout)
        surplus = Locale.objects.exclude(language_code__in=dict(settings.LANGUAGES))
        if surplus and not options["remove"]:
            codes = ", ".join(surplus.values_list("language_code", flat=True))
            raise CommandError(f"LANGUAGES does not name {codes}: run again with --remove to delete it and its pages.")
        for locale in surplus:
            self.stdout.write(f"{locale.language_code}: removed with {remove_language(locale)} pages")
        for locale in add_languages():
            pages = Page.objects.filter(locale=locale).count()
            self.stdout.write(f"{locale.language_code}: added, {pages} pages stand in in French")
        mended = complete_trees()
        self.stdout.write(f"{mended} missing pages made" if mended else "The trees are complete.")

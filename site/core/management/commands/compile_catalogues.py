"""Compile gettext catalogues with Babel, so that no machine needs the gettext tools to run the site."""

import os
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed


class Command(BaseCommand):
    """`manage.py compile_catalogues`: writes the .mo files that are older than their .po.

    What this process does next speaks the new words: Django may have read the catalogues before they were there, and
    would say English where it then stores a text, as the search index does.
    """

    help = "Compile the message catalogues."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what has changed."""
        for place, folder in enumerate(settings.LOCALE_PATHS):
            sources = sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
            newest = max((source.stat().st_mtime for source in sources), default=0)
            complete = next((source for source in sources if source.parts[-3] == settings.LANGUAGE_CODE), None)
            for source in sources:
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime >= newest:
                    continue
                catalogue = self.read(source)
                own = sum(1 for message in catalogue if message.id and message.string)
                # Only of the site's own words English is said instead: others have catalogues of their own.
                if place == 0 and complete and source != complete:
                    self.fill(catalogue, self.read(complete))
                # A reader never meets half a catalogue.
                half = target.with_suffix(f".{os.getpid()}")
                with half.open("wb") as stream:
                    write_mo(stream, catalogue)
                half.replace(target)
                translation_file_changed(type(self), target)
                self.stdout.write(f"  {source.parts[-3]}: {own} messages")

    @staticmethod
    def read(source: Path) -> Catalog:
        """Read a catalogue."""
        with source.open("rb") as stream:
            return read_po(stream, locale=source.parts[-3])

    @staticmethod
    def fill(catalogue: Catalog, complete: Catalog) -> None:
        """Say in English, the language of the message ids, what a catalogue lacks.

        Django would say it in French, which the readers of a new language know least.
        """
        for message in complete:
            if not message.id:
                continue
            known = catalogue.get(message.id, context=message.context)
            texts = known.string if known and isinstance(known.string, tuple) else (known.string if known else "",)
            if all(texts):
                continue
            english = message.id
            if isinstance(english, tuple):
                one, many = english
                english = (one, *[many] * (catalogue.num_plurals - 1))
            catalogue.add(message.id, english, context=message.context)

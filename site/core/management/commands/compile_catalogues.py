"""Compile gettext catalogues with Babel, so that no machine needs the gettext tools to run the site."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py compile_catalogues`: writes the .mo files that are older than their .po."""

    help = "Compile the message catalogues."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what has changed."""
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                target = source.with_suffix(".mo")
                if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                    continue
                with source.open("rb") as stream:
                    catalogue = read_po(stream, locale=source.parts[-3])
                with target.open("wb") as stream:
                    write_mo(stream, catalogue)
                self.stdout.write(f"  {source.parts[-3]}: {len(catalogue)} messages")

"""Compile gettext catalogues with Babel, so that no machine needs the gettext tools to run the site."""

from typing import Any

from django.core.management.base import BaseCommand

from ...languages.catalogues import compile_catalogues


class Command(BaseCommand):
    """`manage.py compile_catalogues`: writes the .mo files that are older than their .po."""

    help = "Compile the message catalogues."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what has changed."""
        compile_catalogues(self.stdout.write)

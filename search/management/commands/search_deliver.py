"""Bring the search engine what was published while it was down; what a worker does by itself, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.indexing import outbox
from search.models import SearchChange


class Command(BaseCommand):
    """`manage.py search_deliver`: brings the search server what it missed."""

    help = "Bring the search indexes the changes that still wait."

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver once; status 1 where changes still wait."""
        count = SearchChange.objects.count()
        if not outbox.deliver():
            raise CommandError("The search engine does not answer; the changes wait.")
        self.stdout.write(f"{count} changes delivered.")

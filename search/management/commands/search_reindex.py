"""Build the search indexes anew, in the database and, where SEARCH_URL names one, in the engine."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineDown
from search.indexing import outbox


class Command(BaseCommand):
    """`manage.py search_reindex`: makes all documents anew, in the database and on the search server."""

    help = "Build the search indexes anew. Visitors search the old ones until the new ones are complete."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, and say how far it is."""
        try:
            count = outbox.rebuild(self.stdout.write)
        except EngineDown as error:
            raise CommandError(f"The database's index is complete; the engine does not answer: {error}") from None
        self.stdout.write(f"{count} pages can be found.")

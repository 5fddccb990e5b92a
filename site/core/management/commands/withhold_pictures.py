"""Take pictures off the site whose people's consent has ended, and bring back those for which it was renewed."""

from typing import Any

from django.core.management.base import BaseCommand

from core.pictures.consent import settle_all


class Command(BaseCommand):
    """`manage.py withhold_pictures`: for each night, soon after midnight."""

    help = "Move the files of pictures whose consent has ended to where no visitor reaches them, and back if renewed."

    def handle(self, *args: Any, **options: Any) -> None:
        """Move what is in the wrong place."""
        moved = settle_all()
        if moved:
            self.stdout.write(f"{moved} pictures moved.")

"""A way back for somebody who has lost the telephone and the recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ...factor import forget
from ...watching import logger


class Command(BaseCommand):
    """`manage.py forget_second_factor USERNAME`: at the next sign-in, who needs a second factor sets it up anew."""

    help = "Forget the second factor of an account, whose owner sets it up anew at the next sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Forget it; raise `CommandError` where there is no such account."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username!r}.")
        if not forget(user):
            self.stdout.write(f"{username} had no second factor.")
            return
        logger.warning("Second factor forgotten: account %s, by command", username)
        self.stdout.write(
            f"The second factor of {username} is forgotten. Its owner sets it up anew at the next sign-in."
        )

"""Load a territory's content from YAML files: all of it, or nothing."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.loading.engine import Step, plan, prepare, write
from core.loading.problems import LoadError


class Command(BaseCommand):
    """`manage.py load_territory FILE [FILE…]`: see docs/territory-file.md."""

    help = (
        "Load strengths, offers, rooms, testimonials, universities, events, questions and pages from YAML files. "
        "The whole is validated first; on a site that has content, records are updated by their reference, after "
        "the command has said what it will do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="territory files; pictures stand beside the first")
        parser.add_argument("--dry-run", action="store_true", help="validate, say what would be done, write nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask before updating what the site has")
        parser.add_argument("--shift", action="store_true", help="move all dates by multiples of 364 days past today")

    def handle(self, *args: Any, **options: Any) -> None:
        """Validate, announce, ask, write."""
        try:
            context = prepare(options["files"], shift=options["shift"])
            steps = plan(context)
            self.announce(steps, context.shift.days)
            if options["dry_run"]:
                return
            if any(step.update for step in steps) and not options["yes"]:
                self.ask()
            write(context, self.stdout.write)
        except LoadError as error:
            lines = "\n".join(f"  {problem}" for problem in error.problems)
            raise CommandError(f"Nothing was loaded. {len(error.problems)} error(s):\n{lines}") from None
        self.stdout.write(self.style.SUCCESS("Loaded."))

    def announce(self, steps: list[Step], shift: int) -> None:
        """Say what will be created and what will be updated."""
        self.stdout.write("What will be done:")
        for step in steps:
            updated = (
                f", {len(step.update)} updated ({', '.join(step.update[:8])}{'…' if len(step.update) > 8 else ''})"
            )
            self.stdout.write(f"  {step.key}: {len(step.create)} created{updated if step.update else ''}")
        if shift:
            self.stdout.write(f"  all dates move by {shift} days")

    def ask(self) -> None:
        """Ask before content is overwritten; without a terminal, refuse."""
        if not sys.stdin.isatty():
            raise CommandError("The site already has some of these records: run again with --yes to update them.")
        if input("Update these records? [y/N] ").strip().lower() not in {"y", "yes", "o", "oui"}:
            raise CommandError("Nothing was changed.")

"""Do what is due, beside the web: publish, deliver, tidy."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.jobs import workers
from core.jobs.models import Job
from core.jobs.register import timetable
from core.jobs.reloading import run_reloading
from core.jobs.worker import run_due, run_until_stopped


class Command(BaseCommand):
    """`manage.py work`: runs until SIGTERM or Ctrl+C, and finishes the job in hand then. Several may run."""

    help = "Publish what is scheduled, deliver what waits, tidy: beside the web, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--reload", action="store_true", help="begin anew with each change of the code")
        parser.add_argument("--list", action="store_true", help="print the timetable and what waits, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            self.list()
        elif options["once"]:
            run_due()
        elif options["reload"]:
            run_reloading()
        else:
            run_until_stopped()

    def list(self) -> None:
        """Print what is done when, and what failed."""
        rows = {job.key: job for job in Job.objects.all()}
        looked = _moment(workers.last_seen())
        for kind in timetable():
            often = f"at {kind.at:%H:%M}" if kind.at else f"every {kind.every} s"
            told = _told(rows.pop(kind.name, None))
            if kind.needed is not None:
                # A worker asks each second: when one was last seen, this was last looked at.
                told += f", {'something waits' if kind.needed() else 'nothing waits'} (last looked at: {looked})"
            self.stdout.write(f"{kind.name:32} {often:14} {told}")
        for job in rows.values():
            self.stdout.write(f"{job.name:32} {'asked for':14} {_told(job)}")


def _told(job: Job | None) -> str:
    if job is None:
        return "never"
    failed = f", failed {job.attempts} times ({job.last_error})" if job.attempts else ""
    return f"last done: {_moment(job.last_done_at)}{failed}{', given up' if job.given_up else ''}"


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else "never"

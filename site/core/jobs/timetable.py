"""What the wing of jobs does for itself."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .models import Job, Worker
from .register import HOUR, Kind, register

# Days for which is kept how an attempt went, in the engine's own table: well, or in vain.
WENT_WELL, FAILED = 1, 30


def tidy() -> None:
    """Forget attempts, workers and jobs of the past."""
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    yesterday, last_month = now - dt.timedelta(days=WENT_WELL), now - dt.timedelta(days=FAILED)
    DBTaskResult.objects.successful().filter(finished_at__lt=yesterday).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=last_month).delete()
    # Of workers that were killed: the job itself was handed out again.
    DBTaskResult.objects.running().filter(started_at__lt=yesterday).delete()
    Worker.objects.filter(seen_at__lt=yesterday).delete()
    Job.objects.filter(given_up=True, due_at__lt=last_month).delete()


register(Kind("jobs.tidy", _("Tidy up after jobs"), tidy, every=HOUR))

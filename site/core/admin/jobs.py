"""The editors' home says when nothing is published and delivered any more, and which delivery fails."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..jobs import workers
from ..jobs.models import Job
from ..jobs.register import kind_of
from .waiting import Notice, register_notices

# A failure or two may be a server that starts anew.
SEVERAL = 3


@register_notices
def nobody_works(request: HttpRequest) -> list[Notice]:
    """Workers that were not seen for ten minutes."""
    if not workers.are_silent():
        return []
    reason = _("the process beside the site (work) has not run for ten minutes")
    return [Notice(_("Nothing is published or sent by itself"), reason, "")]


@register_notices
def failing_jobs(request: HttpRequest) -> list[Notice]:
    """Deliveries that have failed several times, or for good."""
    notices = []
    for job in Job.objects.filter(Q(attempts__gte=SEVERAL) | Q(given_up=True)).order_by("due_at")[:SEVERAL]:
        kind = kind_of(job.name)
        told = {
            "times": job.attempts,
            "error": job.last_error,
            "when": date_format(timezone.localtime(job.due_at), "SHORT_DATETIME_FORMAT"),
        }
        if job.given_up:
            reason = _("Failed %(times)d times (%(error)s), given up") % told
        else:
            reason = _("Failed %(times)d times (%(error)s), tried again on %(when)s") % told
        notices.append(Notice(str(kind.label if kind else job.name), reason, ""))
    return notices

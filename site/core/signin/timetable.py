"""What signing in leaves to be done later: mails, and old sessions."""

import datetime as dt

from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from ..jobs.register import HOUR, MINUTE, Kind, register
from .resetting import MAIL, send


def forget_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions")


register(
    # A link that comes after hours serves nobody: they have asked again.
    Kind(MAIL, _("Send a mail to set a new password"), send, pauses=(MINUTE, 5 * MINUTE, HOUR // 2), attempts=4),
    Kind("sessions.forget", _("Forget sessions that have ended"), forget_sessions, at=dt.time(3, 0)),
)

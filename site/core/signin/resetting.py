"""Reset mails: one answer in one time whoever asks, sent when the answer is on its way, and not without end."""

from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.mail import EmailMessage
from django.db import close_old_connections
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from .brakes import TooManyTries, reset_tries
from .watching import logger

# Mails that may wait for the mail server in one process; what comes on top is not sent, and the log says so.
WAITING = 50

_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reset-mails")
_places = BoundedSemaphore(WAITING)


class PasswordResetForm(WagtailPasswordResetForm):
    """Wagtail's, but looking the account up and sending are done apart, for known and unknown addresses alike."""

    def save(
        self,
        *,
        request: HttpRequest,
        email_template_name: str,
        subject_template_name: str,
        use_https: bool = False,
        token_generator: PasswordResetTokenGenerator = default_token_generator,
        **kwargs: Any,
    ) -> None:
        """Hand on what was asked; raise `TooManyTries`."""
        try:
            reset_tries(request, self.cleaned_data["email"]).take()
        except TooManyTries:
            logger.warning("Reset mail refused, too many tries")
            raise
        options = {
            "domain_override": request.get_host(),
            "email_template_name": email_template_name,
            "subject_template_name": subject_template_name,
            "use_https": use_https,
            "token_generator": token_generator,
        }
        later(self._send, options, translation.get_language())

    def _send(self, options: dict[str, Any], language: str) -> None:
        with translation.override(language):
            super().save(**options)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Send; an error is logged by its kind, for its text may hold the address."""
        subject = "".join(render_to_string(subject_template_name, context).splitlines())
        message = EmailMessage(subject, render_to_string(email_template_name, context), from_email, [to_email])
        try:
            message.send()
        except Exception as error:
            logger.error("Reset mail not sent: account %s, %s", context["user"].get_username(), type(error).__name__)


def later(work: Any, *args: Any) -> None:
    """Do something after the answer, in this process."""
    if not settings.SENDS_LATER:
        work(*args)
    elif _places.acquire(blocking=False):
        _sender.submit(_in_thread, work, *args)
    else:
        logger.error("Reset mail not sent: too many wait for the mail server")


def _in_thread(work: Any, *args: Any) -> None:
    try:
        close_old_connections()
        work(*args)
    except Exception as error:
        logger.error("Reset mail not sent: %s", type(error).__name__)
    finally:
        close_old_connections()
        _places.release()

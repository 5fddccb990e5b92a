"""Reset mails: one answer in one time whoever asks, sent by a worker, and not without end."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from ..jobs.asking import ask
from ..jobs.models import Job
from .accounts import folded
from .brakes import TooManyTries, reset_tries
from .watching import logger

MAIL = "signin.reset-mail"
# Mails that may wait for the mail server; what comes on top is not sent, and the log says so.
WAITING = 50


class MailNotSent(Exception):
    """The mail server did not take a mail; the text says why without the address."""


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
        email = self.cleaned_data["email"]
        try:
            reset_tries(request, email).take()
        except TooManyTries:
            logger.warning("Reset mail refused, too many tries")
            raise
        if Job.objects.filter(name=MAIL, given_up=False).count() >= WAITING:
            logger.error("Reset mail not sent: too many wait for the mail server")
            return
        options = {
            "domain_override": request.get_host(),
            "email_template_name": email_template_name,
            "subject_template_name": subject_template_name,
            "use_https": use_https,
        }
        # The key tells addresses apart, and does not tell them.
        key = salted_hmac(MAIL, folded(email)).hexdigest()[:32]
        ask(MAIL, key, email=email, language=translation.get_language(), options=options)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Send; an error is told by its kind, for its text may hold the address. Raises `MailNotSent`."""
        subject = "".join(render_to_string(subject_template_name, context).splitlines())
        message = EmailMessage(subject, render_to_string(email_template_name, context), from_email, [to_email])
        try:
            message.send()
        except Exception as error:
            kind = type(error).__name__
        else:
            return
        logger.error("Reset mail not sent: account %s, %s", context["user"].get_username(), kind)
        raise MailNotSent(kind)


def send(email: str, language: str, options: dict[str, Any]) -> None:
    """Send what was asked for to the accounts of an address, if there are any. Raises `MailNotSent`."""
    form = PasswordResetForm({"email": email})
    if form.is_valid():
        with translation.override(language):
            super(PasswordResetForm, form).save(token_generator=default_token_generator, **options)

"""The pages of the second factor: to give it, to set it up, to look after it, and to take a lost one from somebody."""

from base64 import b32encode
from binascii import unhexlify
from typing import Any
from urllib.parse import urlencode

import segno
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex
from wagtail.admin import messages

from . import factor
from .brakes import TooManyTries, code_tries
from .forms import CodeForm
from .watching import logger

# What the session keeps while a telephone is being set up: its key, and that one changes telephones.
KEY, CHANGING = "factor-key", "factor-changing"


def next_url(request: HttpRequest) -> str:
    """Return the address of this site to which one wanted to go, else the admin's home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, request.get_host(), request.is_secure()):
        return wanted
    return reverse("wagtailadmin_home")


def _checked(request: HttpRequest, form: CodeForm, check: Any) -> bool:
    """Say whether the form's code is right, counting the try; raise `TooManyTries`."""
    if not form.is_valid():
        return False
    name = request.user.get_username()
    tries = code_tries(request)
    try:
        tries.take()
    except TooManyTries:
        logger.warning("Second factor refused, too many tries: account %s", name)
        raise
    if check(form.cleaned_data["code"]):
        tries.give_back()
        request.signed_in = request.user
        return True
    logger.warning("Second factor failed: account %s", name)
    form.add_error("code", _("This code is not right. Codes change every thirty seconds, and each serves once."))
    return False


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> TemplateResponse:
    return TemplateResponse(request, f"signin/{template}.html", context | {"next": next_url(request)}, status=status)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Ask for the code after the password."""
    if request.user.is_verified():
        return HttpResponseRedirect(next_url(request))
    if not factor.has_factor(request.user):
        return redirect(_with_next(request, "signin_set_up"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and _checked(request, form, lambda code: factor.prove(request, code)):
        if isinstance(request.user.otp_device, StaticDevice):
            left = factor.recovery_codes_left(request.user)
            messages.warning(request, _("That was a recovery code: %(left)s are left.") % {"left": left})
            return redirect("signin_factor")
        return HttpResponseRedirect(next_url(request))
    return _page(request, "give", {"form": form})


def _with_next(request: HttpRequest, name: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': next_url(request)})}"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the key as a QR code and as letters, and ask for a first code; then show the recovery codes, once."""
    user = request.user
    if not factor.may_have_factor(user):
        raise PermissionDenied
    changing = user.is_verified() and request.session.get(CHANGING)
    if factor.has_factor(user) and not changing:
        return redirect("signin_factor")
    key = request.session.setdefault(KEY, random_hex(20))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and _checked(request, form, lambda code: factor.set_up(request, key, code)):
        for name in (KEY, CHANGING):
            request.session.pop(name, None)
        logger.info("Second factor set up: account %s", user.get_username())
        return _page(request, "recovery_codes", {"codes": factor.new_recovery_codes(user)})
    address = TOTPDevice(user=user, key=key).config_url
    letters = b32encode(unhexlify(key)).decode().lower()
    context = {
        "form": form,
        "required": factor.must_have_factor(user),
        "qr_code": segno.make(address, error="m").svg_data_uri(scale=6, border=3, light="#fff", dark="#000"),
        "key": " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        "address": address,
    }
    return _page(request, "set_up", context)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def look_after(request: HttpRequest) -> HttpResponse:
    """New recovery codes, another telephone, or no factor any more: each asks for a code."""
    user = request.user
    if not factor.has_factor(user):
        return redirect(_with_next(request, "signin_set_up"))
    required = factor.must_have_factor(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and _checked(request, form, lambda code: factor.prove(request, code)):
        if "change" in request.POST:
            request.session[CHANGING] = True
            return redirect("signin_set_up")
        if "off" in request.POST and not required:
            factor.forget(user)
            logger.info("Second factor taken off: account %s", user.get_username())
            messages.success(request, _("The second factor is switched off."))
            return redirect("wagtailadmin_account")
        return _page(request, "recovery_codes", {"codes": factor.new_recovery_codes(user)})
    context = {"form": form, "required": required, "left": factor.recovery_codes_left(user)}
    return _page(request, "look_after", context)


def may_forget(request_user: Any, user: Any) -> bool:
    """Say whether somebody may take the second factor from an account: who administers accounts, but not from above."""
    return (
        request_user.has_perm("core.change_user")
        and request_user.pk != user.pk
        and (request_user.is_superuser or not user.is_superuser)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor from somebody who has lost the telephone and the recovery codes."""
    user = get_object_or_404(get_user_model(), pk=pk)
    if not may_forget(request.user, user):
        raise PermissionDenied
    if request.method == "POST":
        factor.forget(user)
        names = user.get_username(), request.user.get_username()
        logger.warning("Second factor forgotten: account %s, by account %s", *names)
        messages.success(request, _("The second factor of %(name)s is forgotten.") % {"name": names[0]})
        return redirect("wagtailusers_users:edit", user.pk)
    return _page(request, "forget", {"person": user})

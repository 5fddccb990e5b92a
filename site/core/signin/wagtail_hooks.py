"""Addresses of the second factor, its line in the account's menu, and the button for administrators."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from . import factor, views


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLPattern]:
    """Under /admin/second-factor/; Wagtail lets in who may enter the admin."""
    return [
        path("second-factor/", views.look_after, name="signin_factor"),
        path("second-factor/code/", views.give, name="signin_give"),
        path("second-factor/set-up/", views.set_up, name="signin_set_up"),
        path("second-factor/forget/<int:pk>/", views.forget, name="signin_forget"),
    ]


@hooks.register("register_account_menu_item")
def add_line(request: HttpRequest) -> dict[str, Any] | None:
    """Lead from one's account to the second factor."""
    if not factor.may_have_factor(request.user):
        return None
    if factor.has_factor(request.user):
        help_text = _("Switched on: recovery codes, another telephone.")
    else:
        help_text = _("A code of your telephone beside the password.")
    return {"url": reverse("signin_factor"), "label": _("Second factor"), "help_text": help_text}


@hooks.register("register_user_listing_buttons")
def add_button(user: Any, request_user: Any) -> Iterator[Button]:
    """Let administrators help somebody who has lost the telephone."""
    if views.may_forget(request_user, user) and factor.has_factor(user):
        yield Button(_("Forget the second factor"), reverse("signin_forget", args=[user.pk]), icon_name="mobile-alt")

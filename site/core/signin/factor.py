"""The second factor: who needs one, who has one, and what proves it (django-otp keeps the devices).

A code of an application on the telephone (TOTP, RFC 6238), or one of ten recovery codes that serve once.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django_otp import devices_for_user, user_has_device, verify_token
from django_otp import login as otp_login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.contrib.settings.registry import registry
from wagtail.models import GroupApprovalTask, GroupPagePermission

RECOVERY_CODES = 10
# Who may change one of these administers the site, whatever their group is called; the settings come on top.
ADMINISTERED = (
    *("core.user", "auth.group", "wagtailcore.site", "wagtailcore.locale", "wagtailcore.collection"),
    *("wagtailcore.workflow", "wagtailcore.task", "wagtailredirects.redirect"),
)


def publishes(user: Any) -> bool:
    """Say whether an account may put something online: by a right on any page, or by approving in a workflow."""
    groups = user.groups.all()
    rights = GroupPagePermission.objects.filter(group__in=groups, permission__codename="publish_page")
    return rights.exists() or GroupApprovalTask.objects.filter(groups__in=groups, active=True).exists()


def administers(user: Any) -> bool:
    """Say whether an account may change accounts, groups, sites, languages, workflows or settings."""
    wanted = Q(pk__in=[])
    for model in (*map(apps.get_model, ADMINISTERED), *registry):
        wanted |= Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
    held = Permission.objects.filter(Q(group__user=user) | Q(user=user))
    return held.exclude(codename__startswith="view_").filter(wanted).exists()


def must_have_factor(user: Any) -> bool:
    """Say whether an account needs a second factor for the admin."""
    if not settings.SECOND_FACTOR_REQUIRED or not may_have_factor(user):
        return False
    return user.is_superuser or publishes(user) or administers(user)


def may_have_factor(user: Any) -> bool:
    """Say whether an account may set one up: not the demo's, which everybody shares."""
    return not user.is_demo


def has_factor(user: Any) -> bool:
    """Say whether an account has set one up."""
    return user_has_device(user)


def owes_factor(user: Any) -> bool:
    """Say whether the password alone opens nothing for this account."""
    return has_factor(user) or must_have_factor(user)


def is_awaited(user: Any) -> bool:
    """Say whether the admin is closed to this session until the second factor is given, or set up."""
    return not user.is_verified() and owes_factor(user)


def set_up(request: HttpRequest, key: str, code: str) -> bool:
    """Give the account a new device with this key, if the code is the device's; devices before it go."""
    user = request.user
    with transaction.atomic():
        device = TOTPDevice.objects.create(user=user, name="telephone", key=key)
        if not device.verify_token(code):
            device.delete()
            return False
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    otp_login(request, device)
    return True


def prove(request: HttpRequest, code: str) -> bool:
    """Verify a code of the telephone or a recovery code, and remember it in the session. A code serves once."""
    for device in list(devices_for_user(request.user)):
        if verify_token(request.user, device.persistent_id, code):
            otp_login(request, device)
            return True
    return False


def new_recovery_codes(user: Any) -> list[str]:
    """Make ten recovery codes and return them; earlier ones are worth nothing any more."""
    device, _created = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def recovery_codes_left(user: Any) -> int:
    """Return how many recovery codes have not served yet."""
    return StaticToken.objects.filter(device__user=user).count()


def forget(user: Any) -> bool:
    """Take the second factor from an account; return whether it had one. Who needs one is asked to set it up anew."""
    devices = list(devices_for_user(user, confirmed=None))
    for device in devices:
        device.delete()
    return bool(devices)

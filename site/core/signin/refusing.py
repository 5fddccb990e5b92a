"""What somebody reads who has tried too often: how long to wait, in their language, where they came from."""

import math

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from wagtail.admin.localization import get_localized_response


def waiting_time(seconds: int) -> str:
    """Return a time to wait as one reads it, rounded up: seconds, minutes or hours."""
    if seconds < 60:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    minutes = math.ceil(seconds / 60)
    if minutes <= 90:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def too_many_tries(request: HttpRequest, wait: int) -> HttpResponse:
    """Answer 429 with a page of the admin or of the site."""
    admin = request.path.startswith("/admin/")
    template = "signin/too_many_tries_admin.html" if admin else "signin/too_many_tries.html"

    def page(request: HttpRequest) -> TemplateResponse:
        # A new password begins anew.
        forgotten = request.resolver_match.view_name == "wagtailadmin_login"
        context = {"waiting_time": waiting_time(wait), "forgotten": forgotten}
        return TemplateResponse(request, template, context, status=429)

    # In the language that somebody who is signed in has chosen for the admin.
    response = get_localized_response(page, request).render()
    response["Retry-After"] = str(wait)
    response["Cache-Control"] = "no-store"
    return response

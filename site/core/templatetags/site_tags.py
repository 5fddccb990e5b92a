"""What templates of every app use."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale
from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.models import Page

from ..dates import long_date
from ..fields import in_language
from ..listing import point_of
from ..localization import localized
from ..models import BasePage, SiteImage
from ..pictures import picture
from ..visibility import is_shown

register = template.Library()

ICONS = Path(settings.STATICFILES_DIRS[0]) / "icons"

register.filter("in_language", in_language)
register.filter("localized", localized)
register.filter("is_shown", is_shown)


@cache
def _icon_svg(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text().strip()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Print one of our own line drawings (static/icons), hidden from screen readers: the words beside it say it."""
    return mark_safe(_icon_svg(name))


@register.inclusion_tag("components/picture.html")
def show_picture(image: SiteImage | None, preset: str, alt: str | None = "", lazy: bool = True) -> dict[str, Any]:
    """Print a picture in all its widths and formats. `alt=""` where words beside it say the same.

    Nothing is printed when the consent of the people on it has ended.
    """
    if image is None or not image.may_be_shown():
        return {"picture": None}
    return {"picture": picture(image, preset), "alt": alt or "", "lazy": lazy, "focus": focus_class(image)}


def focus_class(image: SiteImage) -> str:
    """Return the class that keeps the focal point in sight when a style sheet crops: its fifth of width and height."""
    point = image.get_focal_point()
    if not point or not image.width or not image.height:
        return "focus-x3 focus-y3"
    column = min(5, int(point.centroid_x / image.width * 5) + 1)
    row = min(5, int(point.centroid_y / image.height * 5) + 1)
    return f"focus-x{column} focus-y{row}"


@register.filter
def page_alt(page: BasePage) -> str:
    """The alternative text of a page's picture: the page's own, else the picture's."""
    return page.picture_alt or (page.picture.default_alt_text if page.picture else "")


@register.simple_tag(takes_context=True)
def url_of(context: template.Context, page: Page | None) -> str:
    """The address of a page; routes are looked up once a request."""
    if page is None:
        return ""
    request = context.get("request")
    return page.get_url(request, current_site=context["navigation"].site if "navigation" in context else None) or ""


@register.simple_tag(takes_context=True)
def desk_url(context: template.Context, about: str = "") -> str:
    """The address of the one-stop desk, with what the question is about."""
    url = context["navigation"].desk_url
    return f"{url}?about={quote(about)}" if url and about else url


@register.simple_tag
def euros(amount: Any) -> str:
    """An amount in euros, without cents where there are none."""
    digits = number_format(amount, decimal_pos=0 if amount == int(amount) else 2, force_grouping=True)
    return f"{digits}\u00a0€"


@register.filter
def spoken_language(code: str) -> str:
    """The name of an ISO 639-1 language in the reader's language."""
    return str(Locale.parse((get_language() or "fr").split("-")[0]).languages.get(code, code))


@register.simple_tag
def time_element(day: dt.date) -> SafeString:
    """A date as people read it, with its machine form."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), long_date(day))


@register.filter
def points(pages: list[Any]) -> list[dict[str, Any]]:
    """Places on a map, for `json_script`."""
    return [point_of(page) for page in pages]


@register.filter
def as_points(page: Any) -> list[dict[str, Any]]:
    """One place on a map, for `json_script`."""
    return [point_of(page)]


@register.filter
def share_picture_url(page: BasePage) -> str:
    """The absolute address of the picture that a shared link shows, or ""."""
    image = getattr(page, "picture", None)
    if not image or not image.may_be_shown():
        return ""
    url = picture(image, "lead").fallback.url
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"

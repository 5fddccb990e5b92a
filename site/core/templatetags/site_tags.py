"""What templates of every app use."""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.core import get_global
from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page
from wagtail.templatetags.wagtailcore_tags import richtext

from ..fields.columns import in_language
from ..fields.telephone import dial_links, dialled, from_abroad
from ..languages.amounts import euros
from ..languages.dates import clock, day_field_type, long_date, weekday_date
from ..languages.localization import cldr_code, is_french, lang_is, localized, reader_language, with_language
from ..languages.richtext import said_html
from ..links.alternates import Alternate, alternates_of
from ..links.qr_codes import qr_inline
from ..lists.listing import points_of
from ..models import BasePage, SiteImage
from ..pages.outlets import Outlet, outlets_of
from ..pages.visibility import is_shown
from ..pictures.renditions import picture, share_picture
from ..web.structured_data import as_script, structured_data

register = template.Library()

# What an address carries, such as the offer that a question is about, stays when the language changes.
LONGEST_QUERY = 300

ICONS = Path(settings.STATICFILES_DIRS[0]) / "icons"

register.filter("in_language", in_language)
register.filter("localized", localized)
register.filter("is_shown", is_shown)
register.filter("share_picture", share_picture)
register.filter("day_field_type", day_field_type)
register.simple_tag(lang_is, name="lang_is")


@cache
def _icon_svg(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text().strip()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Print one of our own line drawings (static/icons), hidden from screen readers: the words beside it say it."""
    return mark_safe(_icon_svg(name))


@register.simple_tag(takes_context=True)
def structured(context: template.Context) -> SafeString:
    """Print what search engines read of the page that is shown, as JSON-LD."""
    found = structured_data(context["page"], context["request"])
    scripts = ((as_script(data),) for data in found)
    return format_html_join("\n  ", '<script type="application/ld+json">{}</script>', scripts)


@register.simple_tag(takes_context=True)
def outlets(context: template.Context) -> list[Outlet]:
    """What machines may fetch of the page that is shown, with the filters of its list."""
    page, listing = context.get("page"), context.get("listing")
    return outlets_of(page, listing.query if listing else "") if isinstance(page, BasePage) and page.pk else []


@register.inclusion_tag("components/paper.html", takes_context=True)
def on_paper(context: template.Context) -> dict[str, Any]:
    """What a printed page says of its address: the lasting link, or that of a list as it is shown, and its code."""
    page, listing, request = context.get("page"), context.get("listing"), context.get("request")
    if not isinstance(page, BasePage) or not page.pk or request is None:
        return {}
    if listing is not None:
        address = page.get_full_url(request) + own_query(context)
    else:
        address = page.lasting_link.url if page.lasting_link else page.get_full_url(request)
    # Lines end behind these signs: who copies an address must not take a line's end for a dash.
    return {"parts": re.findall(r"[^/?&]+[/?&]*", address), "code": qr_inline(address)}


# --- The language of what is printed ------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def say(context: template.Context, text: Any, owner: Any = None) -> str | SafeString:
    """Print a text of a page or record (by default the page that is shown), marked where it is still French."""
    return conditional_escape(with_language(text, owner or context.get("page")))


@register.simple_tag(takes_context=True)
def say_html(context: template.Context, html: Any, owner: Any = None) -> SafeString:
    """Print a rich text; its paragraphs that are still French are marked."""
    return said_html(dial_links(str(richtext(html))), owner or context.get("page"))


@register.simple_tag(takes_context=True)
def lang_of(context: template.Context, text: Any, owner: Any = None) -> str | SafeString:
    """Print ` lang="fr"` for an element that holds nothing but a text that is still French."""
    french = is_french(str(text), owner or context.get("page"))
    return lang_is(settings.LANGUAGE_CODE) if french else ""


@register.simple_tag
def french_words() -> str | SafeString:
    """Print ` lang="fr"` for what is cited in French in every language: the title of a source."""
    return lang_is(settings.LANGUAGE_CODE)


@register.simple_tag
def say_in_language(texts: dict[str, str]) -> str | SafeString:
    """Print a text of the settings in the reader's language; where only French is there, marked."""
    text = in_language(texts)
    french = text and not texts.get(reader_language())
    return format_html("<span{}>{}</span>", lang_is(settings.LANGUAGE_CODE), text) if french else text


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> list[Alternate]:
    """The page in all languages, fetched once a request."""
    request = context.get("request")
    if request is None:
        return []
    page, listing = context.get("page"), context.get("listing")
    page = page if isinstance(page, Page) and page.pk else None
    if not hasattr(request, "_alternates"):
        kept = listing.own_query if listing else request.GET.urlencode()[:LONGEST_QUERY]
        request._alternates = alternates_of(page, request, kept, own_query(context))
    return request._alternates


@register.simple_tag(takes_context=True)
def own_query(context: template.Context) -> str:
    """What belongs to the address of the page that is shown: "?" with a list's filters, order and page, or ""."""
    listing = context.get("listing")
    return f"?{listing.own_query}" if listing and listing.own_query else ""


@register.simple_tag
def og_locale(page: Page) -> str:
    """The language of a page's text and its country as Open Graph writes them: "fr_FR" (CLDR, likely subtags)."""
    code = settings.LANGUAGE_CODE if page.alias_of_id else cldr_code()
    parts = get_global("likely_subtags").get(code, code).split("_")
    return f"{parts[0]}_{parts[-1]}"


# --- Pictures -----------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/picture.html", takes_context=True)
def show_picture(
    context: template.Context, image: SiteImage | None, preset: str, alt: str | None = "", lazy: bool = True
) -> dict[str, Any]:
    """Print a picture in all its widths and formats. `alt=""` where words beside it say the same.

    Nothing is printed when the consent of the people on it has ended, or when its file cannot be read.
    """
    files = picture(image, preset)
    if files is None:
        return {"picture": None}
    own = alt == image.default_alt_text
    french = bool(alt) and (own and not image.alt_texts.get(reader_language()))
    if alt and not own:
        french = is_french(alt, context.get("page"))
    return {
        "picture": files,
        "alt": alt or "",
        "alt_language": settings.LANGUAGE_CODE if french and reader_language() != settings.LANGUAGE_CODE else "",
        "lazy": lazy,
        "focus": focus_class(image),
    }


@register.filter
def can_be_shown(image: SiteImage | None, preset: str) -> bool:
    """Say whether a picture may be shown and its files are there: what frames it asks first."""
    return picture(image or None, preset) is not None


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
def telephone(number: str) -> str:
    """Print a number that calls from everywhere; readers of another language see it with France's code."""
    shown = number if reader_language() == settings.LANGUAGE_CODE else from_abroad(number)
    address = dialled(number)
    return format_html('<a href="{}">{}</a>', address, shown) if address else shown


register.simple_tag(euros)


@register.filter
def spoken_language(code: str) -> str:
    """The name of an ISO 639-1 language in the reader's language."""
    return str(Locale.parse(reader_language()).languages.get(code, code))


@register.simple_tag
def time_element(day: dt.date | None) -> SafeString | str:
    """A date as people read it, with its machine form; a draft may not have it yet."""
    if day is None:
        return "…"
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), long_date(day))


@register.simple_tag
def moment_element(moment: dt.datetime, with_day: bool = True) -> SafeString:
    """A moment as people read it, in the site's time zone: with its day, or the time alone."""
    local = timezone.localtime(moment)
    text = f"{weekday_date(local.date())}, {clock(local)}" if with_day else clock(local)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


@register.filter
def points(pages: list[Any]) -> list[dict[str, Any]]:
    """Places on a map, for `json_script`."""
    return points_of(pages)


@register.filter
def as_points(page: Any) -> list[dict[str, Any]]:
    """One place on a map, for `json_script`."""
    return points_of([page])

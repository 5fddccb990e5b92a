"""The address under which pages know themselves: canonical links, shared links, the sitemap."""

from collections.abc import Collection
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Site

DEFAULT_PORTS = {"http": 80, "https": 443}


def absolute(url: str) -> str:
    """Return an address of this site with SITE_URL before it; files may already have another host's."""
    return url if url.startswith("http") else f"{settings.SITE_URL}{url}"


def leads_back(request: HttpRequest, address: str) -> bool:
    """Say whether an address is the one that is asked for: an answer that redirects there never ends."""
    return urlsplit(address).path == request.path


def whole_number(typed: str, digits: int) -> int | None:
    """Return a number that somebody typed into an address, of so many digits at most; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def with_query(url: str, request: HttpRequest, without: Collection[str] = ("lang",)) -> str:
    """Return an address with the query of a request behind it, but for names that have done their work."""
    kept = [(name, value) for name, values in request.GET.lists() if name not in without for value in values]
    return f"{url}{'&' if '?' in url else '?'}{urlencode(kept)}" if kept else url


def set_site_address() -> None:
    """Give Wagtail's default site the host and port of SITE_URL, and a name unless it has one.

    The admin calls a site without a name by its host.
    """
    address = urlsplit(settings.SITE_URL)
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = address.hostname, address.port or DEFAULT_PORTS[address.scheme]
    site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
    site.save()

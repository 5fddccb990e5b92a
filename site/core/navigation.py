"""Menus and settings as templates print them, fetched once a request and only when printed."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Locale, Page, Site

from .models import Menu, SiteSettings


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True)
class LinkList:
    """One menu, ready to print."""

    slot: str
    title: str
    links: list[Link]


class Navigation:
    """Everything around a page's content."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def site(self) -> Site | None:
        """The site that answers this request."""
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> SiteSettings | None:
        """Name, look and contacts."""
        return SiteSettings.for_site(self.site) if self.site else None

    @cached_property
    def home_url(self) -> str:
        """The home page in the reader's language."""
        return f"/{Locale.get_active().language_code}/"

    @cached_property
    def desk_url(self) -> str:
        """The one-stop desk in the reader's language, or "" where it is not published."""
        return self._url(self.settings.desk_page) if self.settings else ""

    @cached_property
    def accessibility_url(self) -> str:
        """The accessibility statement, or ""."""
        return self._url(self.settings.accessibility_page) if self.settings else ""

    def _url(self, page: Page | None) -> str:
        page = page.localized if page else None
        return (page.get_url(self.request, current_site=self.site) or "") if page and page.live else ""

    @cached_property
    def menus(self) -> dict[str, LinkList]:
        """All menus by slot, with dashes as underscores: `navigation.menus.footer_1`. Unpublished pages are left out."""
        menus = Menu.objects.filter(locale=Locale.get_active())
        return {menu.slot.replace("-", "_"): self._list(menu) for menu in menus}

    def _list(self, menu: Menu) -> LinkList:
        links = []
        for block in menu.links:
            page: Page | None = block.value["page"]
            if page is None or not page.live:
                continue
            url = page.get_url(self.request, current_site=self.site) or ""
            current = bool(url) and url != self.home_url and self.request.path.startswith(url)
            links.append(Link(text=block.value["label"] or page.title, url=url, current=current))
        return LinkList(slot=menu.slot, title=menu.title, links=links)

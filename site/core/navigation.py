"""What stands around every page: menus, name, contacts. Kept in the cache until an editor changes any of it."""

import uuid
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from .localization import active_locale, localized
from .models import Menu, SiteSettings
from .visibility import is_shown

VERSION_KEY = "frame-version"
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class LinkList:
    """One menu, ready to print."""

    slot: str
    title: str
    links: list[Link]


@dataclass(frozen=True)
class Frame:
    """Settings and menus of a site in one language."""

    settings: SiteSettings | None = None
    desk_url: str = ""
    accessibility_url: str = ""
    menus: dict[str, LinkList] = field(default_factory=dict)


class Navigation:
    """The frame of one request; nothing is fetched before a template prints it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def site(self) -> Site | None:
        """The site that answers this request."""
        return Site.find_for_request(self.request)

    @property
    def home_url(self) -> str:
        """The home page in the reader's language."""
        return f"/{active_locale().language_code}/"

    @cached_property
    def frame(self) -> Frame:
        """The frame from the cache, or made anew."""
        if self.site is None:
            return Frame()
        version = cache.get_or_set(VERSION_KEY, new_version, None)
        key = f"frame-{version}-{self.site.pk}-{active_locale().pk}"
        return cache.get_or_set(key, self._make_frame, KEPT_SECONDS)

    @property
    def settings(self) -> SiteSettings | None:
        """Name, look and contacts."""
        return self.frame.settings

    @property
    def desk_url(self) -> str:
        """The one-stop desk in the reader's language, or "" where it is not published."""
        return self.frame.desk_url

    @property
    def accessibility_url(self) -> str:
        """The accessibility statement, or ""."""
        return self.frame.accessibility_url

    @cached_property
    def menus(self) -> dict[str, LinkList]:
        """All menus by slot, dashes as underscores: `navigation.menus.footer_1`. The current entry is marked."""
        return {
            slot: replace(menu, links=[replace(link, current=self._is_current(link)) for link in menu.links])
            for slot, menu in self.frame.menus.items()
        }

    def _is_current(self, link: Link) -> bool:
        return link.url != self.home_url and self.request.path.startswith(link.url)

    def _make_frame(self) -> Frame:
        settings = SiteSettings.read(self.site)
        menus = Menu.objects.filter(locale=active_locale())
        return Frame(
            settings=settings,
            desk_url=self._url(settings.desk_page),
            accessibility_url=self._url(settings.accessibility_page),
            menus={menu.slot.replace("-", "_"): self._list(menu) for menu in menus},
        )

    def _url(self, page: Page | None) -> str:
        page = localized(page)
        return (page.get_url(self.request, current_site=self.site) or "") if is_shown(page) else ""

    def _list(self, menu: Menu) -> LinkList:
        """Unpublished pages are left out."""
        entries = [(block.value["label"], block.value["page"]) for block in menu.links]
        links = [Link(text=label or page.title, url=self._url(page)) for label, page in entries if page]
        return LinkList(slot=menu.slot, title=menu.title, links=[link for link in links if link.url])


def new_version() -> str:
    """Return a key part that no earlier frame has."""
    return uuid.uuid4().hex


def forget_frames(**kwargs: Any) -> None:
    """Something that frames print has changed; forgotten now, and again once the change is there
    for all to read: until then, a reader may bring the old state back."""
    cache.delete(VERSION_KEY)
    transaction.on_commit(partial(cache.delete, VERSION_KEY))


for model in (Menu, SiteSettings, Site, PageViewRestriction):
    post_save.connect(forget_frames, sender=model, dispatch_uid=f"core.forget_frames.save.{model.__name__}")
    post_delete.connect(forget_frames, sender=model, dispatch_uid=f"core.forget_frames.delete.{model.__name__}")
for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
    signal.connect(forget_frames, dispatch_uid=f"core.forget_frames.{id(signal)}")
post_delete.connect(forget_frames, sender=Page, dispatch_uid="core.forget_frames.delete.Page")

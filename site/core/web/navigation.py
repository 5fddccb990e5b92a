"""What stands around every page: menus, name, contacts. Kept in the cache until an editor changes any of it."""

import uuid
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models.signals import post_delete
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from ..cache.until_changed import forget, forget_when, remembered
from ..fields.colours import Colours, Theme
from ..fields.columns import in_language
from ..kinds.table import SEARCH, with_role
from ..languages.localization import active_locale, is_french, localized, source_locale, stands_in
from ..models import Menu, SiteSettings
from ..pages.visibility import in_reader_language, is_shown, shown

VERSION_KEY = "frame-version"


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    text: str
    url: str
    current: bool = False
    french: bool = False  # its text is French
    stands_in: bool = False  # it leads to a page that is not translated


# What upper apps put into the legal line: (label, name of the address).
_foot_links: list[tuple[Any, str]] = []


def register_foot_link(label: Any, url_name: str) -> None:
    """Let the foot of every page lead to an address that is no page of the tree."""
    if (label, url_name) not in _foot_links:
        _foot_links.append((label, url_name))


@dataclass(frozen=True)
class LinkList:
    """One menu, ready to print."""

    slot: str
    title: str
    links: list[Link]
    french: bool = False


@dataclass(frozen=True)
class Frame:
    """Settings and menus of a site in one language."""

    settings: SiteSettings | None = None
    desk_url: str = ""
    search_url: str = ""
    accessibility: Link | None = None
    enrolled_in_france: Link | None = None
    french_abroad: Link | None = None
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
        return remembered(key, self._make_frame)

    @property
    def settings(self) -> SiteSettings | None:
        """Name, look and contacts."""
        return self.frame.settings

    @property
    def colours(self) -> dict[Theme, Colours]:
        """The site's colours in each theme."""
        chosen = self.settings or SiteSettings()
        return {"light": chosen.colours("light"), "dark": chosen.colours("dark")}

    @property
    def site_name(self) -> str:
        """The name of the site in the reader's language."""
        return in_language(self.settings.name if self.settings else None) or settings.WAGTAIL_SITE_NAME

    @property
    def desk_url(self) -> str:
        """The one-stop desk in the reader's language, or "" where it is not published."""
        return self.frame.desk_url

    @property
    def search_url(self) -> str:
        """The search page in the reader's language, or "" where there is none."""
        return self.frame.search_url

    @property
    def accessibility(self) -> Link | None:
        """Return the accessibility statement, which the foot of every page leads to."""
        return self.frame.accessibility

    @property
    def enrolled_in_france(self) -> Link | None:
        """The page for students of a French faculty, who do not ask here."""
        return self.frame.enrolled_in_france

    @property
    def french_abroad(self) -> Link | None:
        """The page for French citizens who study abroad."""
        return self.frame.french_abroad

    @property
    def foot_links(self) -> list[Link]:
        """What upper apps registered for the foot of the page."""
        return [Link(text=str(label), url=reverse(name)) for label, name in _foot_links]

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
        chosen = SiteSettings.read(self.site)
        # The French menu stands in for one that is not translated; a menu in the reader's language comes after it.
        both = Menu.objects.filter(locale__in=[source_locale(), active_locale()])
        menus = sorted(both, key=lambda menu: menu.locale_id == active_locale().pk)
        return Frame(
            settings=chosen,
            desk_url=self._url(chosen.desk_page),
            search_url=self._url(self._search_page()),
            accessibility=self._link_to(chosen.accessibility_page),
            enrolled_in_france=self._link_to(chosen.enrolled_in_france_page),
            french_abroad=self._link_to(chosen.french_abroad_page),
            menus={menu.slot.replace("-", "_"): self._list(menu) for menu in menus},
        )

    def _search_page(self) -> Page | None:
        model = with_role(SEARCH)
        if model is None:
            return None
        inside = model.objects.filter(locale=source_locale()).descendant_of(self.site.root_page)
        return shown(inside).select_related("locale").first()

    def _url(self, page: Page | None) -> str:
        page = localized(page)
        return (page.get_url(self.request, current_site=self.site) or "") if is_shown(page) else ""

    def _link_to(self, page: Page | None) -> Link | None:
        """Return a link to a page, whose words the template has; None where the page is not public."""
        page, url = localized(page), self._url(page)
        return Link(text=page.title, url=url, stands_in=stands_in(page)) if url else None

    def _list(self, menu: Menu) -> LinkList:
        """Unpublished pages are left out."""
        entries = [(block.value["label"], block.value["page"]) for block in menu.links]
        pages = {page.translation_key: page for page in in_reader_language(page for _label, page in entries if page)}
        links = [
            self._link(menu, label, pages[page.translation_key])
            for label, page in entries
            if page and page.translation_key in pages
        ]
        return LinkList(
            slot=menu.slot,
            title=menu.title,
            french=is_french(menu.title, menu),
            links=[link for link in links if link.url],
        )

    def _link(self, menu: Menu, label: str, page: Page) -> Link:
        # Before a reader of another language, a French label says no more than the page's own title.
        if label and is_french(label, menu) and not is_french(page.title, page):
            label = ""
        text, owner = (label, menu) if label else (page.title, page)
        return Link(text=text, url=self._url(page), french=is_french(text, owner), stands_in=stands_in(page))


def navigation_of(request: HttpRequest) -> Navigation:
    """Return the frame of a request; whoever asks gets the same, so that the cache is read once."""
    if not hasattr(request, "site_navigation"):
        request.site_navigation = Navigation(request)
    return request.site_navigation


def new_version() -> str:
    """Return a key part that no earlier frame has."""
    return uuid.uuid4().hex


forget_when(
    VERSION_KEY,
    changed=[Menu, SiteSettings, Site, PageViewRestriction],
    sent=[page_published, page_unpublished, page_slug_changed, post_page_move],
)
# Deletions of pages are sent by their own type and by Page: the latter is enough.
post_delete.connect(partial(forget, VERSION_KEY), sender=Page, weak=False, dispatch_uid="frame-version.deleted.Page")

"""Models that every app builds on: people, media, the base page, navigation and the site's settings."""

from .last_change import LastChange
from .links import FormerAddress, PermanentLink
from .media import SiteDocument, SiteImage, SiteRendition
from .navigation import Menu
from .page import BasePage, FrenchRecord, LocatedMixin, PictureMixin
from .settings import SiteSettings
from .stale import StaleTranslation
from .user import User

__all__ = [
    "BasePage",
    "FormerAddress",
    "FrenchRecord",
    "LastChange",
    "LocatedMixin",
    "Menu",
    "PermanentLink",
    "PictureMixin",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StaleTranslation",
    "User",
]

"""Models that every app builds on: people, media, the base page, navigation and the site's settings."""

from .changes import LastChange
from .links import FormerAddress, PermanentLink
from .media import SiteDocument, SiteImage, SiteRendition
from .navigation import Menu
from .page import BasePage, FrenchRecord, LocatedMixin, Offered, PictureMixin
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
    "Offered",
    "PermanentLink",
    "PictureMixin",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SiteSettings",
    "StaleTranslation",
    "User",
]

"""Settings for who works on the code: what `manage.py` and `make dev` take, and no web server.

A fresh clone needs no environment variable: the site runs as a demo, with pages of what went wrong, mails in the
terminal, and a key that everybody can read. So it answers this machine and nobody else.
"""

import os
from urllib.parse import urlsplit

from ..this_machine import NAMES
from .environment import SettingError, read, read_url

PRODUCTION = "config.settings.base"


def _refuse_others() -> None:
    """Stop the start where the environment (or `.env`) speaks of a site that others reach."""
    instead = f"config.settings.development serves this machine alone. Set DJANGO_SETTINGS_MODULE={PRODUCTION}."
    site = read_url("SITE_URL", "http://localhost:8000")
    if urlsplit(site).hostname not in {name.strip("[]") for name in NAMES}:
        raise SettingError(f"SITE_URL={site!r} is another machine's address, and {instead}")
    if others := sorted(set(read("list", "ALLOWED_HOSTS", NAMES)) - set(NAMES)):
        raise SettingError(f"ALLOWED_HOSTS has {others[0]!r}, and {instead}")
    if read("bool", "BEHIND_PROXY", False):
        raise SettingError(f"BEHIND_PROXY is set, and {instead}")


_refuse_others()
os.environ.setdefault("SECRET_KEY", "public-for-development-only-public-for-development-only")
os.environ.setdefault("DEBUG", "true")
os.environ.setdefault("DEMO", "true")

from .base import *  # noqa: E402, F403
from .base import MIDDLEWARE  # noqa: E402

ALLOWED_HOSTS = NAMES
MIDDLEWARE = ["config.this_machine.ThisMachineMiddleware", *MIDDLEWARE]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

"""Settings of the test suite: the site's own, with what makes tests fast and apart from the demo's data."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-tests-only-tests-only-tests-only")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from .base import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.gettempdir()) / "stages-sante-41-tests" / str(os.getpid()) / "media"
COUNTS_FILE = MEDIA_ROOT.parent / "counts.sqlite3"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
SEARCH_CLUSTER = None
SEARCH_RETRIES = False  # threads of their own would outlive a test
PDF_RATE = "1000000/m"  # the crawl follows each link to a paper; the limit's own test sets another
SECOND_FACTOR_REQUIRED = False  # its own tests ask for it

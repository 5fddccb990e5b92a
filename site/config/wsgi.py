"""WSGI entry point (gunicorn config.wsgi)."""

import os

from django.core.wsgi import get_wsgi_application

from .places import make_places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
make_places()
application = get_wsgi_application()

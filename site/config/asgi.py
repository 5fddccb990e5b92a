"""ASGI entry point (uvicorn config.asgi:application)."""

import os

from django.core.asgi import get_asgi_application

from .places import make_places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
make_places()
application = get_asgi_application()

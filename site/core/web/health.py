"""Addresses for whoever watches the site: does it answer, and has it what a reader needs."""

import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse

from ..jobs import workers

Handler = Callable[[HttpRequest], HttpResponse]

LIVE = ("/health/live", "/healthz")
READY = "/health/ready"
# Bytes below which the disk counts as full: an upload or a night of logs would fill it.
SPACE = 64 * 1024 * 1024
OK = "ok"


class HealthMiddleware:
    """Answers before anything else can refuse: a check asks a container by any name, without TLS and cookies."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the health addresses, pass on everything else."""
        path = request.path_info.rstrip("/")
        if path not in (*LIVE, READY):
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return answer(ready(), told={"jobs": workers.state()}) if path == READY else answer({})


def answer(parts: dict[str, str], told: dict[str, str] | None = None) -> HttpResponse:
    """Say which part is well and which is not; 503 when one is not. No answer names a path, a host or an account.

    `told` is said too, and never a reason to be taken out.
    """
    well = all(state == OK for state in parts.values())
    body = {"status": OK if well else "failing", **({"parts": parts | (told or {})} if parts else {})}
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return JsonResponse(body, status=200 if well else 503, headers=headers)


def ready() -> dict[str, str]:
    """Return the state of what a reader needs. The cache and a search server are not among it."""
    database = _database()
    return {"database": OK if database else "unreachable", "migrations": database or "unknown", "disk": _disk()}


def _database() -> str:
    """Return "" where the database does not answer, else "ok" or "missing" for its migrations."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        return ""
    return OK if _needed() <= applied.keys() else "missing"


@cache
def _needed() -> frozenset[tuple[str, str]]:
    """The migrations that this code was written for."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def _disk() -> str:
    """Say whether pictures and documents can be written."""
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b".")
        return OK if shutil.disk_usage(folder).free >= SPACE else "full"
    except OSError:
        return "not writable"

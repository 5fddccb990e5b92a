"""Which uploaded files have an address under /media/, and for whom."""

import mimetypes
import posixpath
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from ..models import SiteImage, SiteRendition
from ..signin.factor import is_awaited
from .consent import WITHHELD

# Everybody may see these; the door of docker/ hands out the same folders itself.
PUBLIC_FOLDERS = ("images", "original_images")
# Who works in the admin sees portraits of colleagues; who keeps pictures, those that were taken from readers, too.
STAFF_FOLDERS = ("avatar_images", WITHHELD)
PICTURES = (".avif", ".jpg", ".jpeg", ".png", ".webp")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """Hand out a picture. Whatever is not in a folder named above does not exist here, documents first of all:
    they have rights and addresses of their own.

    The address is brought to its shortest form before the folder is looked at, so no spelling gets round it.
    """
    name = shortest(path)
    folder = name.partition("/")[0]
    public = folder in PUBLIC_FOLDERS and settings.SERVE_MEDIA and not consent_has_ended(name)
    if not public and not (folder in STAFF_FOLDERS and _may_see(request.user, folder)):
        raise Http404
    file = _open(name)
    response = FileResponse(file, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response["Last-Modified"] = http_date(Path(file.name).stat().st_mtime)
    response["Cache-Control"] = "public, max-age=604800" if public else "private, no-store"
    # Whatever a file pretends to be, no browser runs it or guesses its type.
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not name.lower().endswith(PICTURES):
        response["Content-Disposition"] = "attachment"
    return response


def _may_see(user: Any, folder: str) -> bool:
    if not user.has_perm("wagtailadmin.access_admin") or is_awaited(user):
        return False
    return folder != WITHHELD or policy_registry.get_by_type(SiteImage).user_has_any_permission(user, {"add", "change"})


def shortest(path: str) -> str:
    """Return a path without repeated slashes, `.` and `..`; "" for one that only a mistake or an attack writes."""
    if any(sign in path for sign in "\\%") or not path.isprintable():
        return ""
    return posixpath.normpath(f"/{path}").lstrip("/")


def _open(name: str) -> IO[bytes]:
    """Open a file that lies where its name says, not elsewhere by a link. Raises `Http404`."""
    root = Path(settings.MEDIA_ROOT).resolve()
    try:
        path = (root / name).resolve(strict=True)
        if not path.is_file() or path != root / name:
            raise Http404
        return path.open("rb")
    except OSError:
        raise Http404 from None


def consent_has_ended(name: str) -> bool:
    """Say whether a file shows people whose consent is over, though the night's command has not moved it yet."""
    over = dict(
        SiteImage.objects.filter(shows_people=True, consent_until__lt=timezone.localdate()).values_list("pk", "file")
    )
    return bool(over) and (name in over.values() or SiteRendition.objects.filter(file=name, image_id__in=over).exists())

"""A demo whose database was made by an older history of migrations makes room for a new one."""

from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.management import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from core.checks import has_other_history


def set_aside_older_demo(connection: BaseDatabaseWrapper) -> str:
    """Rename a demo's database and media where their history is another one; return a sentence on it, else "".

    Raises:
        CommandError: the history is another one and the database no SQLite file, so that it may be more than a demo.
    """
    if not has_other_history(connection):
        return ""
    database, media = Path(connection.settings_dict["NAME"]), Path(settings.MEDIA_ROOT)
    if connection.vendor != "sqlite" or not database.is_file():
        raise CommandError(
            "The database was made by an older history of migrations and is no SQLite file: it was not touched. "
            "Name an empty database in DATABASE_URL, or empty this one yourself."
        )
    connection.close()
    mark = f"-older-{timezone.localtime():%Y%m%d-%H%M%S}"
    kept, kept_media = database.with_stem(database.stem + mark), media.with_name(media.name + mark)
    # Media first: where this is interrupted, the database is the older one still, and the next start goes on.
    if media.exists():
        media.rename(kept_media)
    for journal in ("-wal", "-shm", ""):
        if (path := Path(f"{database}{journal}")).exists():
            path.rename(f"{kept}{journal}")
    # Caches know pages and pictures by numbers, which begin anew.
    for name in settings.CACHES:
        caches[name].clear()
    return (
        "The database was made by an older history of migrations: "
        f"it was set aside as {kept} (its media as {kept_media.name}), and a new one is made."
    )

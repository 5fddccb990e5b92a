"""Folders and a demo's key: made when a process starts that serves or fills a site, never by reading the settings."""

import secrets
from pathlib import Path

from .settings.environment import KEY_FILE, ROOT, SettingError, read, read_database, read_folder

# Commands that fill or serve a site; all others find its folders or need none.
STARTS = {"load_demo", "load_territory", "migrate", "runserver", "work"}


def make_places() -> None:
    """Make DATA_DIR, the folder of an SQLite database, and a demo's key, unless they are there.

    It goes before the settings are read, so that all processes of a demo sign with the same key. Raises `SettingError`.
    """
    data = read_folder("DATA_DIR", ROOT / "var")
    database = read_database(f"sqlite:///{data / 'site.sqlite3'}")
    file = Path(database["NAME"])
    try:
        data.mkdir(parents=True, exist_ok=True)
        if "sqlite3" in database["ENGINE"] and database["NAME"] != ":memory:":
            file.parent.mkdir(parents=True, exist_ok=True)
        if read("bool", "DEMO", False) and not read("str", "SECRET_KEY", ""):
            _make_key(data / KEY_FILE)
        if read("bool", "DEMO", False) or read("bool", "DEBUG", False):
            # Nothing is collected there, and WhiteNoise warns of its absence.
            read_folder("STATIC_ROOT", data / "static").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(f"The site's folders cannot be made: {error.strerror} ({error.filename}).") from None


def _make_key(file: Path) -> None:
    """Write a random key, whole and once, whoever else does so at the same moment."""
    if file.exists():
        return
    draft = file.with_name(f"{file.name}-{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48))
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()

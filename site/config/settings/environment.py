"""What the environment may say, and what is said when it says it wrongly.

Every setting that an operator can change is read here, once, and listed in docs/settings.md. A wrong value stops
the start with one sentence that names the variable.
"""

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from environs import Env, EnvError

ROOT = Path(__file__).resolve().parents[3]

env = Env()
env.read_env(str(ROOT / ".env"), recurse=False)


class SettingError(SystemExit):
    """A wrong or missing setting: ends the start with status 1 and the sentence on standard error."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Configuration error: {sentence} See docs/settings.md.")


def read(kind: str, name: str, default: Any) -> Any:
    """Return variable `name` parsed as `kind` ("bool", "int", "str", "list"); stop the start when it is not one."""
    try:
        return getattr(env, kind)(name, default)
    except EnvError as error:
        raise SettingError(f"{name}={env.str(name, '')!r} is not a valid {kind} ({error}).") from None


def read_url(name: str, default: str) -> str:
    """Return an absolute http(s) address without its final slash."""
    value = read("str", name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise SettingError(f"{name}={value!r} is not an address that begins with http:// or https://.")
    return value


def read_database(default: str) -> dict[str, Any]:
    """Return Django's database settings from DATABASE_URL (SQLite or PostgreSQL)."""
    url = read("str", "DATABASE_URL", default)
    scheme = url.split(":", 1)[0]
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise SettingError(f"DATABASE_URL begins with {scheme!r}: only sqlite:// and postgres:// are supported.")
    try:
        database = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except Exception as error:
        raise SettingError(f"DATABASE_URL cannot be read ({error}).") from None
    if scheme == "sqlite":
        # Readers do not wait for a writer, and a writer takes its lock at once instead of failing half-way.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        if database["NAME"] not in {"", ":memory:"}:
            Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    return database


def read_secret_key(*, demo: bool, data: Path) -> str:
    """Return SECRET_KEY; a demo without one keeps a random key beside its database, so that nothing is in the repository."""
    key = read("str", "SECRET_KEY", "")
    if key:
        if len(key) < 32:
            raise SettingError("SECRET_KEY has fewer than 32 characters.")
        return key
    if not demo:
        raise SettingError("SECRET_KEY is not set: give it at least 32 random characters.")
    stored = data / "secret-key"
    if not stored.exists():
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(secrets.token_urlsafe(48))
        stored.chmod(0o600)
    return stored.read_text()



"""What the environment may say, and what is said when it says it wrongly.

Every setting that an operator can change is read here, once, and listed in docs/settings.md. A wrong value
stops the start with one sentence that names the variable.
"""

import re
import secrets
import ssl
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

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
    """Return variable `name` as `kind` ("bool", "int", "str", "list"); stop the start when it is not one."""
    try:
        return getattr(env, kind)(name, default)
    except EnvError as error:
        raise SettingError(f"{name}={env.str(name, '')!r} is not a valid {kind} ({error}).") from None


def read_choice(name: str, default: str, known: tuple[str, ...]) -> str:
    """Return one of the values that are known."""
    value = read("str", name, default)
    if value not in known:
        raise SettingError(f"{name}={value!r} is not one of {', '.join(known)}.")
    return value


def read_rate(name: str, default: str) -> str:
    """Return a number of requests in a stretch of time: "120/m" (s, m, h or d)."""
    value = read("str", name, default)
    if not re.fullmatch(r"[1-9]\d{0,8}/[smhd]", value):
        raise SettingError(f"{name}={value!r} is not like 120/m (a number, then s, m, h or d).")
    return value


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
    """Return SECRET_KEY; a demo without one keeps a random key beside its database, not in the code."""
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


# Search server → the module of its client, and what installs that client.
SEARCH_CLIENTS = {
    "elasticsearch": ("elasticsearch", "what requirements-search.lock lists"),
    "opensearch": ("opensearchpy", "what requirements-search.lock lists"),
}
SEARCH_PORT = 9200
SEARCH_INDEX_PREFIX = "stages_sante_"  # a search server may serve other sites too, a trial of this one among them


def read_search() -> dict[str, Any] | None:
    """Return how to reach the search server that SEARCH_URL names, or None where the database searches alone.

    The result has `FAMILY` ("elasticsearch" or "opensearch"), and `HOSTS`, `OPTIONS` and `INDEX_PREFIX` as the
    backends of Wagtail's search take them.
    """
    url = read("str", "SEARCH_URL", "")
    if not url:
        return None
    # Neither message repeats the address: it may hold a password.
    try:
        parts = urlsplit(url)
        port = parts.port or SEARCH_PORT
    except ValueError as error:
        raise SettingError(f"SEARCH_URL cannot be read ({error}).") from None
    family, _, transport = parts.scheme.partition("+")
    if family not in SEARCH_CLIENTS or parts.scheme not in {family, f"{family}+https"}:
        raise SettingError(
            f"SEARCH_URL begins with {parts.scheme!r}: only elasticsearch://, elasticsearch+https://, "
            "opensearch:// and opensearch+https:// are supported; leave it out to search in the database."
        )
    if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise SettingError(f"SEARCH_URL must look like {parts.scheme}://[user:password@]host[:port].")
    client, installer = SEARCH_CLIENTS[family]
    if find_spec(client) is None:
        raise SettingError(
            f"SEARCH_URL asks for {parts.scheme}://, whose client is not installed: install {installer}."
        )
    host: dict[str, Any] = {"host": parts.hostname, "port": port}
    site = urlsplit(read("str", "SITE_URL", "")).hostname or "site"
    return {
        "FAMILY": family,
        "HOSTS": [host],
        "OPTIONS": _search_options(family, host, parts, secure=transport == "https"),
        "INDEX_PREFIX": SEARCH_INDEX_PREFIX + re.sub(r"[^a-z0-9]+", "_", f"{site}_".lower()),
    }


def _search_options(family: str, host: dict[str, Any], parts: SplitResult, *, secure: bool) -> dict[str, Any]:
    """Return the client's options: TLS, and user and password or an API key."""
    options: dict[str, Any] = {}
    if family == "elasticsearch":
        host["scheme"] = "https" if secure else "http"
    else:
        options |= {"use_ssl": secure, "verify_certs": secure}
    authority, key = read("str", "SEARCH_CA_FILE", ""), read("str", "SEARCH_API_KEY", "")
    if authority:
        if not secure or not _is_authority(authority):
            raise SettingError("SEARCH_CA_FILE is the file of a certificate authority, for …+https:// addresses.")
        options["ca_certs"] = authority
    if key:
        if family != "elasticsearch" or parts.username:
            raise SettingError("SEARCH_API_KEY is for elasticsearch:// without a user: OpenSearch has no such keys.")
        if not re.fullmatch(r"[A-Za-z0-9_=+/-]+", key):
            raise SettingError("SEARCH_API_KEY is the `encoded` value of the key: letters, digits and = + / - _ only.")
        options["api_key"] = key
    if parts.username:
        account = (unquote(parts.username), unquote(parts.password or ""))
        if not "".join(account).isascii():
            # The clients write accounts as ASCII, and would fail at each request.
            raise SettingError("User and password of SEARCH_URL must be plain letters, digits and signs (ASCII).")
        options["basic_auth" if family == "elasticsearch" else "http_auth"] = account
    return options


def _is_authority(path: str) -> bool:
    try:
        ssl.create_default_context(cafile=path)
    except OSError:  # no such file, or no certificate
        return False
    return True

"""What the environment may say, and what is said when it says it wrongly.

Every setting that an operator can change is read here, once, and listed in docs/settings.md. A wrong value
stops the start with one sentence that names the variable.
"""

import re
import secrets
import ssl
from email.utils import parseaddr
from importlib.util import find_spec
from ipaddress import IPv4Address
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


STRETCHES = {"s": 1, "m": 60, "h": 3600, "d": 86_400}  # seconds
# What a brake may let through in an hour: more stops nobody who guesses.
MOST_TRIES = 1000


def read_rate(name: str, default: str, *, brake: bool = False) -> str:
    """Return a number of requests in a stretch of time: "120/m" (s, m, h or d); of a `brake` one that still brakes."""
    value = read("str", name, default)
    if not re.fullmatch(r"[1-9]\d{0,8}/[smhd]", value):
        raise SettingError(f"{name}={value!r} is not like 120/m (a number, then s, m, h or d).")
    number, _slash, stretch = value.partition("/")
    if brake and int(number) * 3600 > MOST_TRIES * STRETCHES[stretch]:
        raise SettingError(f"{name}={value!r} stops nobody who guesses: {MOST_TRIES}/h is the most.")
    return value


def read_url(name: str, default: str) -> str:
    """Return an absolute http(s) address without its final slash."""
    value = read("str", name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SettingError(f"{name} cannot be read ({error}).") from None
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"\s", value):
        raise SettingError(f"{name}={value!r} is not an address that begins with http:// or https://.")
    if "@" in parts.netloc:
        raise SettingError(f"{name} holds an account or a password: it is printed on every page.")
    if parts.path or parts.query or parts.fragment or value[-1] in "?#":
        raise SettingError(
            f"{name}={value!r} has more than a name and a port: the site stands at the root of its name."
        )
    if port is not None and (parts.scheme, port) in {("https", 80), ("http", 443)}:
        raise SettingError(f"{name}={value!r} has the port of the other scheme.")
    if not is_host(host) or port == 0 or value.endswith(":"):
        raise SettingError(f"{name}={value!r} has no name of a host that visitors could ask for.")
    return f"{parts.scheme}://{parts.netloc.lower()}"


# A name of labels, an IPv4 or an IPv6 address. Accents are written as browsers send them (xn--…).
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:{LABEL}\.)*{LABEL}|\[?[0-9a-f]*:[0-9a-f:.]+\]?", re.IGNORECASE)
LOCAL = re.compile(r"localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[?::1\]?")
NOWHERE = {"0.0.0.0", "::", "[::]"}


def is_host(name: str) -> bool:
    """Say whether a name or an address can be asked for: no wildcard, no port, nothing around it.

    What ends in a number is an IPv4 address (https://url.spec.whatwg.org/#ends-in-a-number-checker).
    """
    if HOST.fullmatch(name) is None or name in NOWHERE:
        return False
    return ":" in name or not name.rpartition(".")[2].isdigit() or _is_ipv4(name)


def _is_ipv4(name: str) -> bool:
    try:
        IPv4Address(name)
    except ValueError:
        return False
    return True


def read_site_url(name: str, default: str, *, local_only: bool, trial: bool) -> str:
    """Return the site's address. `trial` is a demo, `local_only` an installation that nobody else may reach (DEBUG)."""
    value = read_url(name, default)
    local = LOCAL.fullmatch(urlsplit(value).hostname or "") is not None
    if local_only and not local:
        raise SettingError(f"DEBUG shows the code and its secrets: not with {name}={value!r}, which others reach.")
    if value.startswith("http://") and not local and not trial:
        raise SettingError(
            f"{name}={value!r} is not encrypted: passwords would be readable on their way. Use https://."
        )
    return value


def read_hosts(name: str, site_url: str) -> list[str]:
    """Return the names under which the site answers: its own among them, and no wildcard for any name."""
    site = urlsplit(site_url).hostname or ""
    site = f"[{site}]" if ":" in site else site
    default = list(dict.fromkeys([site, "localhost", "127.0.0.1", "[::1]"]))
    hosts = [host.strip().lower() for host in read("list", name, default)]
    if not any(hosts):
        raise SettingError(f"{name} is empty: the site would answer nobody.")
    for host in hosts:
        if host == "*":
            raise SettingError(
                f"{name}=* lets anybody choose the name in the links of the site's mails: list the names."
            )
        if not is_host(host.removeprefix(".")) or host == ".localhost" or (":" in host and not host.startswith("[")):
            raise SettingError(f"{name} has {host!r}: a name without http://, port, path and spaces is needed.")
        if host.startswith(".") and "." not in host[1:]:
            raise SettingError(f"{name} has {host!r}: it would answer for every name that ends so.")
    if not any(site == host or (host.startswith(".") and (site.endswith(host) or site == host[1:])) for host in hosts):
        raise SettingError(f"{name} lacks {site!r}, the name in SITE_URL: every visitor would read 400 Bad Request.")
    return hosts


def read_folder(name: str, default: Path) -> Path:
    """Return a folder, which need not exist yet."""
    value = read("str", name, str(default))
    folder = Path(value).absolute()
    if not value.strip() or "\0" in value or folder == Path("/"):
        raise SettingError(f"{name}={value!r} is no folder of the site's own.")
    for part in (folder, *folder.parents):
        if part.exists():
            if not part.is_dir():
                raise SettingError(f"{name}={value!r} is no folder: {str(part)!r} is a file.")
            break
    return folder


def keep_apart(static: Path, sources: list[Path], data: Path, database: dict[str, Any]) -> None:
    """Stop the start where what everybody may fetch would hold what nobody may.

    `static` is STATIC_ROOT, `sources` are the folders that are collected into it, `data` is DATA_DIR, and `database`
    what `read_database` returns.
    """
    static, data = static.resolve(), data.resolve()
    sources = [source.resolve() for source in sources]
    kept, file = data / "media", Path(database["NAME"]).resolve()
    for folder in (static, *sources):
        if data.is_relative_to(folder):
            raise SettingError(f"DATA_DIR lies in {str(folder)!r} (STATIC_ROOT or its sources): all could fetch it.")
    for folder in (static, *sources, kept):
        if "sqlite3" in database["ENGINE"] and file.is_relative_to(folder):
            raise SettingError(f"DATABASE_URL names a file in {str(folder)!r}, whose files are handed out.")
    for other in (kept, data / "cache", *sources):
        if static.is_relative_to(other) or other.is_relative_to(static):
            raise SettingError(
                f"STATIC_ROOT={str(static)!r} (DATA_DIR/static by default) lies in or around {str(other)!r}."
            )


def read_tiles(name: str, default: str, site_url: str) -> str:
    """Return the address of map tiles, with {x}, {y} and {z}; its origin becomes part of a header."""
    value = read("str", name, default)
    if not all(part in value for part in ("{x}", "{y}", "{z}")):
        raise SettingError(f"{name}={value!r} has no {{x}}, {{y}} and {{z}}.")
    if unknown := set(re.findall(r"\{([^{}]*)\}", value)) - {"x", "y", "z", "s", "r"}:
        raise SettingError(f"{name}={value!r} has {{{min(unknown)}}}, which the map does not know.")
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").replace("{s}", "s")
        if "@" in parts.netloc:
            raise SettingError(f"{name} holds an account or a password: every visitor could read it.")
        wrong = parts.scheme not in {"http", "https"} or not is_host(host) or parts.port == 0
    except ValueError:
        wrong = True
    if wrong or any(sign in value for sign in " \t\n\r;,'\""):
        raise SettingError(f"{name}={value!r} is not an address that begins with http:// or https:// and a host.")
    if value.startswith("http://") and site_url.startswith("https://"):
        raise SettingError(f"{name}={value!r}: browsers show nothing unencrypted on an encrypted page. Use https://.")
    return value


def read_mail_server() -> dict[str, Any]:
    """Return Django's settings of the server that sends mail, or of none."""
    mail = {
        "EMAIL_HOST": read("str", "EMAIL_HOST", ""),
        "EMAIL_PORT": read("int", "EMAIL_PORT", 587),
        "EMAIL_HOST_USER": read("str", "EMAIL_HOST_USER", ""),
        "EMAIL_HOST_PASSWORD": read("str", "EMAIL_HOST_PASSWORD", ""),
        "EMAIL_USE_TLS": read("bool", "EMAIL_USE_TLS", True),
    }
    host, port, user, password, encrypted = mail.values()
    if host and not is_host(host):
        raise SettingError(f"EMAIL_HOST={host!r} is no name of a host: no scheme, no port (EMAIL_PORT), no spaces.")
    if not 0 < port < 65_536:
        raise SettingError(f"EMAIL_PORT={port} is no port: 1 to 65535.")
    if encrypted and port == 465:
        raise SettingError("EMAIL_PORT=465 expects encryption from the first byte, EMAIL_USE_TLS is STARTTLS: use 587.")
    if password and not user:
        raise SettingError("EMAIL_HOST_PASSWORD is set, EMAIL_HOST_USER is not.")
    if user and not password:
        raise SettingError("EMAIL_HOST_USER is set, EMAIL_HOST_PASSWORD is not.")
    if user and not host:
        raise SettingError("EMAIL_HOST_USER is set, EMAIL_HOST is not: nothing would be sent.")
    if user and not encrypted and not LOCAL.fullmatch(host):
        raise SettingError("EMAIL_USE_TLS=false would send the password of EMAIL_HOST_USER readable by all on its way.")
    return mail


def read_credit(name: str, default: str) -> str:
    """Return whom the map names: its makers ask for it."""
    value = read("str", name, default)
    if not value.strip():
        raise SettingError(f"{name} is empty: the map names who made it.")
    return value


def read_sender(name: str, default: str, mail_server: str) -> str:
    """Return a sender of mail: an address, with a name before it or not; a real one where a server sends it."""
    value = read("str", name, default)
    address = parseaddr(value)[1]
    local, at, host = address.rpartition("@")
    if not at or not local or not is_host(host) or any(sign in value for sign in "\r\n,;") or " " in address:
        raise SettingError(f"{name}={value!r} is no mail address, such as guichet@example.org.")
    if mail_server and not LOCAL.fullmatch(mail_server) and LOCAL.fullmatch(host):
        raise SettingError(f"{name}={value!r}: {mail_server!r} (EMAIL_HOST) takes no mail from there.")
    return value


def read_database(default: str) -> dict[str, Any]:
    """Return Django's database settings from DATABASE_URL (SQLite or PostgreSQL)."""
    url = read("str", "DATABASE_URL", default)
    scheme = url.split(":", 1)[0]
    # No message repeats the address: it may hold a password.
    if scheme not in {"sqlite", "postgres", "postgresql"}:
        raise SettingError(f"DATABASE_URL begins with {scheme!r}: only sqlite:// and postgres:// are supported.")
    if scheme == "sqlite" and not re.match(r"sqlite:(?://:memory:$|///[^/?#]|////[^/?#])", url):
        raise SettingError(
            "DATABASE_URL: sqlite has three slashes before a relative path, four before an absolute one "
            "(sqlite://:memory: keeps nothing)."
        )
    try:
        database: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)}
    except Exception as error:
        raise SettingError(f"DATABASE_URL cannot be read ({type(error).__name__}).") from None
    if scheme != "sqlite" and not database["NAME"]:
        raise SettingError("DATABASE_URL names no database: it must look like postgres://user:password@host/name.")
    if scheme == "sqlite":
        # Readers do not wait for a writer, and a writer takes its lock at once instead of failing half-way.
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        if database["NAME"] != ":memory:":
            if not next(part for part in Path(database["NAME"]).absolute().parents if part.exists()).is_dir():
                raise SettingError("DATABASE_URL: the folder of the file cannot be made, for a file is in its place.")
            if Path(database["NAME"]).is_dir():
                raise SettingError(f"DATABASE_URL names a folder ({database['NAME']}), not a file.")
    return database


KEY_FILE = "secret-key"
LEAST_SIGNS = 5  # as Django's own check has it (security.W009)


def read_secret_key(*, demo: bool, data: Path) -> str:
    """Return SECRET_KEY; a demo without one keeps a random key beside its database, not in the code."""
    key = read("str", "SECRET_KEY", "")
    if key:
        if len(key) < 32:
            raise SettingError("SECRET_KEY has fewer than 32 characters.")
        if len(set(key)) < LEAST_SIGNS:
            raise SettingError(f"SECRET_KEY has fewer than {LEAST_SIGNS} different characters: anybody could guess it.")
        return key
    if not demo:
        raise SettingError("SECRET_KEY is not set: give it at least 32 random characters.")
    stored = data / KEY_FILE
    # Without a file, this process only looks: what serves or fills a demo has made it before (`config.places`).
    return stored.read_text() if stored.exists() else secrets.token_urlsafe(48)


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
        for name in ("SEARCH_CA_FILE", "SEARCH_API_KEY"):
            if read("str", name, ""):
                raise SettingError(f"{name} is set, SEARCH_URL is not.")
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

"""The files that put the site on a server agree with each other, the documentation and the settings."""

import ast
import os
import re
import runpy
import stat
import subprocess
import sys
from pathlib import Path

import certifi
import pytest
import yaml
from django.conf import settings

from core.files.sending import DOOR
from core.pictures.public_files import PUBLIC_FOLDERS
from core.web.health import READY

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
# What the container reads and the site does not: the entrypoint script and gunicorn.
CONTAINER = {"RUN_MIGRATIONS", "WEB_CONCURRENCY"}
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ \\;]+)", re.MULTILINE)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def run(command, **environment):
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def variables_read():
    """Names that the settings ask the environment for: `read("str", "NAME", …)`, `read_url("NAME", …)`."""
    names = set()
    for path in sorted((ROOT / "site" / "config" / "settings").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "").startswith("read"):
                given = [str(arg.value) for arg in call.args if isinstance(arg, ast.Constant)]
                names |= set([value for value in given if re.fullmatch(r"[A-Z][A-Z_]+", value)][:1])
    return names


def documented(heading):
    """Names in the first column of the table under a heading of docs/settings.md."""
    section = text("docs/settings.md").split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(text("compose.yaml"))


def interpolated():
    """Variables that compose.yaml takes from .env, and those without which it refuses to start."""
    body = text("compose.yaml")
    return set(re.findall(r"\$\{([A-Z_]+)", body)), set(re.findall(r"\$\{([A-Z_]+):\?", body))


def test_the_documentation_lists_exactly_what_the_settings_read():
    listed = documented("The site")
    assert sorted(listed) == sorted(variables_read())
    assert len(listed) > 15


def test_compose_has_its_services(compose):
    assert set(compose["services"]) == {"web", "work", "db", "search", "door", "proxy"}
    for name in ("db", "search"):
        assert compose["services"][name]["healthcheck"]["test"]
        assert "ports" not in compose["services"][name]
        assert compose["services"][name]["networks"] == ["back"]
    assert compose["networks"]["back"]["internal"] is True
    for service in compose["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in compose["volumes"] or (ROOT / source).is_file()


def test_compose_gives_the_site_only_what_it_reads(compose):
    given = set(compose["services"]["web"]["environment"])
    assert given - variables_read() == CONTAINER
    assert {
        "FILES_BY_DOOR",
        "SECRET_KEY",
        "DATABASE_URL",
        "SEARCH_URL",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "BEHIND_PROXY",
    } <= given


def test_work_runs_beside_the_web_with_the_same_settings(compose):
    web, work = compose["services"]["web"], compose["services"]["work"]
    assert work["command"] == ["python", "manage.py", "work"]
    assert work["environment"] == web["environment"] | {"RUN_MIGRATIONS": "false"}
    assert (work["image"], work["volumes"], work["networks"]) == (web["image"], web["volumes"], web["networks"])
    assert "ports" not in work


def test_each_asks_the_next_where_it_answers(compose):
    """Caddy asks the door, the door the site; nobody comes round."""
    assert "0.0.0.0:8000" in text("Dockerfile")
    assert 'HTTPConnection("localhost", 8000' in text("docker/healthcheck.py")
    assert "${SITE:-web:8000}" in text("docker/door.sh")
    assert "${LISTEN:-8080}" in text("docker/door.sh")
    assert "reverse_proxy {$DOOR:door:8080}" in text("docker/Caddyfile")
    assert READY in text("docker/healthcheck.py")
    networks = {name: set(service["networks"]) for name, service in compose["services"].items()}
    assert networks["proxy"] & networks["web"] == set()
    assert networks["proxy"] & networks["door"]
    assert networks["door"] & networks["web"]
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    # Uploaded files are the site's to write and the door's to read.
    assert "data:/srv:ro" in compose["services"]["door"]["volumes"]


def test_the_door_and_the_site_mean_the_same():
    conf = text("docker/nginx.conf")
    sizes = [int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", conf)]
    assert sizes == [settings.MOST_SENT, settings.MOST_SENT_TO_ADMIN]
    assert f"map $cookie_{settings.SESSION_COOKIE_NAME} " in conf
    [closed] = re.findall(r'"~\^1 POST /admin/\(([^)]+)\)/" 0;', conf)
    assert tuple(f"/admin/{name}/" for name in closed.split("|")) == settings.STRICT_ADMIN_PREFIXES
    assert f"location {DOOR} {{" in conf
    assert f'default "{settings.PERMISSIONS_POLICY}";' in conf
    for folder in PUBLIC_FOLDERS:
        assert re.match(re.search(r"location ~ (\S+) \{", conf)[1], f"/media/{folder}/a.jpg")
    assert int(re.search(r"proxy_read_timeout (\d+)s", conf)[1]) > gunicorn_setting("timeout")


def gunicorn_setting(name):
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))[name]


def test_what_compose_takes_from_env_is_documented(compose):
    passed_on = {name for name, value in compose["services"]["web"]["environment"].items() if value is None}
    taken, required = interpolated()
    assert taken | passed_on <= set(documented("The site")) | set(documented("The containers"))
    assert required == {"SECRET_KEY", "SITE_HOST", "POSTGRES_PASSWORD"}
    assert set(documented("The containers")) == (taken | CONTAINER) - variables_read()


def test_the_example_lists_what_compose_takes_and_holds_no_secret(compose):
    lines = re.findall(r"^(#?)([A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE)
    taken, required = interpolated()
    passed_on = {name for name, value in compose["services"]["web"]["environment"].items() if value is None}
    assert {name for mark, name, _ in lines if not mark} == required
    assert {name for _, name, _ in lines} == taken | passed_on
    for _, name, value in lines:
        if name in {"SECRET_KEY", "POSTGRES_PASSWORD", "EMAIL_HOST_PASSWORD", "EMAIL_HOST_USER"}:
            assert value == ""


def test_no_secret_stands_in_compose(compose):
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if re.search("KEY|PASSWORD", name):
                assert value is None or str(value).startswith("${")


def test_the_dockerfile_names_what_exists():
    body = text("Dockerfile")
    for line in re.findall(r"^COPY (?!--from)(.+)$", body, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    named = set(re.findall(r"docker/[\w.]+|requirements[\w-]*\.lock|manage\.py", body))
    assert {"docker/entrypoint.sh", "docker/healthcheck.py", "requirements.lock", "manage.py"} <= named
    assert [name for name in named if not (ROOT / name).is_file()] == []
    kept_out = text(".dockerignore").split("\n")
    assert {".env", ".git", "var", ".venv"} <= set(kept_out)
    assert named.isdisjoint(kept_out)
    assert "--require-hashes" in body
    assert 'CMD ["gunicorn", "--bind"' in body
    assert body.count("\nUSER ") == 1
    assert "USER root" not in body


def test_both_locks_name_the_same_versions():
    site = dict(LOCKED.findall(text("requirements.lock")))
    search = dict(LOCKED.findall(text("requirements-search.lock")))
    both = site.keys() & search.keys()
    assert {name: site[name] for name in both} == {name: search[name] for name in both}
    assert search["elasticsearch"].startswith("8.")
    assert "elasticsearch" not in site


@pytest.mark.parametrize("given", ["yes", "TRUE", ""])
def test_the_entrypoint_refuses_what_it_does_not_know(given):
    script = ROOT / "docker" / "entrypoint.sh"
    assert script.stat().st_mode & stat.S_IXUSR
    answer = run([script, "echo", "started"], PATH=os.environ["PATH"], RUN_MIGRATIONS=given)
    if given:
        assert (answer.returncode, answer.stdout) == (1, "")
        assert "RUN_MIGRATIONS" in answer.stderr
    else:
        assert (answer.returncode, answer.stdout) == (0, "started\n")


# --- SEARCH_URL ---------------------------------------------------------------------------------------------
def search_settings(url, *, client=True, **more):
    """Read SEARCH_URL in a process of its own, with or without the search clients installed."""
    code = (
        "import json, config.settings.environment as e; "
        f"e.find_spec = lambda name: {client or None}; print(json.dumps(e.read_search()))"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    answer = run([sys.executable, "-c", code], **os.environ | {"PYTHONPATH": path, "SEARCH_URL": url} | more)
    return yaml.safe_load(answer.stdout) if answer.returncode == 0 else answer.stderr.strip()


def test_without_a_search_server_the_database_searches():
    assert search_settings("") is None


def test_a_search_server_is_named_by_its_address():
    found = search_settings("elasticsearch+https://site:p%40ss@search.example.org:9243")
    assert found["FAMILY"] == "elasticsearch"
    assert found["HOSTS"] == [{"host": "search.example.org", "port": 9243, "scheme": "https"}]
    assert found["OPTIONS"] == {"basic_auth": ["site", "p@ss"]}
    assert search_settings("elasticsearch://search")["HOSTS"] == [{"host": "search", "port": 9200, "scheme": "http"}]
    other = search_settings("opensearch://site:pass@search")
    assert other["FAMILY"] == "opensearch"
    assert other["OPTIONS"] == {"use_ssl": False, "verify_certs": False, "http_auth": ["site", "pass"]}


def test_a_search_server_takes_a_key_and_a_private_authority(tmp_path):
    authority = Path(certifi.where())
    no_certificate = tmp_path / "ca.pem"
    no_certificate.write_text("-----BEGIN CERTIFICATE-----")
    found = search_settings("elasticsearch+https://search", SEARCH_API_KEY="key", SEARCH_CA_FILE=str(authority))
    assert found["OPTIONS"] == {"ca_certs": str(authority), "api_key": "key"}
    assert "SEARCH_API_KEY" in search_settings("opensearch+https://search", SEARCH_API_KEY="key")
    assert "SEARCH_API_KEY" in search_settings("elasticsearch://user:pass@search", SEARCH_API_KEY="key")
    assert "SEARCH_CA_FILE" in search_settings("elasticsearch://search", SEARCH_CA_FILE=str(authority))
    for wrong in ("/nowhere.pem", str(no_certificate)):
        assert "SEARCH_CA_FILE" in search_settings("elasticsearch+https://search", SEARCH_CA_FILE=wrong)


def test_what_a_search_client_could_not_send_stops_the_start_and_is_not_repeated():
    for key in ("geheim\n", "clé", "a b"):
        message = search_settings("elasticsearch://search", SEARCH_API_KEY=key)
        assert "SEARCH_API_KEY" in message
        assert key.strip() not in message
    message = search_settings("elasticsearch://site:clé@search")
    assert "SEARCH_URL" in message
    assert "clé" not in message


@pytest.mark.parametrize(
    "url",
    [
        "solr://search",
        "search:9200",
        "elasticsearch+ftp://search",
        "elasticsearch://",
        "elasticsearch://search:port",
        "elasticsearch://user:hidden@search/path",
    ],
)
def test_a_wrong_search_server_stops_the_start(url):
    sentence = search_settings(url)
    assert sentence.startswith("Configuration error: SEARCH_URL")
    assert sentence.endswith("See docs/settings.md.")
    assert "hidden" not in sentence


@pytest.mark.parametrize(
    ("url", "named"),
    [("elasticsearch://search", "requirements-search.lock"), ("opensearch://search", "requirements-search.lock")],
)
def test_a_missing_search_client_stops_the_start(url, named):
    sentence = search_settings(url, client=False)
    assert sentence.startswith("Configuration error: SEARCH_URL")
    assert named in sentence

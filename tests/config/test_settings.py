"""A wrong setting stops the start with one sentence that names the variable."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"SECRET_KEY": "0123456789" * 4, "DATABASE_URL": "sqlite://:memory:", "SITE_URL": "https://exemple.fr"}
NEVER = ("DEMO", "DEBUG", "MAP_TILES_URL", "EMAIL_PORT", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS", *GOOD)


def start(tmp_path, code="import config.settings.base", **environment):
    """Import the settings in a process of their own."""
    inherited = {name: value for name, value in os.environ.items() if name not in NEVER}
    given = {name: value for name, value in (GOOD | environment).items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'site')!r}]; {code}"],
        env=inherited | {"DATA_DIR": str(tmp_path)} | given,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# Variable → values that make no sense. What a process of its own would say for each is asked in one (it takes seconds).
SENSELESS = {
    "SECRET_KEY": [None, "short", " " * 40, "a" * 40, "abcd" * 10],
    "DEBUG": ["perhaps", "2"],
    "DEMO": ["maybe"],
    "SITE_URL": [
        *(
            "foo",
            "ftp://exemple.fr",
            "//exemple.fr",
            "https://",
            "https:///chemin",
            "https://:8000",
            "https://exemple.fr:",
        ),
        *("https://exemple.fr/stages", "https://exemple.fr?x=1", "https://exemple.fr#haut", "https://exemple.fr/?"),
        *(
            "https://moi:secret@exemple.fr",
            "https://moi@exemple.fr",
            "https://*.exemple.fr",
            "https://*",
            "https://exemple..fr",
        ),
        *("https://exemple.fr:port", "https://exemple.fr:0", "https://exemple.fr:99999", "https://ex emple.fr"),
        *("https://département.fr", "https://-exemple.fr", "https://[::1", "https://0.0.0.0", "https://exemple.fr\n"),
        *("http://exemple.fr", "https://exemple.fr:80", "http://localhost:443"),
        *("https://1.2.3", "https://1.2.3.256", "https://exemple.1"),
    ],
    "ALLOWED_HOSTS": [
        *(
            "*",
            "exemple.fr,*",
            "",
            ",",
            " ",
            "https://exemple.fr",
            "exemple.fr:443",
            "exemple.fr/",
            "exemple.fr;autre.fr",
        ),
        *("*.exemple.fr", ".fr", ".", "localhost", "autre.fr", "exemple.fr,a b"),
    ],
    "BEHIND_PROXY": ["caddy"],
    "JOBS_URL": ["nonsense", "http://redis:6379/0", "redis://", "redis://redis:port/0", "redis://:secret@redis:6379/0"],
    "DATABASE_URL": [
        *("mysql://localhost/site", "site.sqlite3", "", "postgres://", "postgres://site:secret@db:5432"),
        *("postgres://site:secret@db:port/site", "sqlite:////", "sqlite:////dev/null/site.sqlite3"),
        *("sqlite://", "sqlite:///", "sqlite://site.sqlite3", "sqlite://data/site.sqlite3", "sqlite:site.sqlite3"),
        f"sqlite:///{ROOT}/static/site.sqlite3",
    ],
    "DATA_DIR": ["", " ", "/", "/dev/null", "/dev/null/site", str(ROOT), f"{ROOT}/static", f"{ROOT}/static/var"],
    "STATIC_ROOT": [
        *("", "/", "/dev/null", str(ROOT), f"{ROOT}/static", f"{ROOT}/static/collected"),
        *("{DATA_DIR}", "{DATA_DIR}/..", "{DATA_DIR}/media", "{DATA_DIR}/media/static", "{DATA_DIR}/cache"),
    ],
    "SERVE_MEDIA": ["nginx"],
    "FILES_BY_DOOR": ["nginx"],
    "LOG_LEVEL": ["LOUD", "info", ""],
    "MAP_TILES_URL": [
        *("https://tiles.exemple.fr/{z}/{y}.png", "", "{z}/{x}/{y}", "ftp://tiles.exemple.fr/{z}/{x}/{y}"),
        *(
            "https:///{z}/{x}/{y}",
            "https://*/{z}/{x}/{y}",
            "https://a b/{z}/{x}/{y}",
            "https://t.fr;script-src/{z}/{x}/{y}",
        ),
        *(
            "https://tiles.exemple.fr/{z}/{x}/{y}?key={k}",
            "http://tiles.exemple.fr/{z}/{x}/{y}",
            "https://moi:secret@tiles.exemple.fr/{z}/{x}/{y}",
        ),
    ],
    "MAP_TILES_CREDIT": ["", " "],
    "SEARCH_CA_FILE": ["/nope"],
    "SEARCH_API_KEY": ["abc"],
    "EMAIL_HOST": ["smtp://smtp.exemple.fr", "smtp.exemple.fr:587", "smtp exemple", "*", "0.0.0.0"],
    "EMAIL_PORT": ["smtp", "0", "-1", "65536", "465", ""],
    "EMAIL_HOST_USER": ["sans-mot-de-passe"],
    "EMAIL_HOST_PASSWORD": ["sans-compte"],
    "EMAIL_USE_TLS": ["starttls"],
    "DEFAULT_FROM_EMAIL": [
        "",
        "guichet",
        "@exemple.fr",
        "guichet@",
        "a@b.fr, c@d.fr",
        "a@b.fr\nBcc: c@d.fr",
        "Guichet <guichet>",
    ],
    "API_RATE": ["120", "0/m", "-1/m", "120/y", "beaucoup", "", "1.5/m"],
    "API_SEARCH_RATE": ["30"],
    "PDF_RATE": ["20"],
    "SIGN_IN_RATE": ["0/h", "10", "10 per hour", "999999999/s", "1/s", "1001/h"],
    "RESET_RATE": ["0/h", "100/m"],
    "SECOND_FACTOR_REQUIRED": ["yubikey"],
}
CASES = [(name, value) for name, values in SENSELESS.items() for value in values]

ASK_EACH = """
import contextlib, io, json, os
given = dict(os.environ)
for name, value in json.loads(os.environ["CASES"]):
    os.environ.clear()
    os.environ.update(given)
    os.environ.pop(name, None)
    if value is not None:
        os.environ[name] = value.replace("{DATA_DIR}", given["DATA_DIR"])
    child = os.fork()
    if not child:
        out = os.open(os.devnull, os.O_WRONLY)
        try:
            import config.settings.base
            print(json.dumps([name, value, None]), flush=True)
        except BaseException as stop:
            print(json.dumps([name, value, f"{type(stop).__name__} {stop}"]), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What the settings say to each senseless value."""
    # What settings import is imported once; each case reads the environment in a child of its own.
    code = f"import environs, dj_database_url, csp.constants, dotenv\n{ASK_EACH}"
    answer = start(tmp_path_factory.mktemp("settings"), code, CASES=json.dumps(CASES))
    assert answer.returncode == 0, answer.stderr
    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    return {(name, value): sentence for name, value, sentence in lines}


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_senseless_setting_stops_the_start_with_a_sentence(said, name, value):
    sentence = said[name, value]
    assert sentence, "accepted silently"
    assert sentence.startswith("SettingError Configuration error: "), sentence
    assert name in sentence
    assert "docs/settings.md" in sentence
    assert "secret" not in sentence or name == "SECRET_KEY"


def test_every_setting_has_senseless_values():
    """A new variable gets a line in the table, unless it is tested apart, as the search server's address is."""
    listed = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text().split("## The containers")[0], re.M
    )
    assert set(listed) - {"SEARCH_URL"} == set(SENSELESS)


@pytest.mark.parametrize(
    "environment",
    [
        {"SITE_URL": "http://localhost:8000"},
        {"SITE_URL": "http://127.0.0.1:8000/"},
        {"SITE_URL": "http://[::1]:8000"},
        {"SITE_URL": "http://demo.exemple.fr", "DEMO": "true"},
        {"SITE_URL": "https://stages.exemple.fr:8443", "ALLOWED_HOSTS": "stages.exemple.fr,localhost"},
        {"SITE_URL": "https://stages.exemple.fr", "ALLOWED_HOSTS": ".exemple.fr"},
        {"SITE_URL": "https://xn--dpartement-b7a.fr"},
        {"EMAIL_HOST": "smtp.exemple.fr", "DEFAULT_FROM_EMAIL": "Guichet unique <guichet@exemple.fr>"},
        {"MAP_TILES_URL": "https://{s}.tiles.exemple.fr/{z}/{x}/{y}{r}.png?a=b"},
        {"EMAIL_HOST": "localhost", "EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b", "EMAIL_USE_TLS": "false"},
        {"SITE_URL": "https://192.0.2.7", "DATABASE_URL": "sqlite:///a/site.sqlite3"},
    ],
    ids=str,
)
def test_what_makes_sense_starts(tmp_path, environment):
    answer = start(tmp_path, **environment)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "environment"),
    [
        ("DEFAULT_FROM_EMAIL", {"EMAIL_HOST": "smtp.exemple.fr"}),
        ("EMAIL_USE_TLS", {"EMAIL_HOST_USER": "a", "EMAIL_HOST_PASSWORD": "b", "EMAIL_USE_TLS": "false"}),
    ],
)
def test_mail_that_nobody_takes_or_everybody_reads_stops_the_start(tmp_path, name, environment):
    sender = {} if name == "DEFAULT_FROM_EMAIL" else {"DEFAULT_FROM_EMAIL": "guichet@exemple.fr"}
    answer = start(tmp_path, **{"EMAIL_HOST": "smtp.exemple.fr"} | sender | environment)
    assert answer.stderr.startswith(f"Configuration error: {name}")


def test_debug_is_for_nobody_else(tmp_path):
    answer = start(tmp_path, DEBUG="true")
    assert "DEBUG" in answer.stderr
    assert start(tmp_path, DEBUG="true", SITE_URL="http://localhost:8000").returncode == 0


def test_a_wrong_setting_stops_the_start_with_one_line(tmp_path):
    answer = start(tmp_path, SECRET_KEY=None)
    assert answer.returncode == 1
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].startswith("Configuration error: SECRET_KEY")


def test_the_name_of_the_site_is_answered_without_being_listed(tmp_path):
    answer = start(tmp_path, "import config.settings.base as s; print(*s.ALLOWED_HOSTS)")
    assert answer.stdout.split() == ["exemple.fr", "localhost", "127.0.0.1", "[::1]"]


def test_right_settings_start(tmp_path):
    answer = start(tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")


KEY = "import config.settings.base as s; print(s.SECRET_KEY)"


def test_reading_the_settings_makes_nothing(tmp_path):
    """Linters, type checkers and `manage.py check` read them too."""
    answer = start(tmp_path, KEY, SECRET_KEY=None, DEMO="true", DATABASE_URL=f"sqlite:///{tmp_path}/new/site.sqlite3")
    assert answer.returncode == 0, answer.stderr
    assert len(answer.stdout.strip()) >= 32
    assert list(tmp_path.iterdir()) == []


def test_a_demo_keeps_a_random_key_of_its_own(tmp_path):
    """Nothing secret is in the repository, and all processes of a demo, from the first on, sign with the same key."""
    serve = "import config.wsgi; from django.conf import settings as s; print(s.SECRET_KEY)"
    given = {"SECRET_KEY": None, "DEMO": "true", "DATABASE_URL": f"sqlite:///{tmp_path}/new/site.sqlite3"}
    first = start(tmp_path, serve, **given)
    assert first.returncode == 0, first.stderr
    assert len(first.stdout.strip()) >= 32
    assert start(tmp_path, serve, **given).stdout == start(tmp_path, KEY, **given).stdout == first.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} >= {"secret-key", "new", "static"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("secret-key-")]


def test_a_folder_that_cannot_be_made_stops_the_start_with_a_sentence(tmp_path):
    answer = start(tmp_path, "import config.wsgi", DATA_DIR="/proc/nowhere")  # not even root writes there
    assert answer.stderr.startswith("Configuration error: The site's folders cannot be made")


# --- Jobs -----------------------------------------------------------------------------------------------------
def jobs_settings(tmp_path, url, *, package):
    """Read JOBS_URL where the package for Redis is there, or is not."""
    code = (
        "import json, config.settings.jobs as j; "
        f"j.find_spec = lambda name: {package or None}; print(json.dumps(j.read_jobs()))"
    )
    answer = start(tmp_path, code, JOBS_URL=url)
    return json.loads(answer.stdout) if answer.returncode == 0 else answer.stderr.strip()


def test_jobs_wait_in_the_database_or_in_a_redis_that_is_named(tmp_path):
    here = jobs_settings(tmp_path, None, package=False)
    assert here["TASKS"]["jobs"]["BACKEND"] == "django_tasks_db.DatabaseBackend"
    there = jobs_settings(tmp_path, "redis://redis:6379/0", package=True)
    assert there["TASKS"]["jobs"]["BACKEND"] == "django_tasks_rq.RQBackend"
    assert there["RQ_QUEUES"]["default"] == {"URL": "redis://redis:6379/0"}


def test_a_redis_whose_package_is_missing_or_whose_address_is_wrong_stops_the_start(tmp_path):
    sentence = jobs_settings(tmp_path, "redis://redis:6379/0", package=False)
    assert sentence.startswith("Configuration error: JOBS_URL")
    assert "django-tasks-rq" in sentence
    for wrong in ("amqp://me:secret@redis", "redis://", "redis://me:secret@redis:port"):
        sentence = jobs_settings(tmp_path, wrong, package=True)
        assert sentence.startswith("Configuration error: JOBS_URL")
        assert "secret" not in sentence


def test_https_makes_cookies_secure(tmp_path):
    code = "import config.settings.base as s; print(s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEMO, s.DEBUG)"
    assert start(tmp_path, code).stdout.split() == ["True", "True", "False", "False"]
    plain = start(tmp_path, code, SITE_URL="http://localhost:8000")
    assert plain.stdout.split() == ["False", "False", "False", "False"]

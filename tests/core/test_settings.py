"""A wrong setting stops the start with one sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"SECRET_KEY": "x" * 40, "DATABASE_URL": "sqlite://:memory:", "SITE_URL": "https://exemple.fr"}
NEVER = ("DEMO", "DEBUG", "MAP_TILES_URL", "EMAIL_PORT", "DJANGO_SETTINGS_MODULE", *GOOD)


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


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://localhost/site"}, "DATABASE_URL"),
        ({"DEBUG": "perhaps"}, "DEBUG"),
        ({"DEMO": "maybe"}, "DEMO"),
        ({"SITE_URL": "foo"}, "SITE_URL"),
        ({"SITE_URL": "ftp://exemple.fr"}, "SITE_URL"),
        ({"MAP_TILES_URL": "https://tiles.exemple.fr/{z}/{y}.png"}, "MAP_TILES_URL"),
        ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(map(str, value.items())),
)
def test_a_wrong_setting_stops_the_start(tmp_path, environment, named):
    answer = start(tmp_path, **environment)
    assert answer.returncode == 1
    lines = answer.stderr.strip().splitlines()
    assert len(lines) == 1, answer.stderr
    assert lines[0].startswith("Configuration error: ")
    assert named in lines[0]
    assert "docs/settings.md" in lines[0]


def test_right_settings_start(tmp_path):
    answer = start(tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_demo_keeps_a_random_key_of_its_own(tmp_path):
    """Nothing secret is in the repository, and a second start signs with the same key."""
    code = "import config.settings.base as s; print(s.SECRET_KEY)"
    first = start(tmp_path, code, SECRET_KEY=None, DEMO="true")
    second = start(tmp_path, code, SECRET_KEY=None, DEMO="true")
    assert first.returncode == 0, first.stderr
    assert len(first.stdout.strip()) >= 32
    assert first.stdout == second.stdout
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_https_makes_cookies_secure(tmp_path):
    code = "import config.settings.base as s; print(s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.DEMO, s.DEBUG)"
    assert start(tmp_path, code).stdout.split() == ["True", "True", "False", "False"]
    plain = start(tmp_path, code, SITE_URL="http://localhost:8000")
    assert plain.stdout.split() == ["False", "False", "False", "False"]

"""A fresh clone needs no setting, and what it then runs with answers nobody but this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SAID = {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEMO", "DEBUG", "SITE_URL", "ALLOWED_HOSTS", "BEHIND_PROXY"}


def manage(tmp_path, code, **environment):
    """Run `manage.py shell` as somebody does who has said nothing."""
    inherited = {name: value for name, value in os.environ.items() if name not in SAID}
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    own = {"PYTHONPATH": path, "DATA_DIR": str(tmp_path), "DATABASE_URL": "sqlite://:memory:"}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        env=inherited | own | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_newcomer_runs_a_command_without_a_variable(tmp_path):
    told = "from django.conf import settings as s; print(s.DEBUG, s.DEMO, *s.ALLOWED_HOSTS, s.EMAIL_BACKEND)"
    answer = manage(tmp_path, told, EMAIL_HOST="smtp.example.org", DEFAULT_FROM_EMAIL="guichet@example.org")
    assert answer.stdout.split() == [
        *("True", "True", "localhost", "127.0.0.1", "[::1]"),
        "django.core.mail.backends.console.EmailBackend",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "https://stages.example.org"),
        ("SITE_URL", "http://192.168.1.10:8000"),
        ("ALLOWED_HOSTS", "localhost,stages.example.org"),
        ("BEHIND_PROXY", "true"),
    ],
)
def test_a_command_on_the_server_of_a_real_site_asks_for_its_settings(tmp_path, name, value):
    answer = manage(tmp_path, "print('ran')", **{name: value})
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"Configuration error: {name}")
    assert "DJANGO_SETTINGS_MODULE=config.settings.base" in answer.stderr


def test_only_this_machine_is_answered(tmp_path):
    """The network is refused whatever name it says, and a proxy on this machine hands on nobody's request."""
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
    asked = [
        here,
        here | {"REMOTE_ADDR": "::1", "HTTP_HOST": "[::1]:8000"},
        here | {"HTTP_HOST": "stages.example.org"},
        here | {"REMOTE_ADDR": "192.168.1.20"},
        here | {"HTTP_X_FORWARDED_FOR": "203.0.113.9"},
    ]
    code = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from django.test import Client\n"
        f"for asked in {asked!r}:\n"
        "    answer = Client().get('/robots.txt', **asked)\n"
        "    print(answer.status_code, 'config.settings.base' in answer.content.decode())\n"
    )
    answer = manage(tmp_path, code)
    assert answer.stdout.splitlines() == ["200 False", "200 False", "403 True", "403 True", "403 True"], answer.stderr


def test_the_container_keeps_the_settings_of_production():
    """`docker compose exec web python manage.py …` must not run with a public key."""
    run = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert "DJANGO_SETTINGS_MODULE=config.settings.base" in run

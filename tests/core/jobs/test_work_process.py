"""Real `work` processes on a real file: stopped by SIGTERM they finish, killed by SIGKILL they lose nothing."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60  # seconds for what takes one or two

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the migrated SQLite database"),
]


class Site:
    """A site in a folder, whose jobs leave traces."""

    def __init__(self, folder: Path) -> None:
        self.file, self.traces, self.go = folder / "site.sqlite3", folder / "traces", folder / "go"
        self.environment = os.environ | {
            "DATABASE_URL": f"sqlite:////{str(self.file).lstrip('/')}",
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "night_shift.settings",
            "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "site", ROOT / "tests"])),
            "TRACES": str(self.traces),
            "GO": str(self.go),
        }
        self.processes = []

    def work(self, *options):
        """Start `manage.py work`."""
        command = [sys.executable, "manage.py", "work", *options]
        self.processes.append(subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.PIPE))
        return self.processes[-1]

    def ask(self, name, *numbers):
        """Ask for jobs, as a request does."""
        asking = f"for n in {numbers}: ask({name!r}, str(n), number=n)"
        code = f"import django; django.setup()\nfrom core.jobs.asking import ask\n{asking}"
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=self.environment, check=True)

    def lines(self):
        """What the jobs have written."""
        return self.traces.read_text().split("\n")[:-1] if self.traces.exists() else []

    def wait_for(self, *lines):
        """Wait until the jobs have written some lines."""
        end = time.monotonic() + PATIENCE
        while not set(lines) <= set(self.lines()):
            assert time.monotonic() < end, (lines, self.lines())
            time.sleep(0.05)

    def waiting(self):
        """Keys of the deliveries that wait."""
        with closing(sqlite3.connect(self.file)) as database:
            return sorted(key for (key,) in database.execute("SELECT key FROM jobs_job WHERE name LIKE 'test.%'"))


@pytest.fixture
def site(django_db_setup, django_db_blocker, tmp_path):
    """A site with an empty, migrated database in a file: a copy of the tests' own, outside of any transaction."""
    found = Site(tmp_path)
    with django_db_blocker.unblock(), closing(sqlite3.connect(found.file)) as target:
        connection.ensure_connection()
        connection.connection.backup(target)
    yield found
    for process in found.processes:
        process.kill()
        process.wait()
        process.stderr.close()


def test_sigterm_lets_the_job_in_hand_end_and_leaves_the_others(site):
    site.ask("test.wait", 1, 2)
    process = site.work()
    site.wait_for("begun 1")
    process.send_signal(signal.SIGTERM)
    site.go.touch()
    assert process.wait(PATIENCE) == 0
    assert site.lines() == ["begun 1", "delivered 1"]
    assert site.waiting() == ["test.wait:2"]


def test_an_idle_worker_stops_at_once_at_ctrl_c(site):
    process = site.work()
    site.ask("test.deliver", 1)
    site.wait_for("delivered 1")
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0


def test_the_job_of_a_killed_worker_is_done_by_another_after_its_lease(site):
    site.ask("test.wait", 1)
    first = site.work()
    site.wait_for("begun 1")
    first.kill()
    first.wait()
    site.go.touch()
    site.work()
    site.wait_for("delivered 1")
    assert site.lines() == ["begun 1", "begun 1", "delivered 1"]


def test_a_job_that_lasts_longer_than_its_lease_is_not_given_to_another(site):
    """The lease is two seconds here; the second worker has done other things for longer than that."""
    site.ask("test.wait", 1)
    site.work()
    site.wait_for("begun 1")
    site.work()
    for number in range(2, 6):
        time.sleep(1)
        site.ask("test.deliver", number)
        site.wait_for(f"delivered {number}")
    site.go.touch()
    site.wait_for("delivered 1")
    assert site.lines().count("begun 1") == 1


def test_once_does_what_is_due_and_ends(site):
    site.ask("test.deliver", 1, 2, 3)
    assert site.work("--once").wait(PATIENCE) == 0
    assert sorted(site.lines()) == ["delivered 1", "delivered 2", "delivered 3"]
    assert site.waiting() == []


def test_a_worker_of_who_develops_takes_up_a_change_and_survives_a_mistake(site, tmp_path):
    """The code that changes is a copy: the tests' own stays as it is."""
    shutil.copytree(ROOT / "tests" / "night_shift", tmp_path / "code" / "night_shift")
    changed = tmp_path / "code" / "night_shift" / "timetable.py"
    site.environment["PYTHONPATH"] = f"{tmp_path / 'code'}{os.pathsep}{site.environment['PYTHONPATH']}"
    process = site.work("--reload")
    site.ask("test.deliver", 1)
    site.wait_for("delivered 1")
    code = changed.read_text()
    changed.write_text(f"{code}\n)")
    time.sleep(3)
    changed.write_text(code.replace("delivered {", "brought {"))
    site.ask("test.deliver", 2)
    site.wait_for("brought 2")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0

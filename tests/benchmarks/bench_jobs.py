"""Two `work` processes are killed forty times while 200 publications and 200 deliveries fall due.

Prints how many were done exactly once, how many twice (a worker was killed between doing and noting), and how many were
lost; ends with 1 if any was. On a file of SQLite, and on an empty PostgreSQL that DATABASE_URL names; six minutes each.
"""

import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from ast import literal_eval
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EACH, KILLS, PATIENCE = 200, 40, 600
SPAN = 240  # seconds over which things fall due


def prepare() -> None:
    """Fill an empty database: 200 pages with an hour of publication, and 200 deliveries."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from core.jobs.asking import ask
    from core.jobs.models import Job
    from factories import StrengthFactory, the_home

    call_command("migrate", verbosity=0)
    the_home()
    begin = timezone.now() + dt.timedelta(seconds=5)
    pages = [StrengthFactory(title=f"Atout {number}", live=False) for number in range(EACH)]
    begin = max(begin, timezone.now() + dt.timedelta(seconds=15))
    for number, page in enumerate(pages):
        page.go_live_at = begin + dt.timedelta(seconds=SPAN * number / EACH)
        page.save_revision().publish()
        ask("test.deliver", str(number), number=number)
        due = begin + dt.timedelta(seconds=SPAN * number / EACH)
        Job.objects.filter(key=f"test.deliver:{number}").update(due_at=due)


def outcome() -> tuple[int, dict[int, int], int, int]:
    """Return how many pages wait, how often each was published, how many deliveries wait, and how many attempts ended
    with their worker: what these had in hand is done again.
    """
    import django

    django.setup()
    from django_tasks_db.models import DBTaskResult
    from wagtail.models import PageLogEntry

    from core.jobs.models import Job
    from territoire.models import StrengthPage

    published = PageLogEntry.objects.filter(action="wagtail.publish.scheduled").values_list("page_id", flat=True)
    return (
        StrengthPage.objects.filter(live=False).count(),
        dict(Counter(published)),
        Job.objects.filter(name="test.deliver").count(),
        DBTaskResult.objects.running().count(),
    )


def run(call: str, environment: dict[str, str]) -> str:
    """Call a function of this file in a process of its own; return what it prints."""
    code = f"import bench_jobs; print(repr(bench_jobs.{call}()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def bench(url: str, folder: Path) -> bool:
    """Run it on one database; return whether nothing was lost."""
    traces, log = folder / "traces", (folder / "work.log").open("w")
    environment = os.environ | {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "night_shift.settings",
        "PYTHONPATH": os.pathsep.join(map(str, [ROOT, ROOT / "site", ROOT / "tests", ROOT / "tests" / "benchmarks"])),
        "TRACES": str(traces),
    }
    run("prepare", environment)

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work"], cwd=ROOT, env=environment, stdout=log, stderr=log
        )

    begun, workers, chance = time.monotonic(), [start(), start()], random.Random(41)
    for _kill in range(KILLS):
        # Long enough to start, and to take something in hand.
        time.sleep(chance.uniform(4, 9))
        victim = chance.randrange(2)
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = start()
    end = time.monotonic() + PATIENCE
    while True:
        left, published, waiting, _died = literal_eval(run("outcome", environment))
        if not (left or waiting) or time.monotonic() > end:
            break
        time.sleep(1)
    for worker in workers:
        worker.terminate()
    clean = [worker.wait() for worker in workers]
    died = literal_eval(run("outcome", environment))[3]
    delivered = Counter(int(line.split()[1]) for line in traces.read_text().splitlines())
    seconds, engine = time.monotonic() - begun, url.split(":", 1)[0]
    print(f"\n{engine}: two workers, {KILLS} SIGKILL in {seconds:.0f} s; {died} attempts ended with their worker")
    print(f"  stopped by SIGTERM, the workers ended with {clean}")
    lost = 0
    for what, counts in (("publications", published), ("deliveries", delivered)):
        missing = EACH - len(counts)
        lost += missing
        once = sum(1 for times in counts.values() if times == 1)
        print(f"  {what:13} once {once:3}, again {len(counts) - once:3}, lost {missing:3}")
    return not (lost or left or waiting)


def main() -> None:
    """Run it on each database."""
    well = []
    given = os.environ.get("DATABASE_URL", "")
    for url in ["sqlite", *([given] if given.startswith("postgres") else [])]:
        with tempfile.TemporaryDirectory() as folder:
            well.append(
                bench(f"sqlite:////{folder.lstrip('/')}/site.sqlite3" if url == "sqlite" else url, Path(folder))
            )
    sys.exit(not all(well))


if __name__ == "__main__":
    main()

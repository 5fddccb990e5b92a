"""Which engine carries jobs: the site's own database, or a Redis that JOBS_URL names."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from .environment import SettingError, read

# Wagtail's own small tasks (what uses what, files of deleted pictures) are done with the change, as editors expect.
AT_COMMIT = {"BACKEND": "core.jobs.at_commit.AtCommitBackend"}
IN_DATABASE = {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
IN_REDIS = {"BACKEND": "django_tasks_rq.RQBackend", "QUEUES": ["default"]}


def read_jobs() -> dict[str, Any]:
    """Return the settings that JOBS_URL asks for: `TASKS`, the apps to install, and those of django-rq if any."""
    url = read("str", "JOBS_URL", "")
    if not url:
        return {"TASKS": {"default": AT_COMMIT, "jobs": IN_DATABASE}, "APPS": ["django_tasks_db"]}
    # No message repeats the address: it may hold a password.
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"redis", "rediss"} and parts.hostname and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SettingError("JOBS_URL must look like redis://[user:password@]host[:port][/number], or rediss:// (TLS).")
    if find_spec("django_tasks_rq") is None:
        raise SettingError("JOBS_URL asks for Redis, whose package is not installed: install django-tasks-rq.")
    return {
        "TASKS": {"default": AT_COMMIT, "jobs": IN_REDIS},
        "APPS": ["django_tasks_db", "django_rq"],  # the database's tables stay, so that one can go back
        "RQ_QUEUES": {"default": {"URL": url}},
    }

"""Settings of `work` processes that tests and benchmarks start."""

from config.settings.tests import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "night_shift"]  # noqa: F405
JOBS_LEASE = 2

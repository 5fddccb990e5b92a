"""Print what each role may do at each address of the admin."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.test.utils import setup_test_environment
from django.utils import translation

from home.role_table.measuring import Measuring, as_text
from home.role_table.small_site import build

SETTINGS = "config.settings.tests"


class Command(BaseCommand):
    """`manage.py role_table`. It asks a small site of its own, in memory, whatever the site's database is."""

    help = "Print the table of roles, measured by requests. A test expects what stands in tests/home/role_table.txt."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A part of the table is measured in seconds."""
        parser.add_argument("--only", default="", help="addresses that hold this text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure with the tests' settings, in a process of their own if need be."""
        if settings.SETTINGS_MODULE != SETTINGS:
            environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": "sqlite://:memory:"}
            environment |= {"DEMO": "false", "SITE_URL": "http://localhost:8000"}
            command = [sys.executable, sys.argv[0], "role_table", "--only", options["only"]]
            sys.exit(subprocess.run(command, env=environment).returncode)
        setup_test_environment()
        connection.creation.create_test_db(verbosity=0, serialize=False)
        with translation.override("fr"), transaction.atomic():
            rows = Measuring(build()).rows(lambda address: options["only"] in address.label)
            self.stdout.write(as_text(rows), ending="")
            transaction.set_rollback(True)

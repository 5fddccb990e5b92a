"""Make a demo of this site: catalogues, database, content, pictures, account. Run again, it keeps what was edited."""

import gc
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.text import slugify

from core.access.roles import ADMINISTRATION, STOCK_GROUPS
from core.loading.engine import prepare, write
from core.models import User
from core.pages.address import set_site_address
from home.loading.older_demo import set_aside_older_demo
from home.models import HomePage
from search.indexing.fingerprint import is_old
from search.models import SearchDocument

DEMO_FILES = Path(__file__).resolve().parents[2] / "demo"


class Command(BaseCommand):
    """`manage.py load_demo`, which `make demo` calls."""

    help = "Load the demo territory with its pictures and account, unless it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load in one transaction; all the rest may be interrupted and is taken up again."""
        if not settings.DEMO:
            raise CommandError("This site is no demo (DEMO is not set): nothing was loaded.")
        # What migrations and a load make stays: to look for garbage among it all took a third of `migrate`.
        gc.set_threshold(50_000, 10, 10)
        call_command("compile_catalogues", stdout=self.stdout)
        self.stdout.write("Database…")
        if said := set_aside_older_demo(connection):
            self.stdout.write(said)
        call_command("migrate", verbosity=0)
        if HomePage.objects.exists():
            self.stdout.write("Content is there: it is kept as it was edited.")
        else:
            self.stdout.write("Loading the territory…")
            write(prepare(sorted(DEMO_FILES.glob("*.yaml")), shift=True), self.stdout.write)
        set_site_address()
        # A demo that was made by an older version.
        call_command("give_links", stdout=self.stdout)
        if is_old() or not SearchDocument.objects.exists():
            call_command("search_reindex", stdout=self.stdout)
        self.set_accounts()
        self.stdout.write("Pictures in all sizes…")
        call_command("make_renditions", stdout=self.stdout)

    @staticmethod
    def set_accounts() -> None:
        """Make an administrator, and an account for each other role; outside of a demo their password is refused.

        None has all rights, and none may change accounts (`core.access.guards`): all who look at the demo share them.
        """
        name = settings.DEMO_ADMIN["username"]
        # Public and the same for all: hashed once, which takes a quarter of a second.
        password = make_password(settings.DEMO_ADMIN["password"])
        for group in Group.objects.exclude(name__in=STOCK_GROUPS):
            role = "" if group.name == ADMINISTRATION else f"-{slugify(group.name)}"
            account, created = User.objects.get_or_create(
                username=f"{name}{role}", defaults={"is_demo": True, "first_name": "Démo", "last_name": group.name}
            )
            if created:
                account.password = password
            if account.is_demo:
                account.is_superuser = account.is_staff = False
                account.save()
                account.groups.set([group])

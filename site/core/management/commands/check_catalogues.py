"""Hold the message catalogues to the code: nothing new untranslated, nothing fuzzy, nothing drifted."""

import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

IGNORED = ["var/*", "tests/*", ".venv/*"]
CODE = ("home", "search", "site", "temoignages", "territoire")
# A message inside an f-string, which the gettext tools do not read.
HIDDEN = re.compile(r"""\bf(["']).*?\{(?:_|gettext|ngettext|pgettext)\(.*?\1""")


# Messages that mean the same here and in the package that has them too, in words of our own.
SAID_ALIKE = frozenset(
    {
        "title",
        "Newest",
        "Sort by",
        "Search",
        "Source",
        "Site",
        "document",
        "user",
        "users",
        "first name",
        "registration required",
    }
)


class Command(BaseCommand):
    """`manage.py check_catalogues`: part of `make lint`. Drift needs the gettext tools, completeness does not."""

    help = "Check that the message catalogues are complete and match the code."

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect the strings into a copy and compare."""
        folder = Path(settings.LOCALE_PATHS[0])
        problems = self.incomplete(folder) + self.hidden(Path(settings.ROOT)) + self.taken_over(folder)
        if shutil.which("xgettext"):
            problems += self.drifted(folder)
        else:
            self.stderr.write("The gettext tools are missing: drift was not checked.")
        if problems:
            raise CommandError("\n".join(problems))

    @staticmethod
    def messages(path: Path) -> dict[Any, Any]:
        """Return {message id: translation} of a catalogue."""
        with path.open("rb") as stream:
            return {(message.context, message.id): message for message in read_po(stream) if message.id}

    def incomplete(self, folder: Path) -> list[str]:
        """Name messages without a translation, or with one that nobody has confirmed."""
        # Message ids are English: English needs no catalogue.
        needed = {code for code, _name in settings.LANGUAGES} - {"en"}
        missing = [code for code in sorted(needed) if not (folder / code / "LC_MESSAGES" / "django.po").exists()]
        problems = [f"{code}: has no catalogue" for code in missing]
        for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
            for message in self.messages(path).values():
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                if not all(texts) or message.fuzzy:
                    problems.append(f"{path.parts[-3]}: not translated: {message.id!r}")
        return problems

    def taken_over(self, folder: Path) -> list[str]:
        """Name our messages that installed packages have too and say otherwise: there is one catalogue for all.

        Such a message wants a context; or it stands in `SAID_ALIKE`, where both mean the same.
        """
        problems = []
        for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
            language = path.parts[-3]
            own = {
                name[1]: message.string
                for name, message in self.messages(path).items()
                if isinstance(name[1], str) and name[0] is None
            }
            for theirs in self.installed(language):
                with theirs.open("rb") as stream:
                    for message in read_mo(stream):
                        ours = own.get(message.id) if isinstance(message.id, str) and message.context is None else None
                        if ours and message.id not in SAID_ALIKE and ours.casefold() != message.string.casefold():
                            problems.append(
                                f"{language}: {message.id!r} is {ours!r} here, {message.string!r} in "
                                + f"{theirs.parts[-5]}: give it a context (pgettext)"
                            )
        return problems

    @staticmethod
    def installed(language: str) -> list[Path]:
        """Return the compiled catalogues of installed apps, which ours come before."""
        folders = [Path(config.path) for config in apps.get_app_configs()]
        found = [folder / "locale" / language / "LC_MESSAGES" / "django.mo" for folder in folders]
        return [path for path in found if path.exists() and Path(settings.ROOT) / "site" not in path.parents]

    def hidden(self, root: Path) -> list[str]:
        """Name lines whose messages no catalogue would ever get."""
        return [
            f"{path.relative_to(root)}:{number}: gettext reads no f-strings: join the text with +"
            for folder in CODE
            for path in sorted((root / folder).rglob("*.py"))
            for number, line in enumerate(path.read_text().splitlines(), start=1)
            if HIDDEN.search(line)
        ]

    def drifted(self, folder: Path) -> list[str]:
        """Name messages that the code has and a catalogue has not, or the other way round, and another order.

        Out of order, the next who collects messages cannot see theirs among all that moved.
        """
        before = {path.parts[-3]: list(self.messages(path)) for path in folder.glob("*/LC_MESSAGES/django.po")}
        with tempfile.TemporaryDirectory() as kept:
            shutil.copytree(folder, kept, dirs_exist_ok=True)
            try:
                call_command(
                    "makemessages",
                    locale=sorted(before),
                    no_location=True,
                    no_obsolete=True,
                    ignore_patterns=IGNORED,
                    verbosity=0,
                )
                after = {path.parts[-3]: list(self.messages(path)) for path in folder.glob("*/LC_MESSAGES/django.po")}
            finally:
                shutil.copytree(kept, folder, dirs_exist_ok=True)
        problems = []
        for language, known in before.items():
            now = after[language]
            found = [f"{language}: missing from the catalogue: {name!r}" for name in now if name not in known]
            found += [f"{language}: no longer in the code: {name!r}" for name in known if name not in now]
            problems += found or ([f"{language}: its messages are in another order"] if now != known else [])
        return [f"{problem} (run make messages)" for problem in problems]

"""How the site's own templates are read from disk."""

import re
from pathlib import Path

from django.template import Origin
from django.template.loaders import app_directories, filesystem

from ..checks import is_own_file

INDENTATION = re.compile(r"\n[ \t]+")


class _WithoutIndentation:
    """Leaves out how lines are indented: that is for who writes a template, and browsers show none of it.

    Breaks stay, so that a fault names its line. `<pre>` and `<textarea>` hold what is put in, no lines of a template.
    """

    def get_contents(self, origin: Origin) -> str:
        """Return a template's source; once a process, as Django keeps what was parsed."""
        source = super().get_contents(origin)  # type: ignore[misc]
        ours = is_own_file(Path(origin.name)) and origin.name.endswith(".html")
        return INDENTATION.sub("\n", source) if ours else source


class Shared(_WithoutIndentation, filesystem.Loader):
    """The templates in `site/templates/`."""


class OfApps(_WithoutIndentation, app_directories.Loader):
    """The templates of our apps, and, untouched, those of others."""

"""The texts of the interface, as the catalogues have them."""

from pathlib import Path

import polib
from django.conf import settings


def ours(language):
    """{(context, message id): texts} of a language; English is the language of the ids."""
    folder = Path(settings.LOCALE_PATHS[0])
    entries = polib.pofile(str(folder / ("fr" if language == "en" else language) / "LC_MESSAGES" / "django.po"))
    if language == "en":
        return {(entry.msgctxt, entry.msgid): [entry.msgid, entry.msgid_plural] for entry in entries}
    return {(entry.msgctxt, entry.msgid): [entry.msgstr, *entry.msgstr_plural.values()] for entry in entries}

"""Catalogues are compiled by the site itself; what it says next is already in the reader's language."""

import pytest
from django.core.management import call_command
from django.utils.translation import gettext, override
from django.utils.translation.reloader import translation_file_changed

pytestmark = pytest.mark.once

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "A town that moves"\nmsgstr "{}"\n'


def test_a_process_that_compiles_a_catalogue_speaks_it_at_once(tmp_path, settings):
    catalogue = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(PO.format("Une ville qui bouge"))
    settings.LOCALE_PATHS = [tmp_path]
    translation_file_changed(None, catalogue.with_suffix(".mo"))
    try:
        with override("fr"):
            assert gettext("A town that moves") == "A town that moves"  # Django has now read an empty catalogue
            call_command("compile_catalogues", verbosity=0)
            assert gettext("A town that moves") == "Une ville qui bouge"
        assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]
    finally:
        translation_file_changed(None, catalogue.with_suffix(".mo"))

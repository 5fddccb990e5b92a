"""Romanian is added as docs/languages.md says, and removed again."""

import re
import shutil
from io import StringIO

import polib
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Locale, Page

from core.languages.alphabet import teach_sqlite
from core.translation.languages import remove_language
from core.translation.trees import trees_wait
from factories import OfferFactory, the_home

pytestmark = pytest.mark.once

ROMANIAN = {
    "Menu": "Meniu",
    "Close the menu": "Închide meniul",
    "Go to the content": "Mergi la conținut",
    "You are here": "Ești aici",
    "Home": "Acasă",
    "Ask us": "Întreabă-ne",
    "Ask the desk": "Întreabă ghișeul",
    "Specialty": "Specialitate",
    "Place": "Loc",
    "Dates": "Perioadă",
    "Studies": "Studii",
    "French": "Franceză",
    "Room": "Cameră",
    "Travel": "Transport",
    "Money": "Bani",
    "Places": "Locuri",
    "Medicine": "Medicină",
    "Requests until %(day)s": "Cereri până la %(day)s",
    "in French": "în franceză",
    "This page is not translated yet: its text is in French.": "Această pagină nu este încă tradusă.",
}


def add(settings, folder, code, name, plurals, messages):
    """Write the line in the settings and the catalogue."""
    shutil.copytree(django_settings.LOCALE_PATHS[0], folder)
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": code, "Content-Type": "text/plain; charset=utf-8", "Plural-Forms": plurals}
    for english, text in messages.items():
        catalogue.append(polib.POEntry(msgid=english, msgstr=text))
    (folder / code / "LC_MESSAGES").mkdir(parents=True)
    catalogue.save(folder / code / "LC_MESSAGES" / "django.po")
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, (code, name)]
    teach_sqlite(None, connection)  # the site would start anew, with a new connection


@pytest.fixture
def romanian(settings, tmp_path):
    """Romanian, with twenty strings."""
    assert len(ROMANIAN) == 20
    plurals = "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);"
    add(settings, tmp_path / "locale", "ro", "Română", plurals, ROMANIAN)


@pytest.fixture
def arabic(settings, tmp_path):
    """Arabic, which is written from right to left, with one string."""
    add(settings, tmp_path / "locale", "ar", "العربية", "nplurals=1; plural=0;", {"Menu": "القائمة"})


def sync(**options):
    out = StringIO()
    call_command("sync_languages", stdout=out, **options)
    return out.getvalue()


def test_romanian_comes_with_one_line_one_catalogue_and_one_command_and_goes_without_a_trace(
    demo, romanian, client, text_of, settings
):
    before = Page.objects.count(), Locale.objects.count()
    pages = Page.objects.filter(locale__language_code="fr", depth__gt=1).count()
    assert f"ro: added, {pages} pages stand in in French" in sync()
    answer = client.get("/", headers={"accept-language": "ro-RO,ro;q=0.9"})
    assert answer["Location"] == "/ro/"
    home = client.get("/ro/").content.decode()
    assert '<html lang="ro">' in home
    assert "Această pagină nu este încă tradusă" in home
    offer = Page.objects.get(locale__language_code="ro", slug="medecine-generale-au-bord-du-cher")
    words = text_of(client.get(offer.url))
    assert "Specialitate" in words
    assert "martie" in words  # the month, from the CLDR
    assert "9 weeks" in words  # not in the catalogue: English, the language of the message ids
    assert 'lang="fr">Médecine générale au bord du Cher' in client.get(offer.url).content.decode()
    for page in Page.objects.live().filter(locale__language_code="ro"):
        assert client.get(page.url).status_code == 200
    # Taken out of the settings again, it goes without a trace, and links that were given lead on.
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES[:-1]
    with pytest.raises(CommandError, match="--remove"):
        sync()
    assert "ro: removed with" in sync(remove=True)
    assert (Page.objects.count(), Locale.objects.count()) == before
    assert client.get("/ro/", follow=True).redirect_chain[-1][0] == "/fr/"
    assert "/ro/" not in client.get("/fr/").content.decode()


def test_a_language_written_from_right_to_left_stands_so_and_french_within_it_does_not(home, arabic, client):
    """What is not translated yet is French, and says in which direction it is read; so does each language's name."""
    OfferFactory(title="Stage à Blois", body=[("text", "<p>Une phrase.</p>")]).save_revision().publish()
    sync()
    offer = Page.objects.get(locale__language_code="ar", title="Stage à Blois")
    page = client.get(offer.url).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="fr" dir="ltr">Stage à Blois</span>' in page
    assert re.search(r'lang="fr" dir="ltr"\s+hreflang="fr"', page)
    assert not re.findall(r'[^<]*(?<!href)lang="fr"(?! dir="ltr")', page)
    french = client.get(offer.alias_of.url).content.decode()
    assert '<html lang="fr">' in french
    assert re.search(r'lang="ar" dir="rtl"\s+hreflang="ar"', french)
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/embed/offres").content.decode()


def test_french_is_never_removed(db):
    the_home()
    with pytest.raises(ValueError, match="source"):
        remove_language(Locale.objects.get(language_code="fr"))


def test_a_tree_that_lacks_a_page_is_mended(demo):
    page = Page.objects.filter(locale__language_code="de", depth=4, numchild=0).first()
    with trees_wait():
        page.delete()
    assert "1 missing pages made" in sync()

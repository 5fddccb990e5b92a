"""The admin speaks one language: ours does not take Wagtail's words over, and no English is left between the French."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from core.management.commands.check_catalogues import Command
from factories import NOW, EditorialFactory, ImageFactory

pytestmark = pytest.mark.once

RECORDS = (
    "territoire_hoststructure",
    "territoire_supervisor",
    "territoire_specialty",
    "territoire_institution",
    "territoire_paper",
)
# Names that are the same for everybody.
EXCUSED = {"English"}


def words_of(html):
    """What a screen says, word by word as it is marked up."""
    soup = BeautifulSoup(html, "html.parser")
    for unseen in [*soup(["script", "style"]), *soup.find_all(hidden=True)]:
        unseen.decompose()
    yield from (" ".join(text.split()) for text in soup.stripped_strings)
    for element in soup.find_all(True):
        yield from (element.get(name, "") for name in ("aria-label", "title", "placeholder"))


def screens():
    page, image = EditorialFactory(), ImageFactory()
    parent = page.get_parent().pk
    yield from (
        "/admin/",
        "/admin/images/",
        f"/admin/images/{image.pk}/",
        "/admin/documents/",
        "/admin/documents/add/",
        "/admin/images/add/",
        "/admin/collections/",
        "/admin/redirects/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        "/admin/sites/",
        "/admin/locales/",
        "/admin/account/",
        "/admin/reports/locked/",
        "/admin/reports/workflow/",
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/localize/reports/translations/",
    )
    yield from (f"/admin/pages/{parent}/", f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/history/")
    yield from (
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_pages:move", args=[page.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[page.pk]),
        reverse("wagtailadmin_pages:add_subpage", args=[parent]),
        reverse("wagtailadmin_pages:usage", args=[page.pk]),
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
    )
    yield from (reverse(f"wagtailsnippets_{label}:list") for label in RECORDS)
    yield from (reverse(f"wagtailsnippets_{label}:add") for label in RECORDS)


def test_no_english_is_left_in_the_french_admin(admin, home):
    """A word that a catalogue says otherwise in French was not translated where it stands."""
    left = {}
    for address in screens():
        answer = admin.get(address, headers={"accept-language": "fr"})
        assert answer.status_code == 200, address
        with override("fr"):
            for text in words_of(answer.content):
                if len(text) > 2 and text not in EXCUSED and gettext(text).casefold() != text.casefold():
                    left[text] = address
    assert not left


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/admin/choose-external-link/", ["Texte du lien"]),
        ("/admin/choose-email-link/", ["Adresse e-mail", "Texte du lien", "Objet", "Message"]),
        ("/admin/choose-phone-link/", ["Numéro de téléphone", "Texte du lien"]),
        ("/admin/choose-anchor-link/", ["Texte du lien"]),
        ("/admin/localize/reports/translations/", ["Langue d’origine", "Langue d’arrivée", "traductions"]),
        ("/admin/reports/aging-pages/", ["Statut"]),
    ],
)
def test_what_wagtail_leaves_unnamed_has_a_french_name(admin, home, address, words):
    EditorialFactory(latest_revision_created_at=NOW, last_published_at=NOW)
    html = admin.get(address, headers={"accept-language": "fr"}).content.decode()
    html = json.loads(html)["html"] if html.startswith("{") else html
    said = " ".join(words_of(html))
    assert [word for word in words if word not in html] == []
    for word in ("Link text", "Email address", "Subject", "Body", "Phone number", "locale", "None"):
        assert word not in said


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Status: ", "Statut\u00a0: "),
        ("Fields", "Champs"),
        ("Approved", "Approuvé"),
        ("Locale", "Langue"),
        ("Any", "Peu importe"),
        ("Field", "Champ"),
    ],
)
def test_wagtails_words_mean_what_wagtail_means(english, french):
    with override("fr"):
        assert gettext(english) == french


def test_a_message_that_a_package_says_otherwise_is_named(tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    theirs = 'msgid "Fields"\nmsgstr "Filières"\n\nmsgctxt "study"\nmsgid "Field"\nmsgstr "Filière"\n'
    (folder / "django.po").write_text(head + theirs)
    named = Command().taken_over(tmp_path)
    assert any("'Fields'" in text for text in named)
    assert not any("'Field'" in text for text in named)
    assert Command().taken_over(Path(settings.LOCALE_PATHS[0])) == []

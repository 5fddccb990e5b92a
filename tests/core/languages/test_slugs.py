"""Addresses as people type them."""

import json
import re

import pytest
from django.urls import reverse

from core.languages.slugs import PlainSlugField, PlainSlugInput, plain_slug
from factories import EditorialFactory

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Été 2027", "ete-2027"),
        ("Cœur & Straße", "coeur-strasse"),
        ("L’hôpital de Blois !", "lhopital-de-blois"),
        ("Łódź", "lodz"),
        ("deja-une-adresse", "deja-une-adresse"),
    ],
)
def test_accented_letters_become_plain_ones(typed, address):
    assert plain_slug(typed) == address
    assert PlainSlugField().clean(typed) == address


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [("Œuvres", "Oeuvres"), ("cœur", "coeur"), ("Nguyễn", "Nguyen"), ("ﬁn", "fin"), ("Été à Blois", "Été à Blois")],
)
def test_letters_that_wagtails_scripts_would_drop_are_spelt_out_before(typed, spelt):
    """Accents up to ÿ they know themselves, some by the language."""
    for (pattern, flags), plain in json.loads(PlainSlugInput().attrs["data-w-slug-formatters-value"]):
        assert flags == "gu"
        typed = re.sub(pattern, plain, typed)
    assert typed == spelt


def test_the_forms_of_pages_take_what_is_typed(admin, home):
    page = EditorialFactory()
    edit = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "blur-&gt;w-slug#urlify" in edit
    assert "w-slug-formatters-value" in edit
    assert "show_in_menus" not in edit
    copy = reverse("wagtailadmin_pages:copy", args=[page.pk])
    answer = admin.post(copy, {"new_title": "Été", "new_slug": "Été 2027", "new_parent_page": home.pk})
    assert answer.status_code == 302
    assert type(page).objects.filter(slug="ete-2027").exists()

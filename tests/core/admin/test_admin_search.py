"""What editors find in the admin: what they paste is found, whatever signs stand between its words."""

import pytest
from django.urls import reverse

from factories import EditorialFactory, ImageFactory, OfferFactory

pytestmark = pytest.mark.once

PASTED = [
    "Webinaire : préparer son stage",
    "Que faut-il faire, et quand ?",
    "« Une équipe qui prend le temps »",
    "Médecine générale au bord du Cher - offre",
    "Chambre – 300 € … & charges",
]


def found(browser, address, typed):
    """The words of the page of results for what is typed."""
    return browser.get(address, {"q": typed}).content.decode()


@pytest.mark.parametrize("title", PASTED)
def test_a_title_that_is_pasted_is_found(admin, home, title, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page, image = EditorialFactory(title=title), ImageFactory(title=title)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for typed in (title, f"{title} ?", f'"{title}"', title.replace(" ", "\N{NO-BREAK SPACE}")):
        assert edit in found(admin, reverse("wagtailadmin_pages:search"), typed), typed
        assert f'data-id="{page.pk}"' in found(admin, reverse("wagtailadmin_choose_page_search"), typed), typed
        assert reverse("wagtailimages:edit", args=[image.pk]) in found(admin, reverse("wagtailimages:index"), typed)


@pytest.mark.parametrize("typed", ["?", "« »", "- : …"])
def test_signs_alone_find_nothing(admin, home, typed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = EditorialFactory(title="Que faire ?")
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in found(
        admin, reverse("wagtailadmin_pages:search"), typed
    )


@pytest.mark.parametrize("typed", ["LC41-2027-925", "lc41-2027-925", "LC41-2027-92", "2027-925", "« LC41-2027-925 »"])
def test_a_page_is_found_by_its_reference(admin, home, typed, django_capture_on_commit_callbacks):
    """Students quote it."""
    with django_capture_on_commit_callbacks(execute=True):
        page, other = OfferFactory(reference="LC41-2027-925"), OfferFactory(reference="LC41-2027-931")
    html = found(admin, reverse("wagtailadmin_pages:search"), typed)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert reverse("wagtailadmin_pages:edit", args=[other.pk]) not in html

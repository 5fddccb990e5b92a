"""A page begins in French, and stands where its French page stands: at every door, in every wrong place."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from core.pages.placement import Misplaced
from factories import (
    EditorialFactory,
    OfferFactory,
    SectionFactory,
    languages,
    person,
    publish,
    the_home,
    translate,
    version,
)
from scenarios import scenario

pytestmark = pytest.mark.once


class Site:
    """A list of offers and two sections, in French and English; one offer and one page are translated."""

    def __init__(self):
        publish(the_home())
        self.sections = [publish(SectionFactory(title=title)) for title in ("Préparer", "Vivre")]
        self.page = publish(EditorialFactory(title="Papiers", parent=self.sections[0]))
        languages("en")
        call_command("sync_languages", verbosity=0)
        translate(self.page, "en", {"title": "Papers"})
        self.english = version(self.page, "en")
        self.english_section = version(self.sections[1], "en")


@scenario
def site():
    with TestCase.captureOnCommitCallbacks(execute=True):
        return Site()


WRONG = {
    "a French page under an English section": lambda site: (site.page, site.english_section),
    "an English page under a French section": lambda site: (site.english, site.sections[1]),
    "an English page under another English section": lambda site: (site.english, site.english_section),
}


def by_form_copied(admin, page, place):
    fields = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": place.pk, "publish_copies": "on"}
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)


def by_form_aliased(admin, page, place):
    fields = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": place.pk, "alias": "on"}
    return admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)


def by_form_moved(admin, page, place):
    return admin.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))


def by_api_copied(admin, page, place):
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "copy"])
    return admin.post(address, {"destination_page_id": place.pk, "slug": "copie"})


def by_api_aliased(admin, page, place):
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "create_alias"])
    return admin.post(address, {"destination_page_id": place.pk, "update_slug": "copie"})


def by_api_moved(admin, page, place):
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "move"])
    return admin.post(address, {"destination_page_id": place.pk, "position": "last-child"})


FORMS = [by_form_copied, by_form_aliased, by_form_moved]
API = [by_api_copied, by_api_aliased, by_api_moved]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
def test_no_door_leads_to_a_wrong_place(admin, site, wrong):
    page, place = wrong(site)
    before = sorted(Page.objects.values_list("pk", "path"))
    for door in [*FORMS, *API]:
        answer = door(admin, page, place)
        assert answer.status_code in ({200, 302, 403} if door in FORMS else {400, 403}), door.__name__
        assert sorted(Page.objects.values_list("pk", "path")) == before, door.__name__


@pytest.mark.parametrize("wrong", WRONG.values(), ids=list(WRONG))
@pytest.mark.parametrize(
    "door",
    [
        lambda page, place: page.copy(to=place, update_attrs={"slug": "copie"}),
        lambda page, place: page.copy(to=place, update_attrs={"slug": "copie"}, keep_live=True, recursive=True),
        lambda page, place: page.move(place, pos="last-child"),
        lambda page, place: CreatePageAliasAction(page, parent=place, update_slug="copie").execute(),
    ],
    ids=["copy", "copy of all below", "move", "alias"],
)
def test_code_is_refused_too(site, wrong, door):
    page, place = wrong(site)
    before = sorted(Page.objects.values_list("pk", "path"))
    with pytest.raises((Misplaced, ValidationError)):
        door(page, place)
    assert sorted(Page.objects.values_list("pk", "path")) == before


def test_an_alias_inside_one_language_is_refused_and_not_offered(admin, site):
    form = admin.get(reverse("wagtailadmin_pages:copy", args=[site.page.pk])).content.decode()
    assert 'name="alias"' not in form
    before = Page.objects.count()
    with pytest.raises(Misplaced):
        CreatePageAliasAction(site.page, parent=site.sections[1], update_slug="copie").execute()
    assert Page.objects.count() == before


def test_the_form_says_it_beside_the_place_and_keeps_what_was_typed(admin, site):
    answer = by_form_copied(admin, site.page, site.english_section)
    assert "new_parent_page" in answer.context["form"].errors
    assert 'value="copie"' in answer.content.decode()


def test_the_copy_of_a_translation_is_refused_with_a_word(admin, site, text_of):
    for place in (site.english_section, site.sections[0]):
        assert "copiez la page française" in text_of(by_form_copied(admin, site.english, place))


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_place_is_refused_when_it_is_chosen(client, site, text_of, method):
    client.force_login(person("Publication"))
    for place, why in ((site.english_section, "dans une autre langue"), (OfferFactory(), "ne peut pas se trouver")):
        chosen = client.post(reverse("wagtailadmin_pages:move", args=[site.page.pk]), {"new_parent_page": place.pk})
        assert chosen["Location"] == reverse("wagtailadmin_pages:move_confirm", args=[site.page.pk, place.pk])
        answer = getattr(client, method)(chosen["Location"], follow=True)
        assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:move", args=[site.page.pk])
        assert why in text_of(answer)
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
        assert why in text_of(client.post(f"{bulk}?id={site.page.pk}", {"chooser": place.pk}))


def test_a_french_page_is_copied_and_moved_within_french(admin, site):
    assert by_form_copied(admin, site.page, site.sections[1]).status_code == 302
    assert Page.objects.filter(slug="copie", locale=site.page.locale).exists()
    assert by_form_moved(admin, site.page, site.sections[1]).status_code == 302
    assert version(site.page, "en").get_parent().pk == site.english_section.pk


def test_an_address_never_leads_to_itself(client, site):
    """Neither that of a page that stands wrongly since before, nor a redirect that somebody wrote."""
    raw = Page.objects.get(pk=site.page.pk)
    Page.objects.filter(pk=raw.pk).update(url_path=f"{site.english_section.url_path}papiers/")
    Redirect.add_redirect("/fr/nulle-part/", "/fr/nulle-part/")
    for address in ("/fr/nulle-part/", "/fr/nulle-part", site.page.url):
        answer = client.get(address, follow=True)
        assert len(answer.redirect_chain) < 3

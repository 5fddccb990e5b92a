"""Choosers begin where one looks, show French only, tell namesakes apart, and make what is missing."""

import json

import pytest
from django.urls import reverse

from factories import (
    EditorialFactory,
    HostFactory,
    HousingFactory,
    OfferFactory,
    SectionFactory,
    SupervisorFactory,
    block,
    languages,
    publish,
    the_home,
)
from sending import as_sent
from territoire.models import HostStructure, Specialty, Supervisor

pytestmark = pytest.mark.once


def browsed(admin, *page, **query):
    """What the window of a page chooser shows; without a page, as the browser asks while nothing is chosen."""
    address = reverse("wagtailadmin_choose_page_child" if page else "wagtailadmin_choose_page", args=page)
    return json.loads(admin.get(address, query).content)


@pytest.mark.parametrize("factory", [HousingFactory, OfferFactory])
def test_a_page_of_a_type_is_looked_for_in_its_list(admin, home, factory):
    page = factory(title="Celle qu’on cherche")
    window = browsed(admin, locale="fr", page_type=page._meta.label_lower)
    assert window["parent_page_id"] == page.get_parent().pk
    assert page.title in window["html"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"page_type": "wagtailcore.page"},
        {"page_type": "home.homepage,home.sectionpage"},
        {"page_type": "territoire.housingpage,territoire.internshipofferpage"},
        {"page_type": "wagtailcore.page", "user_perms": "bulk_move_to"},
    ],
)
def test_other_pages_are_looked_for_from_the_home(admin, home, query):
    HousingFactory(), OfferFactory(), SectionFactory()
    assert browsed(admin, **query)["parent_page_id"] == home.pk


def test_nobody_is_led_to_a_language_in_which_nothing_may_be_chosen(admin, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(the_home())
        languages("en")
        page = publish(HousingFactory().get_parent().specific)
    for window in (browsed(admin, page.pk), browsed(admin, page_type="territoire.housingpage")):
        assert "English" not in window["html"]


def test_only_french_pages_are_offered(admin, home, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(the_home())
        languages("en")
        page = publish(EditorialFactory(title="Une page unique"))
    answer = admin.get(reverse("wagtailadmin_choose_page_search"), {"q": "unique"})
    html = json.loads(answer.content)["html"] if answer["Content-Type"].startswith("application/json") else ""
    html = html or answer.content.decode()
    assert html.count("Une page unique") >= 1
    assert f'data-id="{page.pk}"' in html or str(page.pk) in html
    english = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk).get()
    assert reverse("wagtailadmin_pages:edit", args=[english.pk]) not in html


def test_the_host_stands_beside_a_supervisor(admin, home):
    SupervisorFactory(name="Dr Martin", host=HostFactory(name="Maison de Mer"))
    html = admin.get(reverse(Supervisor.snippet_viewset.chooser_viewset.get_url_name("choose"))).content.decode()
    assert "Dr Martin" in html
    assert "Maison de Mer" in html


@pytest.mark.parametrize(
    ("model", "typed"),
    [
        (Specialty, {"name": "Gériatrie"}),
        (
            HostStructure,
            {"name": "Hôpital neuf", "kind": "msp", "size": "moins_250", "town": "Mer", "postcode": "41500"},
        ),
        (Supervisor, {"name": "Dr Neuf", "role": "Médecin", "languages": ["fr"]}),
    ],
)
def test_a_record_is_made_in_its_chooser(admin, home, model, typed):
    if model is Supervisor:
        typed = typed | {"host": HostFactory().pk}
    address = reverse(model.snippet_viewset.chooser_viewset.get_url_name("create"))
    answer = admin.post(address, typed)
    assert json.loads(answer.content)["step"] == "chosen", answer.content
    made = model.objects.get(name=typed["name"])
    assert made.locale.language_code == "fr"


@pytest.mark.parametrize("sent", ["x", "-1", "³", "1e3", "99999", "9" * 30])
def test_what_no_chooser_sends_is_a_wrong_choice(admin, home, sent):
    """Beside its field, with all that was typed; in a block nothing is chosen."""
    edit = reverse("wagtailadmin_pages:edit", args=[OfferFactory(body=[block("picture", {"image": None})]).pk])
    fields = ("host", "housing", "specialty", "picture")
    typed = as_sent(admin.get(edit).context["form"])
    chosen = {name: sent for name in typed if name in fields or name.endswith("-image")}
    assert len(chosen) == 5
    for action in ({}, {"action-publish": "1"}):
        answer = admin.post(edit, typed | chosen | {"title": "Ce que j’ai écrit"} | action)
        assert set(fields) <= set(answer.context["form"].errors)
        assert "Ce que j’ai écrit" in answer.content.decode()

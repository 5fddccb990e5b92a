"""Choosers begin where one looks, show French only, tell namesakes apart, and make what is missing."""

import json

import pytest
from django.urls import reverse

from core.choosers import PlacedPageChooser
from factories import EditorialFactory, HostFactory, HousingFactory, SupervisorFactory, languages, publish, the_home
from territoire.models import HostStructure, HousingPage, InternshipOfferPage, Specialty, Supervisor


def test_a_room_is_looked_for_among_the_rooms(admin, home):
    room = HousingFactory()
    form = InternshipOfferPage.get_edit_handler().get_form_class()
    widget = form.base_fields["housing"].widget
    assert isinstance(widget, PlacedPageChooser)
    assert widget.get_js_init_options("id", "housing", None)["parentId"] == room.get_parent().pk
    assert PlacedPageChooser(target_models=[HousingPage]).get_js_init_options("i", "n", None)["parentId"]


def test_a_page_for_a_block_or_a_link_is_looked_for_from_the_home(admin, home):
    EditorialFactory(title="Sous l'accueil")
    choose = reverse("wagtailadmin_choose_page")
    for query in ({}, {"page_type": "wagtailcore.page"}):
        assert "Sous l&#x27;accueil" in json.loads(admin.get(choose, query).content)["html"]
    target = {"page_type": "wagtailcore.page", "user_perms": "move_to"}
    assert "Sous l&#x27;accueil" not in json.loads(admin.get(choose, target).content)["html"]


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

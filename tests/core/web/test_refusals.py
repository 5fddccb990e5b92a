"""Who is refused, or meets a fault, reads what happened and finds a way on."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.actions.move_page import MovePagePermissionError
from wagtail.users.models import UserProfile

from core.access.guards import Refused
from core.web.refusals import failed, refused
from factories import person

pytestmark = pytest.mark.once


def test_a_refused_person_reads_who_may_and_finds_the_way_back(client, home, text_of):
    client.force_login(person("Rédaction"))
    answer = client.get(
        reverse("wagtailadmin_pages:unpublish", args=[home.pk]), headers={"referer": "http://testserver/admin/pages/"}
    )
    assert answer.status_code == 403
    words = text_of(answer)
    assert "Vous n’avez pas ce droit" in words
    assert "« Publication »" in words
    assert "data-wagtail-sidebar" in answer.content.decode()
    assert 'href="http://testserver/admin/pages/"' in answer.content.decode()


def test_a_refused_person_reads_it_in_the_language_of_their_admin(client, home, text_of):
    user = person("Rédaction")
    UserProfile.objects.create(user=user, preferred_language="de")
    client.force_login(user)
    assert "Dazu fehlt Ihnen das Recht" in text_of(client.get(reverse("wagtailusers_users:index")))


def test_a_guard_says_why(client, home, settings, text_of):
    settings.DEMO = True
    client.force_login(person("Administration", is_demo=True))
    assert "Ce compte est celui de tous" in text_of(client.get(reverse("wagtailadmin_account")))


def test_a_script_of_the_admin_gets_a_sentence(client, home):
    client.force_login(person("Rédaction"))
    answer = client.get(
        reverse("wagtailadmin_pages:set_privacy", args=[home.pk]), headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("text/plain")


def test_a_sentence_of_wagtails_code_is_no_reason_for_people(rf):
    """Its actions say in English what they could not do."""
    script = rf.post("/admin/", headers={"x-requested-with": "XMLHttpRequest"})
    english = "You do not have permission to move the page to the target specified."
    assert refused(script, MovePagePermissionError(english)).content.decode() == "Vous n’avez pas ce droit."
    assert refused(script, Refused("Une phrase.")).content.decode() == "Une phrase."


def test_another_site_is_no_way_back(client, home):
    client.force_login(person("Rédaction"))
    answer = client.get(reverse("wagtailusers_users:index"), headers={"referer": "https://ailleurs.example/"})
    assert "ailleurs" not in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "ne vous est pas ouverte"), ("en", "not open to you"), ("es", "no está abierta"), ("de", "nicht offen")],
)
def test_a_reader_who_is_refused_reads_it_in_the_sites_frame(home, client, language, words):
    from django.utils import translation

    request = client.get("/fr/").wsgi_request
    with translation.override(language):
        answer = refused(request, PermissionDenied())
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert "<header" in answer.content.decode()


@pytest.mark.parametrize(("address", "words"), [("/admin/login/", "administration"), ("/fr/", "Rien n’a été envoyé")])
def test_a_form_without_its_token_says_what_to_do(home, address, words):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, {"username": "x"}, headers={"accept-language": "fr"})
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert "flèche du navigateur" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "way_out"),
    [("/admin/reports/aging-pages/?last_published_at=01/01/0001", "/admin/"), ("/fr/%00/", "/")],
)
def test_what_cannot_be_read_is_said_and_leads_out(admin, home, address, way_out, text_of):
    answer = admin.get(address, headers={"accept-language": "fr"})
    assert answer.status_code == 400
    assert "Rien n’a été modifié" in text_of(answer)
    assert f'href="{way_out}"' in answer.content.decode()


def test_a_name_that_is_not_the_sites_is_no_failure(client, home, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    assert client.get("/fr/", headers={"host": "ailleurs.example"}).status_code == 400


@pytest.mark.parametrize(("address", "way_out"), [("/admin/pages/3/edit/", "/admin/"), ("/fr/", "/")])
def test_a_fault_claims_nothing_untrue_and_leads_out(address, way_out, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = failed(RequestFactory().post(address))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert f'href="{way_out}"' in html
    assert "n’est perdu" not in html
    assert "is lost" not in html


@pytest.mark.parametrize("path", ["/data/nothing.json", "/data/nothing.jsonld", "/o/LC41-1999-001/nothing.json"])
def test_a_program_that_asks_for_json_gets_a_problem(client, home, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {"title": "Not found", "status": 404}


@pytest.mark.parametrize("path", ["/o/none/agreement.pdf", "/data/none.csv", "/feeds/fr/none.ics", "/fr/none.atom"])
def test_a_file_that_is_not_there_is_a_line_of_text_with_a_way_on(client, home, path):
    answer = client.get(path, headers={"accept-language": "fr"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert answer.content.decode() == f"Cette page n’est pas ici\n{settings.SITE_URL}/\n"


def test_a_page_that_is_not_there_stays_a_page(client, home):
    answer = client.get("/fr/nulle-part/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")

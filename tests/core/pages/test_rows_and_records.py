"""What must be unique, and rows that are wrong or sent twice: a message beside a field that is shown, nothing lost."""

import datetime as dt

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import reverse
from wagtail.models import Locale

from core.checks import is_own
from core.fields.free_code import free_code
from core.models import Menu, PermanentLink
from core.pages.publication import PublicationRefused
from factories import HostFactory, OfferFactory, SpecialtyFactory, SupervisorFactory, days
from sending import as_sent
from territoire.models import InternshipOfferPage, Specialty

pytestmark = pytest.mark.once


def edit_address(page):
    """Where a page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def added_row(number, **values):
    """What a browser sends of a new framework."""
    empty = dict.fromkeys(("id", "DELETE", "framework", "signing_university", "deadline"), "")
    row = empty | {"ORDER": str(number + 1), **values}
    return {f"frameworks-{number}-{name}": value for name, value in row.items()}


def codes_of(offer):
    """The frameworks of an offer, in their order."""
    return list(InternshipOfferPage.objects.get(pk=offer.pk).frameworks.values_list("framework", flat=True))


def errors_of(answer, number):
    """What stands in a row of the frameworks after it was sent."""
    return answer.context["form"].formsets["frameworks"].forms[number].errors


# --- Rows ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_the_same_framework_twice_is_said_in_its_row(admin, home, action):
    offer = OfferFactory(draft=True)
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    sent |= {"frameworks-TOTAL_FORMS": "2"} | added_row(1, framework="erasmus_stage", participation="observation")
    answer = admin.post(edit_address(offer), sent | action)
    assert answer.status_code == 200
    assert set(errors_of(answer, 1)) == {"framework"}
    assert not answer.context["form"].errors
    assert codes_of(offer) == ["erasmus_stage"]


def test_a_row_that_is_gone_says_so_in_its_place(admin, home, text_of):
    lines = [("erasmus_stage", "", "observation"), ("observation", "", "observation")]
    offer = OfferFactory(draft=True, frameworks=lines)
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    offer.frameworks.model.objects.filter(framework="observation").delete()
    answer = admin.post(edit_address(offer), sent | {"action-publish": "1"})
    assert "framework" in errors_of(answer, 1)
    assert "Cette ligne a été retirée" in text_of(answer)
    assert "au moins un cadre" not in text_of(answer)


def test_two_frameworks_may_change_places(admin, home):
    lines = [("erasmus_stage", "", "observation"), ("observation", "", "observation")]
    offer = OfferFactory(draft=True, frameworks=lines)
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    sent |= {"frameworks-0-framework": "observation", "frameworks-1-framework": "erasmus_stage"}
    assert admin.post(edit_address(offer), sent).status_code == 302
    assert codes_of(offer) == ["observation", "erasmus_stage"]


@pytest.mark.parametrize("times", [2, 3])
def test_a_form_that_is_sent_twice_does_not_double_its_rows(admin, home, times):
    offer = OfferFactory(draft=True, supports=[{"kind": "repas", "amount": None}])
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    support = {"id": "", "ORDER": "2", "DELETE": "", "kind": "bourse_origine", "amount": "250", "period": "mois"}
    sent |= {"frameworks-TOTAL_FORMS": "2"} | added_row(1, framework="observation", participation="observation")
    sent |= {"supports-TOTAL_FORMS": "2"} | {f"supports-1-{name}": value for name, value in support.items()}
    for _time in range(times):
        answer = admin.post(edit_address(offer), sent)
        assert answer.status_code == 302, [row.errors for row in answer.context["form"].formsets["supports"].forms]
    assert codes_of(offer) == ["erasmus_stage", "observation"]
    assert offer.supports.model.objects.filter(offer=offer).count() == 2


def test_an_empty_row_beside_a_full_one_hides_nothing(admin, home):
    offer = OfferFactory(draft=True)
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    sent |= {"frameworks-TOTAL_FORMS": "2"} | added_row(1, participation="observation")
    answer = admin.post(edit_address(offer), sent | {"action-publish": "1"})
    formset = answer.context["form"].formsets["frameworks"]
    assert [set(row.errors) for row in formset.forms] == [set(), {"framework"}]
    assert not formset.non_form_errors()
    assert not answer.context["form"].errors


def test_all_mistakes_are_said_at_once(admin, home):
    offer = OfferFactory(draft=True)
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    wrong = {"latitude": "47.5", "longitude": "", "town": "", "min_weeks": "9", "max_weeks": "4", "places_left": "9"}
    answer = admin.post(edit_address(offer), sent | wrong | {"action-publish": "1"})
    assert {"longitude", "town", "min_weeks", "places_left"} <= set(answer.context["form"].errors)
    assert "__all__" not in answer.context["form"].errors
    assert answer.context["form"]["latitude"].value() == "47.5"


# --- What is unique -----------------------------------------------------------------------------------------------
OWN = [model for config in apps.get_app_configs() if is_own(config) for model in config.get_models()]


@pytest.mark.parametrize("model", OWN, ids=lambda model: model.__name__)
def test_no_editor_reads_the_name_of_a_constraint(model):
    edited = hasattr(model, "panels") or hasattr(model, "content_panels") or hasattr(model, "admin_form_fields")
    for constraint in model._meta.constraints if edited else []:
        if isinstance(constraint, CheckConstraint | UniqueConstraint):
            assert constraint.name not in constraint.get_violation_error_message()
            assert constraint.violation_error_message != constraint.default_violation_error_message, constraint.name


def test_a_specialty_typed_twice_is_said_beside_its_name(admin, home):
    SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    address = reverse(Specialty.snippet_viewset.get_url_name("add"))
    answer = admin.post(address, {"name": "  cardiologie "})
    assert set(answer.context["form"].errors) == {"name"}
    assert "cardiologie" in answer.context["form"]["name"].value()
    assert Specialty.objects.count() == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Médecine physique et de réadaptation de l’enfant", "Médecine physique et de réadaptation de l’adulte"),
        ("Хирургия", "外科", "جراحة", "…"),
        ("Cœur", "Coeur", "Łódź", "Straße"),
    ],
)
def test_names_that_are_alike_get_codes_of_their_own(admin, home, names):
    address = reverse(Specialty.snippet_viewset.get_url_name("add"))
    for name in names:
        assert admin.post(address, {"name": name}).status_code == 302
    codes = list(Specialty.objects.filter(locale=Locale.get_default()).values_list("reference", flat=True))
    assert len(set(codes)) == len(names)
    assert all(code.isascii() and code and len(code) <= 40 for code in codes)


def test_a_code_keeps_every_letter():
    assert free_code("Chirurgie du cœur", []) == "chirurgie_du_coeur"
    assert free_code("Łódź", []) == "lodz"
    assert free_code("Straße", ["strasse"]) == "strasse_2"


def test_a_second_menu_for_a_place_is_said_beside_it(admin, home):
    Menu.objects.create(slot="main", locale=Locale.get_default())
    address = reverse(Menu.snippet_viewset.get_url_name("add"))
    answer = admin.post(address, {"slot": "main", "title": "Encore", "links-count": "0"})
    assert set(answer.context["form"].errors) == {"slot"}
    assert answer.context["form"]["title"].value() == "Encore"


# --- The permanent reference ------------------------------------------------------------------------------------
def test_a_reference_is_given_with_the_first_day_and_never_typed(admin, home):
    offer = OfferFactory(draft=True, reference="", start_date=None)
    assert offer.reference == ""
    form = admin.get(edit_address(offer)).context["form"]
    assert "reference" not in form.fields
    sent = as_sent(form) | {"reference": "LC", "start_date": "2028-02-01", "end_date": "2028-05-01"}
    assert admin.post(edit_address(offer), sent).status_code == 302
    offer.refresh_from_db()
    assert offer.reference == "LC41-2028-001"
    assert "LC41-2028-001" in admin.get(edit_address(offer)).content.decode()
    moved = sent | {"start_date": "2029-02-01", "end_date": "2029-05-01", "deadline": "2028-12-01"}
    assert admin.post(edit_address(offer), moved | {"action-publish": "1"}).status_code == 302
    offer.refresh_from_db()
    assert (offer.live, offer.reference) == (True, "LC41-2028-001")
    assert PermanentLink.objects.get(translation_key=offer.translation_key).code == "LC41-2028-001"


def test_an_old_version_does_not_bring_another_reference_back(home):
    offer = OfferFactory(reference="LC41-2027-007")
    revision = offer.save_revision()
    revision.content["reference"] = "LC"
    revision.save()
    revision.publish()
    offer.refresh_from_db()
    assert offer.reference == "LC41-2027-007"
    assert PermanentLink.objects.get(translation_key=offer.translation_key).code == "LC41-2027-007"


def test_a_reference_of_a_deleted_offer_is_not_given_again(home):
    first = OfferFactory(reference="", start_date=dt.date(2027, 3, 1))
    first.save_revision().publish()
    code = first.reference
    first.delete()
    assert OfferFactory(reference="", start_date=dt.date(2027, 3, 1)).reference > code


# --- Warnings ---------------------------------------------------------------------------------------------------
def test_one_box_warns_before_publication_and_forbids_nothing(admin, home, text_of):
    host = HostFactory()
    supervisor = SupervisorFactory(host=host, approval_status="agree", approval_until=days(1))
    offer = OfferFactory(draft=True, host=host, supervisor=supervisor, summary="", deadline=dt.date(2020, 1, 1))
    words = text_of(admin.get(edit_address(offer)))
    for warning in offer.warnings:
        assert warning.replace("\u00a0", " ") in words
    assert len(offer.warnings) >= 5
    assert not offer.live
    sent = as_sent(admin.get(edit_address(offer)).context["form"])
    assert admin.post(edit_address(offer), sent | {"action-publish": "1"}).status_code == 302
    offer.refresh_from_db()
    assert offer.live


@pytest.mark.parametrize(
    ("kind", "framework", "university", "weeks", "words"),
    [
        ("msp", "erasmus_stage", "Université de Tours", 9, "n’a pas besoin d’université française ici"),
        ("msp", "stage_conventionne", "Université de Tours", 9, "n’a pas besoin d’université française ici"),
        ("msp", "erasmus_etudes", "Université de Tours", 9, ""),
        ("centre_hospitalier", "erasmus_stage", "Université de Tours", 9, ""),
        ("msp", "erasmus_stage", "", 9, ""),
        ("msp", "erasmus_etudes", "Université de Tours", 8, "est trop court pour ce cadre"),
        ("msp", "erasmus_stage", "", 8, "est trop court pour ce cadre"),
        ("msp", "observation", "", 4, ""),
    ],
)
def test_a_framework_that_the_placement_does_not_suit_is_warned_of(home, kind, framework, university, weeks, words):
    lines = [(framework, university, "observation")]
    offer = OfferFactory(host=HostFactory(kind=kind), frameworks=lines, max_weeks=weeks, summary="En bref.")
    other = ("nomination", "base légale", "clos depuis")
    about = [text for text in offer.warnings if "»" in text and not any(words in text for words in other)]
    assert [words in warning for warning in about] == [True] * bool(words)


def test_an_editor_is_warned_of_a_placement_away_from_its_host(home):
    host = HostFactory(town="Vendôme")
    away, there = (OfferFactory(host=host, town=town) for town in ("Montoire", "Vendôme"))
    assert any("autre commune" in warning for warning in away.warnings)
    assert not any("autre commune" in warning for warning in there.warnings)


def test_what_forbids_is_no_warning(home):
    offer = OfferFactory(draft=True, town="")
    offer.save_revision(clean=False)
    with pytest.raises(PublicationRefused):
        offer.get_latest_revision().publish()

"""What keeps a page from going live, by whichever way somebody tries."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.pages.publication import PublicationRefused
from factories import (
    HostFactory,
    HousingFactory,
    OfferFactory,
    SigningUniversityFactory,
    TestimonialFactory,
    UniversityFactory,
    days,
)
from territoire.models import InternshipOfferPage

pytestmark = pytest.mark.once

TOURS = "Université de Tours"


def offer_against(rule):
    """A draft that breaks a rule: (page, field beside which the editor reads why)."""
    lines = {
        "no framework": [],
        "agreement without university": [("erasmus_etudes", "", "observation")],
        "bilateral without university": [("convention_bilaterale", "", "non_clinique")],
        "one line of two": [("erasmus_etudes", TOURS, "observation"), ("convention_bilaterale", "", "observation")],
        "care in a public hospital": [("erasmus_stage", "", "participation_encadree")],
        "medicine observed in a public hospital": [("observation", "", "observation")],
        "legal basis of medicine in a public hospital": [("erasmus_etudes", TOURS, "participation_encadree")],
        "professional exchange of beginners": [("ifmsa_scope", TOURS, "observation")],
    }[rule]
    host = HostFactory(public_hospital="public hospital" in rule)
    levels = ["cycle1", "cycle2_debut"] if "beginners" in rule else ["cycle2_debut"]
    field = "medecine" if "medicine" in rule else "pharmacie"
    return OfferFactory(draft=True, host=host, frameworks=lines, levels=levels, field=field), "frameworks"


BROKEN = {
    rule: lambda rule=rule: offer_against(rule)
    for rule in (
        "no framework",
        "agreement without university",
        "bilateral without university",
        "one line of two",
        "care in a public hospital",
        "medicine observed in a public hospital",
        "legal basis of medicine in a public hospital",
        "professional exchange of beginners",
    )
} | {
    "university to contact": lambda: (UniversityFactory(link="cible", live=False), "link"),
    "testimonial without consent": lambda: (TestimonialFactory(consent_on=None, live=False), "consent_on"),
}


@pytest.fixture(params=BROKEN)
def broken(request, home):
    """Each rule's broken draft with the field that is wrong."""
    return BROKEN[request.param]()


def is_online(client, page):
    """Ask as a reader."""
    page.refresh_from_db()
    return page.live and client.get(page.url).status_code == 200


# --- What is right goes live --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "lines", "public_hospital"),
    [
        ("kinesitherapie", [("erasmus_stage", "", "observation")], True),
        ("kinesitherapie", [("erasmus_stage", "", "non_clinique")], True),
        ("kinesitherapie", [("observation", "", "observation")], True),
        ("pharmacie", [("erasmus_stage", TOURS, "participation_encadree")], True),
        ("medecine", [("erasmus_stage", "", "participation_encadree")], False),
        ("medecine", [("erasmus_etudes", TOURS, "observation")], True),
        ("medecine", [("observation", TOURS, "observation"), ("ifmsa_scope", TOURS, "observation")], True),
    ],
)
def test_an_offer_that_keeps_the_rules_goes_live(client, home, field, lines, public_hospital):
    host = HostFactory(public_hospital=public_hospital)
    offer = OfferFactory(draft=True, host=host, frameworks=lines, field=field)
    offer.save_revision().publish()
    assert is_online(client, offer)


def test_university_and_testimonial_that_keep_the_rules_go_live(client, home):
    for page in (UniversityFactory(live=False), TestimonialFactory(live=False)):
        page.save_revision().publish()
        assert is_online(client, page)


# --- By code ----------------------------------------------------------------------------------------------------
def test_code_cannot_publish_against_the_rules(client, broken):
    page, field = broken
    revision = page.save_revision()
    with pytest.raises(PublicationRefused) as refusal:
        revision.publish()
    assert list(refusal.value.message_dict) == [field]
    assert not is_online(client, page)


def test_a_draft_may_break_the_rules(broken):
    """Work in progress is saved."""
    page, _field = broken
    page.full_clean()
    page.save_revision()


def test_a_live_page_stays_as_it_was_when_its_new_version_is_refused(client, home):
    testimonial = TestimonialFactory(title="Une voix")
    testimonial.title, testimonial.consent_on = "Autre titre", None
    with pytest.raises(PublicationRefused):
        testimonial.save_revision().publish()
    assert is_online(client, testimonial)
    assert "Une voix" in client.get(testimonial.url).content.decode()


# --- By the editor's form -----------------------------------------------------------------------------------------
def page_form(page, **changes):
    """What the admin's form of a page sends."""
    from wagtail.admin.panels import get_edit_handler

    form = get_edit_handler(type(page)).get_form_class()(instance=page)
    sent, lists = {"comments": inline_formset([])}, {}
    for name, field in form.fields.items():
        value = form.initial.get(name, field.initial)
        if name in {"body", "objectives"}:
            sent[name] = streamfield([])
        elif isinstance(value, bool):
            sent |= {name: "on"} if value else {}
        elif isinstance(value, list):
            lists[name] = value
        elif isinstance(value, dt.datetime):
            sent[name] = timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        elif value is not None:
            sent[name] = getattr(value, "pk", value)
    if isinstance(page, InternshipOfferPage):
        sent["frameworks"] = lines_of(page)
        sent["supports"], sent["papers"] = inline_formset([]), inline_formset([])
    return nested_form_data(sent | changes) | lists


def send(admin, page, **changes):
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), page_form(page, **changes))


def number_of(university):
    """What the form sends of a university, named or stored."""
    named = isinstance(university, str) and university
    return str(SigningUniversityFactory(name=university).pk) if named else university or ""


def lines_of(offer):
    """The rows of frameworks as they are."""
    return lines_typed(*offer.frameworks.values_list("framework", "signing_university", "participation"), stored=offer)


def lines_typed(*lines, stored=None):
    """Rows of frameworks as the editor types them, over those that are stored."""
    known = [line.pk for line in stored.frameworks.all()] if stored else []
    return inline_formset(
        [
            {
                "id": str(known[place]) if place < len(known) else "",
                "framework": code,
                "signing_university": number_of(university),
                "participation": what,
                "deadline": "",
            }
            for place, (code, university, what) in enumerate(lines)
        ],
        initial=len(known),
    )


def test_the_editor_who_publishes_reads_what_is_wrong_beside_the_field(admin, broken):
    page, field = broken
    answer = send(admin, page, **{"action-publish": "1"})
    assert answer.status_code == 200
    form = answer.context["form"]
    message = str(next(iter(page.publication_errors().values())))
    if field in form.fields:
        assert form.errors[field] == [message]
    else:
        # Beside the field of the row that breaks the rule; without any row, above the rows or the form.
        rows = [text for row in form.formsets[field].errors for texts in row.values() for text in texts]
        above = [*form.non_field_errors(), *form.formsets[field].non_form_errors()]
        assert rows == [message] if page.frameworks.exists() else above
    page.refresh_from_db()
    assert not page.live


def test_the_same_form_saves_a_draft(admin, home):
    page, _field = offer_against("agreement without university")
    answer = send(admin, page, frameworks=lines_typed(("erasmus_etudes", "", "observation"), stored=page))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision_as_object().frameworks.get().framework == "erasmus_etudes"


def test_the_rules_judge_what_is_typed_not_what_is_stored(admin, client, home):
    """The editor adds the missing university and publishes in one go; and the other way round."""
    page, _field = offer_against("agreement without university")
    answer = send(
        admin,
        page,
        **{"action-publish": "1"},
        frameworks=lines_typed(("erasmus_etudes", TOURS, "observation"), stored=page),
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.live
    answer = send(
        admin,
        page,
        **{"action-publish": "1"},
        frameworks=lines_typed(("erasmus_etudes", "", "observation"), stored=page),
    )
    assert answer.status_code == 200
    assert answer.context["form"].formsets["frameworks"].errors[0]["signing_university"]
    page.refresh_from_db()
    assert page.frameworks.get().signing_university.name == TOURS


def test_the_editor_dates_a_consent_and_publishes(admin, home):
    page = TestimonialFactory(consent_on=None, live=False)
    answer = send(admin, page, **{"action-publish": "1"}, consent_on=days(-1).isoformat())
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.live


def test_publishing_an_offer_whose_room_is_taken_warns_and_publishes(admin, home):
    room = HousingFactory(available_until=days(110))
    page = OfferFactory(draft=True, housing=room)
    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        page_form(
            page,
            **{"action-publish": "1", "housing": room.pk},
        ),
        follow=True,
    )
    page.refresh_from_db()
    assert page.live
    assert page.warnings[0] in [str(message).strip() for message in answer.context["messages"]]


@pytest.mark.parametrize(("action", "public"), [("approve", True), ("reject", False)])
def test_approving_an_offer_warns_as_publishing_does(admin, editor, home, action, public):
    room = HousingFactory(available_until=days(110))
    page = OfferFactory(draft=True, housing=room)
    page.save_revision(user=editor)
    Workflow.objects.get().start(page, editor)
    sent = {"action-workflow-action": "1", "workflow-action-name": action, "housing": room.pk}
    answer = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), page_form(page, **sent), follow=True)
    page.refresh_from_db()
    assert page.live is public
    assert (page.warnings[0] in [str(message).strip() for message in answer.context["messages"]]) is public


def test_the_same_framework_twice_is_said_to_the_editor(admin, home):
    """One line a framework: a second one is an error of the form, not of the server."""
    page = OfferFactory(draft=True)
    same = ("erasmus_stage", "", "observation")
    answer = send(admin, page, frameworks=lines_typed(same, same, stored=page))
    assert answer.status_code == 200
    assert answer.context["form"].formsets["frameworks"].non_form_errors()
    assert page.frameworks.count() == 1


# --- In bulk ----------------------------------------------------------------------------------------------------
def publish_in_bulk(admin, *pages):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return admin.post(f"{address}?{query}&next=/admin/", follow=True)


def test_a_bulk_publication_names_the_page_and_why(admin, client, broken):
    page, _field = broken
    page.save_revision()
    answer = publish_in_bulk(admin, page)
    assert answer.status_code == 200
    said = " ".join(str(message) for message in answer.context["messages"])
    assert page.title in said
    assert str(next(iter(page.publication_errors().values()))) in said
    assert not is_online(client, page)


def test_a_bulk_publication_is_all_or_nothing(admin, client, broken):
    page, _field = broken
    good = TestimonialFactory(live=False)
    for one in (good, page):
        one.save_revision()
    publish_in_bulk(admin, good, page)
    assert not is_online(client, good)
    publish_in_bulk(admin, good)
    assert is_online(client, good)


# --- On a schedule ------------------------------------------------------------------------------------------------
def test_a_schedule_does_not_publish_against_the_rules(client, broken, caplog):
    """The approval may have been given before the rule was broken: by a record that changed since."""
    page, _field = broken
    page.save_revision()
    revision = page.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(hours=1))
    call_command("publish_scheduled")
    assert not is_online(client, page)
    assert "Not published as scheduled" in caplog.text
    assert page.title in caplog.text


def test_one_refused_page_does_not_hold_up_the_others(client, broken):
    """The night's publications go on."""
    page, _field = broken
    good = TestimonialFactory(live=False)
    moment = timezone.now() - dt.timedelta(hours=1)
    for one in (page, good):
        revision = one.save_revision()
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=moment)
    call_command("publish_scheduled")
    assert is_online(client, good)
    assert not is_online(client, page)


def test_editors_read_that_a_scheduled_page_was_kept_back(admin, home):
    page, _field = offer_against("agreement without university")
    revision = page.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(hours=2))
    call_command("publish_scheduled")
    html = admin.get(reverse("wagtailadmin_home")).content.decode()
    assert str(gettext("Not published as scheduled: publish it by hand to read why")) in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def test_an_editor_cannot_schedule_what_may_not_be_published(admin, broken):
    """A schedule is a publication: it is judged when it is set."""
    page, _field = broken
    answer = send(admin, page, **{"action-publish": "1", "go_live_at": "2026-12-01 08:00"})
    assert answer.status_code == 200
    assert not page.revisions.exclude(approved_go_live_at=None).exists()

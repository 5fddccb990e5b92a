"""The editors' home: what is waiting for somebody."""

import datetime as dt

import pytest
from django.utils.translation import gettext as _
from wagtail.models import Collection

from core.jobs.models import Job, Worker
from factories import NOW, HousingFactory, ImageFactory, OfferFactory, StrengthFactory, SupervisorFactory, days, person

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _work_runs(db):
    """Nothing waits for a process beside the site."""
    Worker.objects.create(name="one", started_at=NOW, seen_at=NOW)


def waiting(admin):
    """The lines of the editors' home, as (title, reason)."""
    answer = admin.get("/admin/")
    assert answer.status_code == 200
    panel = next(panel for panel in answer.context["panels"] if type(panel).__name__ == "WaitingPanel")
    return [(notice.title, notice.reason) for notice in panel.get_context_data({})["notices"]]


def test_nothing_waits_on_a_new_site(admin, home):
    assert waiting(admin) == []


def test_a_page_whose_facts_are_to_be_checked_is_named(admin, home):
    StrengthFactory(title="À relire", review_on=days(0))
    StrengthFactory(title="Plus tard", review_on=days(1))
    StrengthFactory(title="En projet", review_on=days(-1), live=False)
    assert waiting(admin) == [("À relire", _("Facts to be checked again"))]


def test_consents_that_end_within_sixty_days_are_named(admin, home):
    people = {"shows_people": True, "consent_on": days(-300)}
    ImageFactory(title="Bientôt", consent_until=days(60), **people)
    ImageFactory(title="Plus tard", consent_until=days(61), **people)
    ImageFactory(title="Passé", consent_until=days(-1), **people)
    ImageFactory(title="Un pont", consent_until=days(1))
    found = dict(waiting(admin))
    assert set(found) == {"Bientôt", "Passé"}
    assert found["Bientôt"] != found["Passé"]


def test_an_offer_whose_supervisors_approval_ends_before_it_is_named(admin, home):
    """The approval must run until the placement's last day."""
    last = days(100 + 9 * 7 - 1)
    ends = SupervisorFactory(approval_until=last.replace(day=last.day - 1), most_students=9)
    runs = SupervisorFactory(approval_until=last, most_students=9)
    OfferFactory(title="Signaler", supervisor=ends, host=ends.host)
    OfferFactory(title="Tout va bien", supervisor=runs, host=runs.host)
    OfferFactory(title="Brouillon", supervisor=ends, host=ends.host, draft=True)
    OfferFactory(title="Close", supervisor=ends, host=ends.host, closed=True)
    assert [title for title, _reason in waiting(admin)] == ["Signaler"]
    assert _("The supervisor’s approval ends before the placement does.") in waiting(admin)[0][1]


def test_an_offer_whose_room_is_not_free_all_the_time_is_named(admin, home):
    late = HousingFactory(available_from=days(101), available_until=days(400))
    short = HousingFactory(available_from=days(0), available_until=days(150))
    free = HousingFactory(available_from=days(100), available_until=days(162))
    OfferFactory(title="Trop tard", housing=late)
    OfferFactory(title="Trop court", housing=short)
    OfferFactory(title="Libre", housing=free)
    assert {title for title, _reason in waiting(admin)} == {"Trop tard", "Trop court"}


def test_a_notice_leads_to_where_one_mends_it(admin, home):
    for notice in notices_for(admin, home):
        assert admin.get(notice.edit_url).status_code == 200


def notices_for(client, home):
    """What a person's home says when a page and a picture wait."""
    StrengthFactory(title="À relire", review_on=days(0))
    people = {"shows_people": True, "consent_on": days(-9), "consent_until": days(-1)}
    ImageFactory(title="Passé", collection=Collection.get_first_root_node(), **people)
    panels = client.get("/admin/").context["panels"]
    panel = next(panel for panel in panels if type(panel).__name__ == "WaitingPanel")
    return panel.get_context_data({})["notices"]


@pytest.mark.parametrize(
    ("role", "told"),
    [("Publication", 2), ("Rédaction", 1), ("Administration", 2), ("Guichet", 0)],
)
def test_each_is_told_only_of_what_they_may_change(client, home, role, told):
    client.force_login(person(role))
    notices = notices_for(client, home)
    assert len(notices) == told
    for notice in notices:
        assert client.get(notice.edit_url).status_code == 200


def test_many_notices_are_counted_not_all_shown(admin, home):
    StrengthFactory.create_batch(12, review_on=days(0))
    HousingFactory.create_batch(2, review_on=days(0))
    answer = admin.get("/admin/")
    panel = next(panel for panel in answer.context["panels"] if type(panel).__name__ == "WaitingPanel")
    context = panel.get_context_data({})
    assert (len(context["notices"]), context["more"]) == (12, 2)


def test_work_that_has_not_run_for_ten_minutes_is_named(admin, home):
    Worker.objects.update(seen_at=NOW - dt.timedelta(minutes=9))
    assert waiting(admin) == []
    Worker.objects.update(seen_at=NOW - dt.timedelta(minutes=11))
    assert [title for title, _reason in waiting(admin)] == [_("Nothing is published or sent by itself")]


def test_a_delivery_that_keeps_failing_is_named(admin, home):
    job = Job.objects.create(
        key="search.deliver", name="search.deliver", asked_at=NOW, due_at=NOW, attempts=2, last_error="EngineDown"
    )
    assert waiting(admin) == []
    Job.objects.filter(pk=job.pk).update(attempts=3)
    [(title, reason)] = waiting(admin)
    assert title == _("Bring changes to the search")
    assert "EngineDown" in reason
    Job.objects.filter(pk=job.pk).update(given_up=True)
    assert waiting(admin)[0][1] != reason

"""Jobs are asked for with what needs them, done once, tried again after growing pauses, and at their hours."""

import datetime as dt
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from core.jobs import attempts, register, workers
from core.jobs.asking import ask
from core.jobs.models import Job, Worker
from core.jobs.register import DAY, MINUTE, Kind
from core.jobs.worker import run_due
from factories import NOW, ImageFactory, StrengthFactory, UserFactory

pytestmark = pytest.mark.django_db


class Failure(Exception):
    """What a job raises."""


@pytest.fixture
def done(monkeypatch):
    """What has been done, in a table of jobs of the test's own."""
    monkeypatch.setattr(register, "_kinds", {})
    found = []
    register.register(Kind("deliver", "Deliver", lambda number=0: found.append(number)))
    return found


@pytest.fixture
def failing(monkeypatch):
    """Attempts at a job that always fails, given up after the seventh."""
    monkeypatch.setattr(register, "_kinds", {})
    tried = []

    def fail(address):
        tried.append(timezone.now())
        raise Failure(address)

    register.register(Kind("fail", "Fail", fail, attempts=7))
    return tried


# --- Asking -----------------------------------------------------------------------------------------------------
def test_what_is_asked_for_is_done_once_and_goes(done):
    ask("deliver", number=1)
    assert done == []
    run_due()
    run_due()
    assert done == [1]
    assert not Job.objects.filter(name="deliver").exists()


def test_a_job_is_taken_back_with_the_transaction_that_asked(done):
    with transaction.atomic():
        ask("deliver", number=1)
        transaction.set_rollback(True)
    run_due()
    assert done == []


def test_a_job_that_waits_is_not_asked_for_twice_and_others_are_apart(done):
    for key, number in [("a", 1), ("b", 2), ("a", 3)]:
        ask("deliver", key, number=number)
    run_due()
    assert sorted(done) == [2, 3]


def test_what_is_asked_for_while_it_is_done_is_done_again(done):
    def deliver(number):
        done.append(number)
        if number == 1:
            ask("deliver", number=2)

    register.register(Kind("deliver", "Deliver", deliver))
    ask("deliver", number=1)
    run_due()
    assert done == [1, 2]


def test_what_nobody_knows_cannot_be_asked_for(done):
    with pytest.raises(LookupError):
        ask("unheard-of")


# --- Once -------------------------------------------------------------------------------------------------------
def test_a_job_is_handed_out_once_while_it_is_held(done, settings):
    ask("deliver", number=1)
    assert [attempts.hand_out(), attempts.hand_out()] == [1, 0]
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=settings.JOBS_LEASE - 1)):
        assert attempts.hand_out() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=settings.JOBS_LEASE + 1)):
        assert attempts.hand_out() == 1, "its worker is dead"


def test_an_attempt_whose_ticket_is_void_does_nothing(done):
    ask("deliver", number=1)
    attempts.hand_out()
    job = Job.objects.get(name="deliver")
    assert attempts.attempt.call(job.pk, str(uuid4())) == "void"
    assert attempts.attempt.call(job.pk, str(job.ticket)) == "done"
    assert attempts.attempt.call(job.pk, str(job.ticket)) == "void"
    assert done == [1]


def test_a_worker_that_comes_too_late_does_not_note_what_another_has_taken(done, settings):
    def deliver(number):
        done.append(number)
        # Meanwhile its time was up, and another worker was given the job.
        Job.objects.filter(name="deliver").update(ticket=uuid4())

    register.register(Kind("deliver", "Deliver", deliver))
    ask("deliver", number=1)
    run_due()
    assert Job.objects.filter(name="deliver").exists(), "it is the other's to note"


# --- Trying again -----------------------------------------------------------------------------------------------
def test_a_failing_delivery_is_tried_again_after_growing_pauses_and_given_up(failing):
    ask("fail", address="nadia@exemple.fr")
    with time_machine.travel(NOW, tick=False) as clock:
        Job.objects.update(due_at=NOW)
        pauses = []
        for _attempt in range(6):
            run_due()
            job = Job.objects.get(name="fail")
            pauses.append((job.due_at - timezone.now()).total_seconds() / MINUTE)
            run_due()
            clock.move_to(job.due_at)
        run_due()
    assert pauses == [1, 5, 30, 120, 360, 360]
    assert len(failing) == 7
    job = Job.objects.get(name="fail")
    assert (job.given_up, job.attempts, job.last_error, job.arguments) == (True, 7, "Failure", {})


def test_what_was_given_up_is_tried_anew_when_somebody_asks(failing):
    Job.objects.create(key="fail", name="fail", asked_at=NOW, due_at=NOW, attempts=7, given_up=True)
    ask("fail", address="nadia@exemple.fr")
    run_due()
    assert len(failing) == 1
    assert Job.objects.get(name="fail").attempts == 1


def test_a_failure_stays_visible_with_its_reason(failing, capsys):
    ask("fail", address="nadia@exemple.fr")
    run_due()
    call_command("work", list=True)
    assert "failed 1 times (Failure)" in capsys.readouterr().out
    assert "Failure" in DBTaskResult.objects.failed().get().traceback


# --- The timetable ----------------------------------------------------------------------------------------------
def test_the_timetable_is_kept_across_processes(done):
    register.register(Kind("often", "Often", lambda: done.append("often"), every=60))
    with time_machine.travel(NOW, tick=False) as clock:
        for seconds in (0, 59, 1, 200):
            clock.shift(seconds)
            run_due()
    assert done == ["often"] * 3, "and what was missed is not made up for"


def test_a_nightly_job_waits_for_its_hour_and_is_made_up_for(done):
    register.register(Kind("nightly", "Nightly", lambda: done.append("nightly"), at=dt.time(0, 5)))
    with time_machine.travel(NOW, tick=False) as clock:
        run_due()
        assert done == []
        clock.shift(DAY)  # no worker ran that night
        run_due()
        run_due()
    assert done == ["nightly"]
    assert timezone.localtime(Job.objects.get(name="nightly").due_at).time() == dt.time(0, 5)


def test_an_hour_is_that_of_the_clock_on_the_wall_when_summer_time_begins(done):
    kind = Kind("nightly", "Nightly", lambda: None, at=dt.time(3, 0))
    before = dt.datetime(2027, 3, 27, 12, tzinfo=NOW.tzinfo)
    assert timezone.localtime(kind.next_after(before)).isoformat() == "2027-03-28T03:00:00+02:00"


def test_a_job_with_nothing_to_do_is_not_done(done):
    wanted = []
    register.register(Kind("asked", "Asked", lambda: done.append("asked"), every=1, needed=lambda: bool(wanted)))
    run_due()
    assert (done, DBTaskResult.objects.count()) == ([], 0)
    wanted.append(1)
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        run_due()
    assert done == ["asked"]


def test_the_list_tells_a_job_that_has_nothing_to_do_from_one_that_nobody_looks_at(done, capsys):
    wanted = []
    register.register(Kind("asked", "Asked", lambda: done.append("asked"), every=1, needed=lambda: bool(wanted)))

    def told():
        call_command("work", list=True)
        [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("asked ")]
        return line

    assert "nothing waits (last looked at: never)" in told()
    run_due()
    looked = f"(last looked at: {timezone.localtime(NOW):%Y-%m-%d %H:%M}"
    assert f"last done: never, nothing waits {looked}" in told()
    wanted.append(1)
    assert f"last done: never, something waits {looked}" in told()


def test_a_line_that_is_now_done_more_often_does_not_wait_for_its_old_hour(done):
    register.register(Kind("often", "Often", lambda: done.append(1), every=DAY))
    with time_machine.travel(NOW, tick=False) as clock:
        run_due()
        register.register(Kind("often", "Often", lambda: done.append(2), every=60))
        run_due()
        clock.shift(60)
        run_due()
    assert done == [1, 2]


def test_workers_say_that_they_live():
    assert workers.are_silent()
    run_due()
    assert not workers.are_silent()
    with time_machine.travel(NOW + dt.timedelta(minutes=11)):
        assert workers.are_silent()


# --- What the site has done by itself -----------------------------------------------------------------------------
def test_a_page_is_published_and_taken_down_at_its_hours(home):
    page = StrengthFactory(title="La Loire", live=False)
    page.go_live_at, page.expire_at = NOW + dt.timedelta(hours=1), NOW + dt.timedelta(hours=3)
    page.save_revision().publish()
    states = []
    for hours in (0, 2, 4):
        with time_machine.travel(NOW + dt.timedelta(hours=hours)):
            run_due()
            states.append(Page.objects.get(pk=page.pk).live)
    assert states == [False, True, False]


def test_a_page_that_fails_at_its_hour_stops_no_other(home, monkeypatch):
    pages = [StrengthFactory(title=title, live=False) for title in ("Cassée", "La Loire")]
    for minutes, page in enumerate(pages, 1):
        page.go_live_at = NOW + dt.timedelta(minutes=minutes)
        page.save_revision().publish()
    publish = type(pages[0]).publish

    def fails(page, revision, *args, **kwargs):
        if page.title == "Cassée":
            raise Failure
        return publish(page, revision, *args, **kwargs)

    monkeypatch.setattr(type(pages[0]), "publish", fails)
    with time_machine.travel(NOW + dt.timedelta(hours=1)):
        run_due()
    assert [Page.objects.get(pk=page.pk).live for page in pages] == [False, True]
    assert Job.objects.get(key="pages.publish").last_error == "Failure"


def test_a_picture_whose_consent_has_ended_goes_in_the_night(home):
    image = ImageFactory(shows_people=True, consent_on=NOW.date(), consent_until=NOW.date() + dt.timedelta(days=1))
    run_due()
    for days, withheld in ((1, False), (2, True)):
        with time_machine.travel(NOW + dt.timedelta(days=days)):
            run_due()
            image.refresh_from_db()
            assert image.file.name.startswith("withheld/") is withheld


def test_the_past_is_tidied_away(client, settings):
    client.force_login(UserFactory())
    run_due()
    with time_machine.travel(NOW + dt.timedelta(days=40)):
        from django.contrib.sessions.models import Session

        run_due()
        assert not Session.objects.exists()
        assert Worker.objects.count() == 1
        yesterday = timezone.now() - dt.timedelta(days=1)
        assert not DBTaskResult.objects.filter(finished_at__lt=yesterday).exists()

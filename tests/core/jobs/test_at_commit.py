"""Wagtail's small tasks are done with the change that asks for them, once, and not at all when it is taken back."""

import logging

import pytest
from django.db import transaction
from django_tasks import task

from core.jobs.at_commit import once, task_in

done = []


@task()
def note(text):
    """Do something that a test can see."""
    if text == "broken":
        raise RuntimeError(text)
    done.append(text)


@task()
def look(pk):
    """Look for a user, as Wagtail's tasks look for what was saved."""
    from core.models import User

    done.append(User.objects.get(pk=pk).username)


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_outside_of_a_transaction_a_task_is_done_at_once():
    note.enqueue("a")
    assert done == ["a"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_asked_for_several_times_is_done_once_when_all_is_stored():
    with transaction.atomic():
        for text in ("a", "b", "a"):
            note.enqueue(text)
            with transaction.atomic():
                note.enqueue(text)
        assert done == []
    assert done == ["a", "b"]
    with transaction.atomic():
        note.enqueue("a")
    assert done == ["a", "b", "a"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_taken_back_takes_its_tasks_along_and_no_other():
    with transaction.atomic():
        with transaction.atomic():
            note.enqueue("kept")
            note.enqueue("gone")
            transaction.set_rollback(True)
        note.enqueue("kept")
        with transaction.atomic():
            note.enqueue("kept")
            transaction.set_rollback(True)
    assert done == ["kept"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_fails_is_logged_and_keeps_nothing_else_from_being_done(caplog):
    with caplog.at_level(logging.DEBUG, "core.jobs.at_commit"), transaction.atomic():
        note.enqueue("broken")
        look.enqueue(0)
        note.enqueue("a")
    assert done == ["a"]
    assert [(record.levelname, "note" in record.message) for record in caplog.records] == [
        ("ERROR", True),
        ("DEBUG", False),
    ]


def test_wagtail_s_tasks_come_here_and_are_done_once(db, django_capture_on_commit_callbacks, django_assert_num_queries):
    from factories import StrengthFactory, publish

    with django_capture_on_commit_callbacks() as waiting:
        page = publish(StrengthFactory())
    tasks = {entry: task_in(entry) for entry in waiting}
    about = [wanted.task.module_path for wanted in tasks.values() if wanted and wanted.args[-1] == str(page.pk)]
    assert "wagtail.tasks.update_reference_index_task" in about
    assert "modelsearch.tasks.insert_or_update_object_task" in about
    assert len(about) > len(set(about))  # saved again and again, asked for again and again
    first = {wanted: entry for entry, wanted in tasks.items() if wanted}
    for entry in first.values():
        entry()
    with django_assert_num_queries(0):
        for entry, wanted in tasks.items():
            if wanted:
                entry()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_our_own_work_is_done_once_too_and_again_when_asked_again():
    def work():
        done.append("work")

    with transaction.atomic():
        once(work)
        with transaction.atomic():
            once(work)
            transaction.set_rollback(True)
        once(work)
        assert done == []
    assert done == ["work"]
    once(work)
    assert done == ["work", "work"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_work_that_a_rollback_took_along_is_done_when_it_is_asked_for_again():
    def work():
        done.append("work")

    with transaction.atomic():
        once(work)
        transaction.set_rollback(True)
    assert done == []
    with transaction.atomic():
        once(work)
    assert done == ["work"]

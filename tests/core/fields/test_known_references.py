"""What pages point to is looked for once in a piece of work; what is not there is missing all the same."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.fields.references import looked_for_once
from factories import HostFactory, ImageFactory, OfferFactory, StrengthFactory, SupervisorFactory
from territoire.models import HostStructure

FRAMEWORKS = [("erasmus_stage", "", "observation")]


def queries(work):
    """Return how many queries something takes."""
    with CaptureQueriesContext(
        connection,
    ) as found:
        work()
    return len(found)


def test_a_picture_that_was_deleted_since_the_revision_is_not_there(home):
    kept, gone = StrengthFactory(picture=ImageFactory()), StrengthFactory(picture=ImageFactory())
    revisions = [kept.save_revision(), gone.save_revision()]
    gone.picture.delete()
    with looked_for_once():
        for _again in range(2):
            assert [revision.as_object().picture_id for revision in revisions] == [kept.picture_id, None]


def test_what_a_page_points_to_is_looked_for_once(home):
    supervisor = SupervisorFactory()
    revision = OfferFactory(host=supervisor.host, supervisor=supervisor, frameworks=FRAMEWORKS).save_revision()
    with looked_for_once():
        first, second = (queries(lambda: revision.as_object()) for _time in range(2))
    third = queries(lambda: revision.as_object())
    assert second < first <= third


def test_what_is_not_there_is_refused_also_when_others_are_known(db):
    host = HostFactory()
    supervisor = SupervisorFactory(host=host)
    missing = HostStructure.objects.order_by("-pk").first().pk + 1
    with looked_for_once():
        supervisor.clean_fields()
        supervisor.host_id = missing
        for _again in range(2):
            with pytest.raises(ValidationError) as refusal:
                supervisor.clean_fields()
            assert list(refusal.value.message_dict) == ["host"]


def test_an_empty_field_is_asked_for_also_when_others_are_known(db):
    supervisor = SupervisorFactory()
    with looked_for_once():
        supervisor.clean_fields()
        supervisor.host_id = None
        with pytest.raises(ValidationError) as refusal:
            supervisor.clean_fields()
    assert list(refusal.value.message_dict) == ["host"]


def test_rows_belong_to_the_page_that_is_built(home):
    offer = OfferFactory(frameworks=FRAMEWORKS)
    other = OfferFactory(frameworks=FRAMEWORKS)
    revision = offer.save_revision()
    for row in revision.content["frameworks"]:
        assert row["offer"] == offer.pk
        row["offer"] = other.pk
    assert [row.offer_id for row in revision.as_object().frameworks.all()] == [offer.pk]

"""A version of the code that brings a new text: translators see it without waiting for the next publication."""

import json
from uuid import uuid4

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment, TranslationSource

from core.jobs.worker import run_due
from core.translation.carrying import old_sources, read_old_sources
from core.translation.marks import plain
from factories import OfferFactory, SpecialtyFactory, languages, translate, version

PAY, WEEKLY = "pay_conditions", "12\u00a0€ par semaine"


@pytest.fixture
def offer(home):
    """A published offer with an English page, as a version of the code left it that knew no conditions of pay."""
    languages("en")
    french = OfferFactory(title="Cardiologie", pay_conditions=WEEKLY)
    translate(french, "en", {"title": "Cardiology"})
    made_by_an_older_version(french)
    return french


def made_by_an_older_version(item):
    """Take out of a source what a version before `territoire.0009` did not know."""
    source = TranslationSource.objects.get(object_id=item.translation_key)
    content = json.loads(source.content_json)
    for name in (PAY, "pay_basis", "pay_amount", "pay_regime"):
        content.pop(name, None)
    StringSegment.objects.filter(source=source, context__path=PAY).delete()
    TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content), schema_version="0008_aids")
    english = version(item, "en")
    type(item).objects.filter(pk=english.pk).update(
        french_parts=[part for part in english.french_parts if "semaine" not in part]
    )


def texts(item, path):
    """The French texts that a translator of a page or record sees in one place."""
    found = StringSegment.objects.filter(source__object_id=item.translation_key, context__path=path)
    return [segment.string.data for segment in found.select_related("string")]


def test_a_text_of_a_new_field_is_there_for_translators_once_a_worker_has_looked(offer):
    assert texts(offer, PAY) == []
    run_due()
    assert texts(offer, PAY) == [WEEKLY]
    assert not old_sources().exists()


def test_what_was_translated_stays_and_the_new_text_is_marked_as_french(offer):
    before = version(offer, "en")
    read_old_sources()
    english = version(offer, "en")
    assert english.title == "Cardiology"
    assert plain(WEEKLY) in english.french_parts
    assert english.live
    assert english.latest_revision_id == before.latest_revision_id, "nothing is published for it"


def test_a_draft_stays_a_draft(offer):
    draft = type(offer).objects.get(pk=offer.pk)
    draft.pay_conditions = "20 € par semaine"
    draft.save_revision()
    read_old_sources()
    assert texts(offer, PAY) == [WEEKLY], "translators read what is public"
    assert type(offer).objects.get(pk=offer.pk).has_unpublished_changes


def test_records_are_read_anew_too(home):
    languages("en")
    record = SpecialtyFactory(name="Cardiologie")
    translate(record, "en", {"name": "Cardiology"})
    TranslationSource.objects.filter(object_id=record.translation_key).update(schema_version="0001_initial")
    read_old_sources()
    assert not old_sources().exists()
    assert version(record, "en").name == "Cardiology"


def test_a_source_whose_page_is_gone_is_asked_once(offer):
    source = TranslationSource.objects.get(object_id=offer.translation_key)
    Page.objects.filter(pk=offer.pk).update(translation_key=uuid4())
    read_old_sources()
    assert not old_sources().exists()
    assert TranslationSource.objects.filter(pk=source.pk).exists(), "what translators wrote is kept"

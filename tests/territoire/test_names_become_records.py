"""The free text of the university that signs became a record: nothing of a database made before is lost."""

import importlib
import json

import pytest
from django.apps import apps
from wagtail.models import Revision
from wagtail_localize.models import TranslationSource

from factories import OfferFactory, open_site, publish, translate
from territoire.models import SigningUniversity

pytestmark = pytest.mark.once

migration = importlib.import_module("territoire.migrations.0005_names_become_records")


def test_a_text_in_a_draft_becomes_the_record_of_that_name():
    made = {}
    content = {"frameworks": [{"signing_university": text} for text in ("Tours", "", None)]}
    assert migration.in_json(content, lambda text: made.setdefault(text, 7) if text else None)
    assert [row["signing_university"] for row in content["frameworks"]] == [7, None, None]
    assert not migration.in_json({}, str)


def test_revisions_and_sources_of_translations_are_rewritten(home):
    open_site("en")
    offer = publish(OfferFactory(frameworks=[("erasmus_etudes", "Université de Tours", "observation")]))
    translate(offer, "en", {"title": "By the river"})
    university = SigningUniversity.objects.get(locale__language_code="fr")

    def stored():
        revision = Revision.objects.filter(object_id=str(offer.pk)).latest("pk")
        source = TranslationSource.objects.get(object_id=offer.translation_key)
        contents = (revision.content, json.loads(source.content_json))
        return [row["signing_university"] for content in contents for row in content["frameworks"]]

    assert stored() == [university.pk, university.pk]
    names = {university.pk: university.name}
    migration.rewrite(apps, lambda key: names.get(key, ""))
    assert stored() == ["Université de Tours"] * 2
    keys = {name: key for key, name in names.items()}
    migration.rewrite(apps, lambda text: keys.get(text))
    assert stored() == [university.pk, university.pk]
    assert offer.get_latest_revision_as_object().frameworks.get().signing_university == university

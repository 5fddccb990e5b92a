"""What a translator reads above the editor."""

import json

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment

from factories import HousingFactory, open_site, publish, translate, version

pytestmark = pytest.mark.once


def told(browser, page):
    """The messages above the editor of a page, in French."""
    answer = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), headers={"accept-language": "fr"})
    return " ".join(str(message) for message in answer.context["messages"])


def test_an_address_that_alone_is_missing_is_named_with_its_tab(admin, home):
    """It stands on another tab than the texts, and counts as a translation that is missing."""
    open_site("en")
    page = publish(HousingFactory(title="Un logement"))
    english = translate(page, "en", {"title": "A room"})
    assert "onglet « Promotion »" not in told(admin, english)
    segments = StringSegment.objects.filter(source__object_id=page.translation_key)
    texts = dict.fromkeys(segments.values_list("context__path", flat=True), "words")
    slug = texts.pop("slug")
    assert "onglet « Promotion »" in told(admin, translate(page, "en", texts))
    assert "onglet « Promotion »" not in told(admin, translate(page, "en", {"slug": slug}))


def test_a_text_whose_french_has_changed_has_a_warning_beside_it(admin, home):
    """Not the green tick; it is gone once the text is translated anew."""
    open_site("en")
    page = publish(HousingFactory(title="Un logement", summary="Une chambre."))
    translate(page, "en", {"title": "A room", "summary": "One room."})
    publish(page, summary="Deux chambres.")
    english = version(page, "en")

    def beside():
        props = admin.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).context["props"]
        return {told["data"]: told for told in json.loads(props)["initialStringTranslations"]}

    assert beside()["A room"]["error"] is None
    assert beside()["One room."]["error"] == "Le français a changé : à traduire de nouveau."
    translate(page, "en", {"summary": "Two rooms."})
    assert {told["error"] for told in beside().values()} == {None}


def test_the_day_of_a_translation_is_written_in_the_editors_language(admin, home):
    open_site("en")
    page = publish(HousingFactory(title="Un logement"))
    english = translate(page, "en", {"title": "A room"})
    address = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert (
        "Traduit manuellement le 22 novembre 2026"
        in json.loads(admin.get(address).context["props"])["initialStringTranslations"][0]["comment"]
    )

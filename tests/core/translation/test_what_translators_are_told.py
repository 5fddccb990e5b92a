"""What a translator reads above the editor."""

import pytest
from django.urls import reverse
from wagtail_localize.models import StringSegment

from factories import HousingFactory, open_site, publish, translate

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

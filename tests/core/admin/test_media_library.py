"""The library of pictures and documents: deleting what is used, searching with filters."""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import ReferenceIndex

from core.admin.media_library import StillUsed, uses_of
from core.models import SiteImage
from factories import (
    DocumentFactory,
    EditorialFactory,
    ImageFactory,
    StrengthFactory,
    block,
    open_site,
    publish,
    translate,
    version,
)

pytestmark = pytest.mark.once


def indexed(page):
    """A page whose references are noted, as they are once its publication is committed."""
    ReferenceIndex.create_or_update_for_object(page)
    return page


def as_picture(image):
    return StrengthFactory(title="Une page", picture=image)


def in_a_block(image):
    return EditorialFactory(title="Une page", body=[block("picture", {"image": image.pk, "caption": "", "alt": ""})])


def in_a_text(document):
    link = f'<p><a linktype="document" id="{document.pk}">Le guide</a></p>'
    return EditorialFactory(title="Une page", body=[block("prose", link)])


def as_a_film(document):
    film = {"title": "Film", "poster": ImageFactory().pk, "video": document.pk, "captions": None, "transcript": ""}
    return EditorialFactory(title="Une page", body=[block("video", film)])


USES = [
    (ImageFactory, as_picture),
    (ImageFactory, in_a_block),
    (DocumentFactory, in_a_text),
    (DocumentFactory, as_a_film),
]


@pytest.mark.parametrize(("make", "use"), USES, ids=lambda part: part.__name__)
def test_what_is_used_is_not_deleted_without_a_word(admin, home, make, use):
    item = make()
    indexed(use(item))
    kind = type(item)
    one = "wagtailimages:delete" if kind is SiteImage else "wagtaildocs:delete"
    label = kind._meta.app_label
    several = reverse("wagtail_bulk_action", args=[label, kind._meta.model_name, "delete"]) + f"?id={item.pk}"
    for address in (reverse(one, args=[item.pk]), several):
        answer = admin.post(address, follow=True)
        assert answer.status_code == 200
        said = [str(message) for message in answer.context["messages"]]
        assert any("Une page" in text for text in said), said
    with pytest.raises(StillUsed, match="Une page"), transaction.atomic():
        item.delete()
    with pytest.raises(StillUsed), transaction.atomic():
        kind.objects.filter(pk=item.pk).delete()
    assert kind.objects.filter(pk=item.pk).exists()


def test_a_page_in_several_languages_is_named_once_for_each_of_its_titles(home):
    open_site()
    image = ImageFactory()
    page, other = publish(as_picture(image)), publish(StrengthFactory(title="Une autre", picture=image))
    translate(other, "en", {"title": "Another one"})
    for used in (page, other):
        for language in ("fr", "en", "es", "de"):
            indexed(version(used, language))
    assert sorted(uses_of(image)) == ["Another one (English)", "Une autre (Français)", "Une page"]


@pytest.mark.parametrize("make", [ImageFactory, DocumentFactory])
def test_what_nobody_uses_goes(admin, home, make):
    item = make()
    address = "wagtailimages:delete" if make is ImageFactory else "wagtaildocs:delete"
    assert admin.post(reverse(address, args=[item.pk])).status_code == 302
    assert not type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize(("make", "library"), [(ImageFactory, "images"), (DocumentFactory, "documents")])
@pytest.mark.parametrize("bounds", ["", "usage_count_min=1", "usage_count_max=0"])
def test_the_library_is_searched_and_filtered_at_once(admin, home, wagtails_tasks, make, library, bounds):
    make(title="Le pont")
    wagtails_tasks()
    for words in ("", "q=pont"):
        for order in ("", "ordering=title", "ordering=-usage_count"):
            answer = admin.get(f"/admin/{library}/?{words}&{bounds}&{order}")
            assert answer.status_code == 200
            assert ("Le pont" in answer.content.decode()) is ("_min=1" not in bounds)

"""A title is enough for a draft; what is missing is said when one publishes, whatever door one takes."""

import datetime as dt

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page, get_page_models

from core.checks import is_own
from core.fields.columns import CodesField
from core.models import BasePage
from core.pages.publication import PublicationRefused, refusals
from factories import (
    NOW,
    DocumentFactory,
    EditorialFactory,
    EventFactory,
    HousingFactory,
    ImageFactory,
    OfferFactory,
    QuestionFactory,
    StrengthFactory,
    TestimonialFactory,
    UniversityFactory,
    block,
    items,
    the_home,
)
from home.models.blocks import EditorialBodyBlock
from sending import as_sent

pytestmark = pytest.mark.once

FACTORIES = [
    OfferFactory,
    HousingFactory,
    EventFactory,
    TestimonialFactory,
    UniversityFactory,
    StrengthFactory,
    QuestionFactory,
    EditorialFactory,
]
TYPES = sorted((model for model in get_page_models() if is_own(model._meta.app_config)), key=str)


def parent_of(model):
    """A page under which one of this type may be added."""
    home = the_home()
    wanted = model.allowed_parent_page_models()
    if Page in wanted or type(home) in wanted:
        return Page.get_first_root_node() if type(home) not in wanted else home
    parent = wanted[0]
    return parent.objects.first() or home.add_child(instance=parent(title=parent.__name__, locale=home.locale))


def empty_form(browser, model, parent):
    """What a browser sends of a new page's form in which only the title is filled in, everything else emptied."""
    address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    form = browser.get(address).context["form"]
    sent = as_sent(form)
    # Rich text that is empty is sent as JSON's null.
    kept = {
        name
        for name, value in sent.items()
        if name.endswith(("_FORMS", "-count")) or str(value).startswith(("null", "{"))
    }
    return address, {name: value if name in kept else "" for name, value in sent.items()} | {"title": "Un titre"}


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_title_is_enough_to_save_autosave_and_preview(admin, home, model):
    parent = parent_of(model)
    if model.max_count_per_parent and model.objects.child_of(parent).exists():
        model.objects.child_of(parent).first().delete()
    address, sent = empty_form(admin, model, parent)
    answer = admin.post(address, sent, headers={"accept": "application/json"})
    assert answer.json().get("success"), answer.content
    page = model.objects.get(title="Un titre", locale=home.locale)
    assert not page.live
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = {name: value for name, value in as_sent(admin.get(edit).context["form"]).items() if name}
    assert admin.post(edit, sent).status_code == 302
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.post(preview, sent).json() == {"is_valid": True, "is_available": True}
    assert admin.get(preview).status_code == 200
    assert admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    # What is missing is said by the form and by the rule alike.
    page = model.objects.get(pk=page.pk)
    wrong = set(refusals(page.get_latest_revision_as_object()))
    answer = admin.post(edit, sent | {"action-publish": "1"})
    if not wrong:
        assert answer.status_code == 302
        return
    form = answer.context["form"]
    said = set(form.errors) | {name for name, rows in form.formsets.items() if rows.total_error_count()}
    assert wrong == said
    assert not model.objects.get(pk=page.pk).live


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_a_page_is_previewed_before_it_is_first_saved(admin, home, model):
    parent = parent_of(model)
    _address, sent = empty_form(admin, model, parent)
    names = [model._meta.app_label, model._meta.model_name, parent.pk]
    preview = reverse("wagtailadmin_pages:preview_on_add", args=names)
    assert admin.get(preview).templates[0].name.endswith("preview_error.html")
    assert admin.post(preview, sent | {"review_on": "31/02/2027"}).json() == {"is_valid": False, "is_available": False}
    assert admin.post(preview, sent).json() == {"is_valid": True, "is_available": True}
    assert "Un titre" in admin.get(preview, {"in_preview_panel": "true"}).content.decode()


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_preview_that_has_nothing_to_show_says_so(admin, home, factory):
    """Its tab is opened again, or another session's; or what was typed first is wrong."""
    page = factory()
    sent = as_sent(admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"])
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.get(preview).templates[0].name.endswith("preview_error.html")
    assert admin.post(preview, sent | {"review_on": "31/02/2027"}).json() == {"is_valid": False, "is_available": False}


def required(page):
    """The fields that a page must have to be public, apart from what Wagtail itself asks."""
    return [
        field
        for field in page._meta.concrete_fields
        if field.editable
        and not field.blank
        and field.name not in {"title", "slug", "path", "depth", "locale"}
        and not field.primary_key
        and not isinstance(field, models.BooleanField)
        and field.model is not Page
        and not getattr(field.remote_field, "parent_link", False)
    ]


def nothing(field):
    """What a field holds that nobody filled in."""
    if isinstance(field, StreamField | CodesField):
        return []
    return None if field.null else ""


DOORS = {}


def door(function):
    """Register a way to publish."""
    DOORS[function.__name__] = function
    return function


@door
def by_code(browser, page):
    with pytest.raises(PublicationRefused) as refusal:
        page.get_latest_revision().publish()
    return set(refusal.value.message_dict)


@door
def by_page(browser, page):
    with pytest.raises(PublicationRefused) as refusal:
        page.publish(page.get_latest_revision())
    return set(refusal.value.message_dict)


@door
def by_schedule(browser, page):
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = NOW + dt.timedelta(days=2)
    revision = draft.save_revision(clean=False)
    with pytest.raises(PublicationRefused) as refusal:
        revision.publish()
    return set(refusal.value.message_dict)


@pytest.mark.parametrize("factory", FACTORIES, ids=lambda factory: factory._meta.model.__name__)
def test_each_required_field_is_required_at_every_door(admin, home, factory):
    page = factory(live=False)
    full = page.save_revision()
    assert refusals(full.as_object()) == {}
    for field in required(page):
        draft = full.as_object()
        setattr(draft, field.attname, nothing(field))
        draft.save_revision(clean=False)
        for name, publish in DOORS.items():
            assert field.name in publish(admin, type(page).objects.get(pk=page.pk)), (name, field.name)
        assert not type(page).objects.get(pk=page.pk).live


def test_a_bulk_publication_names_page_and_field_and_publishes_nothing(admin, home, text_of):
    whole, broken = OfferFactory(draft=True), OfferFactory(draft=True)
    whole.save_revision()
    draft = broken.save_revision().as_object()
    draft.town, draft.field = "", ""
    draft.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{address}?id={whole.pk}&id={broken.pk}&next=/admin/", {}, follow=True)
    words = text_of(answer)
    said = str(forms.Field.default_error_messages["required"])
    assert f"{broken.title} — Filière — {said} Ville — {said}" in words
    assert answer.content.decode().count(f'href="{reverse("wagtailadmin_pages:edit", args=[broken.pk])}"') == 1
    for page in (whole, broken):
        page.refresh_from_db()
        assert not page.live


def test_a_framework_without_a_code_is_never_public(admin, home):
    offer = OfferFactory(draft=True, frameworks=[("", "", "observation")])
    offer.save_revision()
    with pytest.raises(PublicationRefused) as refusal:
        offer.get_latest_revision().publish()
    assert set(refusal.value.message_dict) == {"frameworks"}


# --- Blocks -----------------------------------------------------------------------------------------------------
def emptied(entry):
    """A block with every part empty; lists have one empty item."""
    if isinstance(entry, blocks.ListBlock):
        return items(emptied(entry.child_block))
    if isinstance(entry, blocks.StructBlock):
        return {name: emptied(child) for name, child in entry.child_blocks.items()}
    return None if isinstance(entry, blocks.ChooserBlock | blocks.StaticBlock) else ""


@pytest.mark.parametrize("name", EditorialBodyBlock().child_blocks)
def test_an_empty_block_is_drafted_previewed_and_refused_at_publication(admin, home, name):
    entry = EditorialBodyBlock().child_blocks[name]
    page = EditorialFactory(live=False, first_published_at=None)
    page.body = [block("prose", "<p>Ce qui est écrit.</p>"), block(name, emptied(entry))]
    page.save_revision(clean=False)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = as_sent(admin.get(edit).context["form"])
    assert admin.post(edit, sent, headers={"accept": "application/json"}).json()["success"] is True
    assert admin.post(edit, sent).status_code == 302
    kept = page.get_latest_revision_as_object().body
    assert [child.block_type for child in kept] == ["prose", name]
    assert "Ce qui est écrit." in str(kept[0].value)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.post(preview, sent).json()["is_valid"] is True
    assert admin.get(preview).status_code == 200
    wrong = refusals(page.get_latest_revision_as_object())
    answer = admin.post(edit, sent | {"action-publish": "1"})
    if wrong:
        assert set(wrong) == {"body"}
        assert "body" in answer.context["form"].errors
        with pytest.raises(PublicationRefused):
            page.get_latest_revision().publish()
    else:
        assert answer.status_code == 302
        assert name in {"lexicon", "glossary", "self_check"}


def filled(entry, name=""):
    """A block with something in every part, as it is stored."""
    if isinstance(entry, blocks.ListBlock):
        return items(*[filled(entry.child_block) for _place in range(entry.meta.min_num or 1)])
    if isinstance(entry, blocks.StructBlock):
        return {key: filled(child, key) for key, child in entry.child_blocks.items()}
    if isinstance(entry, blocks.ChooserBlock):
        if isinstance(entry, DocumentChooserBlock):
            file = {"video": "film.mp4", "captions": "film.vtt"}.get(name, "feuille.pdf")
            return DocumentFactory(file=ContentFile(b"contenu", file)).pk
        return (ImageFactory if isinstance(entry, ImageChooserBlock) else StrengthFactory)().pk
    if isinstance(entry, blocks.ChoiceBlock):
        return next(value for value, _label in entry.field.choices if value)
    return "<p>Un texte.</p>" if isinstance(entry, blocks.RichTextBlock) else {"email": "a@b.fr"}.get(name, "41")


STRUCTS = [name for name, entry in EditorialBodyBlock().child_blocks.items() if isinstance(entry, blocks.StructBlock)]


@pytest.mark.parametrize("name", STRUCTS)
def test_a_block_with_any_one_part_empty_is_drafted_and_previewed(admin, home, name):
    entry = EditorialBodyBlock().child_blocks[name]
    whole = filled(entry)
    lacking = [{**whole, part: emptied(child)} for part, child in entry.child_blocks.items()]
    page = EditorialFactory(live=False, first_published_at=None)
    page.body = [block(name, value) for value in [whole, *lacking]]
    page.save_revision(clean=False)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = as_sent(admin.get(edit).context["form"])
    assert admin.post(edit, sent, headers={"accept": "application/json"}).json()["success"] is True
    kept = page.get_latest_revision_as_object().body
    assert [child.block_type for child in kept] == [name] * (1 + len(lacking))
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert admin.post(preview, sent).json()["is_valid"] is True
    assert admin.get(preview).status_code == 200
    # What lacks something required is named, the whole block is not.
    wrong = refusals(page.get_latest_revision_as_object()).get("body")
    if any(child.required for child in entry.child_blocks.values()):
        assert wrong
    page.body = [block(name, whole)]
    assert "body" not in refusals(page)


def test_every_page_type_of_the_site_is_held():
    assert all(issubclass(model, BasePage) for model in TYPES)
    assert len(TYPES) > 15

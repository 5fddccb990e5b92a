"""What the admin shows is what it reads: dates, times and numbers, in every language, one added later too."""

import datetime as dt
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.apps import apps
from django.conf.locale import LANG_INFO
from django.db import models
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.panels import get_edit_handler
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.contrib.settings.registry import registry
from wagtail.images.forms import get_image_form
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from core.checks import is_own
from core.models import SiteImage
from factories import EventFactory, HousingFactory, OfferFactory
from sending import as_sent

pytestmark = pytest.mark.once

PARIS = ZoneInfo("Europe/Paris")
# The admin's own languages, Romanian, and all others that Django knows.
ADMIN = ["fr", "en", "es", "de", "ro"]
KNOWN = sorted(code for code, info in LANG_INFO.items() if "fallback" not in info)


def own(model):
    """Say whether a model is this project's."""
    return is_own(model._meta.app_config)


@cache
def form_classes():
    """Every form of the admin in which something of this project is edited."""
    pages = [model.get_edit_handler().get_form_class() for model in get_page_models() if own(model)]
    records = [get_edit_handler(model).get_form_class() for model in (*get_snippet_models(), *registry) if own(model)]
    found = [*pages, *records, get_image_form(SiteImage)]
    rows = [formset.form for form in found for formset in getattr(form, "formsets", {}).values()]
    return [*found, *rows]


@cache
def fields_of(kind):
    """Every form field of a kind, wherever it stands, by the name of its form."""
    return [
        (f"{form.__name__}.{name}", field)
        for form in form_classes()
        for name, field in form.base_fields.items()
        if isinstance(field, kind)
    ]


def kinds_of(kind):
    """One field of each make: fields of one class with one widget, format and limits show and read alike."""

    def make(field):
        own = {name: str(value) for name, value in vars(field.widget).items() if name != "attrs"}
        return type(field), type(field.widget), *sorted(own.items()), field.localize, getattr(field, "min_value", None)

    return list({make(field): (name, field) for name, field in fields_of(kind)}.values())


def shown(field, value):
    """What the browser gets for a value."""
    context = field.widget.get_context("name", field.prepare_value(value), {})
    return context["widget"]["value"]


def sent_back(field, text):
    """What the form reads when the browser sends the same text."""
    return field.clean(field.widget.value_from_datadict({"name": text}, {}, "name"))


def test_the_forms_with_dates_were_found(db):
    names = [name for name, _field in fields_of(forms.DateField) + fields_of(forms.DateTimeField)]
    for wanted in (
        "start_date",
        "deadline",
        "review_on",
        "consent_on",
        "consent_until",
        "go_live_at",
        "approval_until",
    ):
        assert any(name.endswith(f".{wanted}") for name in names), wanted
    # A widget that Wagtail does not know would have a format of its own.
    assert {type(field.widget) for _name, field in fields_of(forms.DateField)} == {AdminDateInput}
    assert {type(field.widget) for _name, field in fields_of(forms.DateTimeField)} == {AdminDateTimeInput}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None)
@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)), language=st.sampled_from(ADMIN * 4 + KNOWN))
def test_any_date_survives_open_and_save_in_any_language(day, language):
    noon = dt.datetime(day.year, day.month, day.day, 12, 5, tzinfo=PARIS)
    with translation.override(language):
        for name, field in kinds_of(forms.DateField):
            assert sent_back(field, shown(field, day)) == day, name
            assert sent_back(field, day.isoformat()) == day, name
        for name, field in kinds_of(forms.DateTimeField):
            assert sent_back(field, shown(field, noon)) == noon, name
            assert sent_back(field, f"{day.isoformat()} 12:05") == noon, name
        for block in (blocks.DateBlock(), blocks.DateTimeBlock(), blocks.TimeBlock()):
            value = {"DateBlock": day, "DateTimeBlock": noon}.get(type(block).__name__, dt.time(18, 5))
            assert sent_back(block.field, block.get_form_state(value)) == value
        period = DateRangePickerWidget().get_context("name", slice(day, day), {})["widget"]["subwidgets"]
        for part in period:
            assert forms.DateField().clean(part["value"]) == day


@pytest.mark.django_db
@settings(max_examples=20, deadline=None)
@given(number=st.decimals(-90, 90, places=2), language=st.sampled_from([*ADMIN, *KNOWN]))
def test_any_number_survives_open_and_save_in_any_language(number, language):
    with translation.override(language):
        for name, field in kinds_of(forms.DecimalField) + kinds_of(forms.FloatField):
            if field.min_value is not None and number < field.min_value:
                continue
            kind = Decimal if type(field) is forms.DecimalField else float
            assert sent_back(field, shown(field, kind(number))) == kind(number), name
        for block in (blocks.FloatBlock(), blocks.DecimalBlock()):
            assert float(sent_back(block.field, block.get_form_state(float(number)))) == float(number)


@pytest.mark.parametrize("code", KNOWN)
def test_the_picker_writes_what_the_form_reads(code):
    """The picker's script knows figures and these letters only."""
    with translation.override(code):
        for widget in (AdminDateInput(), AdminDateTimeInput()):
            config = widget.get_config()
            assert set(filter(str.isalpha, config["format"])) <= set("dmYHi")
            assert {"d", "m", "Y"} <= set(config["format"])


@pytest.mark.parametrize("block", [blocks.DateBlock(), blocks.DateTimeBlock(), blocks.TimeBlock()])
def test_the_picker_leaves_what_is_typed_as_it_is(block):
    """It would write today for what it cannot read."""
    for _name, field in [*fields_of(forms.DateField), *fields_of(forms.DateTimeField), ("", block.field)]:
        assert field.widget.get_config()["validateOnBlur"] is False


@pytest.mark.parametrize("typed", ["31/02/2027", "2027-02-31", "abc", "1er septembre"])
def test_what_is_no_date_is_refused_beside_its_field_as_it_was_typed(admin, home, typed):
    address = reverse("wagtailadmin_pages:edit", args=[OfferFactory().pk])
    sent = as_sent(admin.get(address).context["form"]) | {"deadline": typed}
    for action in ({}, {"action-publish": "1"}):
        form = admin.post(address, sent | action).context["form"]
        assert "deadline" in form.errors
        assert form["deadline"].value() == typed


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "08/04/2027"), ("en", "08/04/2027"), ("es", "08/04/2027"), ("de", "08.04.2027")]
)
def test_the_eighth_of_april_is_written_as_its_reader_writes_it(admin, home, language, text):
    """And a form that was first opened in another language does not keep that one's."""
    event = EventFactory(start=dt.datetime(2027, 4, 8, 18, tzinfo=PARIS), end=dt.datetime(2027, 4, 8, 20, tzinfo=PARIS))
    address = reverse("wagtailadmin_pages:edit", args=[event.pk])
    for code in ("fr", language):
        html = admin.get(address, headers={"accept-language": code}).content.decode()
    assert f'value="{text} 18:00"' in html


@pytest.mark.parametrize("language", ADMIN)
def test_what_an_editor_saves_unchanged_stays(admin, home, language, settings):
    """The whole way, through the browser's form."""
    settings.LANGUAGES = settings.WAGTAILADMIN_PERMITTED_LANGUAGES = [*settings.LANGUAGES, ("ro", "Română")]
    day = dt.date(2027, 4, 8)
    offer = OfferFactory(
        start_date=day, end_date=dt.date(2027, 7, 9), deadline=dt.date(2027, 2, 3), latitude=47.5, longitude=1.25
    )
    room = HousingFactory(available_from=day, available_until=dt.date(2027, 11, 12))
    for page in (
        offer,
        room,
        EventFactory(start=dt.datetime(2027, 4, 8, 18, tzinfo=PARIS), end=dt.datetime(2027, 4, 9, 18, tzinfo=PARIS)),
    ):
        save_unchanged(admin, page, language)
        after = type(page).objects.get(pk=page.pk)
        for field in page._meta.concrete_fields:
            if isinstance(field, models.DateField | models.FloatField | models.IntegerField) and field.editable:
                assert getattr(after, field.name) == getattr(page, field.name) or field.name in {"last_published_at"}, (
                    field
                )
    assert apps.get_model("territoire.InternshipOfferPage").objects.get(pk=offer.pk).start_date == day


def save_unchanged(browser, page, language):
    """Open a page's form and send it as it stands, to publish."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = browser.get(address, headers={"accept-language": language}).context["form"]
    answer = browser.post(address, as_sent(form) | {"action-publish": "1"}, headers={"accept-language": language})
    assert answer.status_code == 302, answer.context["form"].errors

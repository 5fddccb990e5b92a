"""Fields of the project: several codes in a column, a text in each language, a readable colour."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from core.fields.columns import TextPerLanguageField, TextPerLanguageFormField, in_language
from core.models import SiteSettings
from core.models.settings import contrast, readable_colour
from factories import ImageFactory, OfferFactory, SupervisorFactory
from territoire.models import InternshipOfferPage, Supervisor


# --- Codes ------------------------------------------------------------------------------------------------------
def test_codes_come_back_in_the_order_of_the_choice_list(db):
    supervisor = SupervisorFactory(languages=["de", "fr", "en", "fr"])
    supervisor.refresh_from_db()
    assert supervisor.languages == ["fr", "en", "de"]
    assert supervisor.get_languages_labels() == ["Français", "Anglais", "Allemand"]


def test_an_empty_list_is_stored_as_nothing(db):
    supervisor = SupervisorFactory(approval_levels=[])
    supervisor.refresh_from_db()
    assert supervisor.approval_levels == []
    assert Supervisor.objects.filter(approval_levels="").exists()


def test_has_finds_a_whole_code_and_no_part_of_one(home):
    """`cycle2` must not find `cycle2_fin`."""
    offer = OfferFactory(levels=["cycle2_fin", "master"])
    found = InternshipOfferPage.objects.filter
    assert list(found(levels__has="cycle2_fin")) == [offer]
    assert list(found(levels__has="master")) == [offer]
    assert not found(levels__has="cycle2").exists()
    assert not found(levels__has="fin|master").filter(levels__has="cycle3").exists()


def test_unknown_codes_and_required_lists_are_refused(db):
    supervisor = SupervisorFactory()
    supervisor.languages = ["fr", "klingon"]
    with pytest.raises(ValidationError) as refusal:
        supervisor.full_clean()
    assert "klingon" in str(refusal.value.message_dict["languages"])
    supervisor.languages = []
    with pytest.raises(ValidationError) as refusal:
        supervisor.full_clean()
    assert list(refusal.value.message_dict) == ["languages"]


def test_codes_survive_a_revision(home):
    offer = OfferFactory(levels=["master", "cycle3"], open_fields=["pharmacie"])
    revision = offer.save_revision()
    revision.refresh_from_db()
    assert revision.content["levels"] == "|cycle3|master|"
    stored = revision.as_object()
    assert stored.levels == ["cycle3", "master"]
    assert stored.open_fields == ["medecine", "pharmacie"]


def test_the_form_gives_check_boxes(db):
    field = Supervisor._meta.get_field("languages").formfield()
    assert field.clean(["en", "fr"]) == ["en", "fr"]
    with pytest.raises(ValidationError):
        field.clean(["klingon"])
    with pytest.raises(ValidationError):
        field.clean([])


# --- A text in each language --------------------------------------------------------------------------------------
def test_readers_get_their_language_then_french_then_any():
    texts = {"fr": "Un pont", "en": "A bridge"}
    assert in_language(texts, "en") == "A bridge"
    assert in_language(texts, "en-gb") == "A bridge"
    assert in_language(texts, "de") == "Un pont"
    assert in_language({"es": "Un puente"}, "de") == "Un puente"
    assert in_language({}, "de") == in_language(None) == ""
    with translation.override("en"):
        assert in_language(texts) == "A bridge"


def test_a_picture_says_its_alternative_text_in_the_readers_language(db):
    image = ImageFactory(alt_texts={"fr": "Un pont", "en": "A bridge"})
    image.refresh_from_db()
    assert image.default_alt_text == "Un pont"
    with translation.override("en"):
        assert image.default_alt_text == "A bridge"


def test_only_french_is_required_in_the_form(settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]
    field = TextPerLanguageFormField(required=True)
    assert field.clean(["Un pont", ""]) == {"fr": "Un pont"}
    assert field.clean(["Un pont", "A bridge"]) == {"fr": "Un pont", "en": "A bridge"}
    with pytest.raises(ValidationError):
        field.clean(["", "A bridge"])


def test_the_form_knows_when_nothing_has_changed(settings):
    settings.LANGUAGES = [("fr", "Français"), ("en", "English")]
    field = TextPerLanguageFormField(required=False)
    assert not field.has_changed({"fr": "Un pont"}, ["Un pont", ""])
    assert field.has_changed({"fr": "Un pont"}, ["Un pont", "A bridge"])
    assert field.widget.decompress('{"en": "A bridge"}') == ["", "A bridge"]


def test_the_form_names_each_language():
    html = TextPerLanguageField("texte").formfield().widget.render("nom", {"fr": "Un pont"})
    assert 'lang="fr"' in html
    assert "Un pont" in html


# --- Colours ----------------------------------------------------------------------------------------------------
def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0B5563", "#FAF6EE") == pytest.approx(7.8, abs=0.1)


@pytest.mark.parametrize("colour", ["#0B5563", "#8F5310", "#000000"])
def test_readable_colours_are_accepted(colour):
    readable_colour(colour)


@pytest.mark.parametrize("colour", ["#D9973B", "#FAF6EE", "red", "#12345", "#GGGGGG", "#0B5563;}", ""])
def test_pale_and_malformed_colours_are_refused(colour):
    with pytest.raises(ValidationError):
        readable_colour(colour)


def test_the_settings_refuse_a_pale_colour_beside_its_field(db):
    from wagtail.models import Site

    chosen = SiteSettings(site=Site.objects.get(), name={"fr": "Site"}, action_colour="#D9973B")
    with pytest.raises(ValidationError) as refusal:
        chosen.full_clean()
    assert list(refusal.value.message_dict) == ["action_colour"]
    assert "4.5" in str(refusal.value) or "4,5" in str(refusal.value)

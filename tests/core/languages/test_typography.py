"""French typography: what is set, what is left alone, and where."""

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from wagtail.models import Locale

from core.languages.typography import french
from factories import EditorialFactory, HostFactory, OfferFactory, StrengthFactory, block, items

pytestmark = pytest.mark.once

NB, THIN = "\u00a0", "\u202f"
EDITORIAL = "<h2>Combien ça coûte ?</h2><p>« Rien », dit-elle : l'aide couvre 1 200 € !</p>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Où loger ?", f"Où loger{THIN}?"),
        ("Où loger?", f"Où loger{THIN}?"),
        ("Quoi ?!", f"Quoi{THIN}?!"),
        ("Venez ; restez", f"Venez{THIN}; restez"),
        ("Durée : neuf semaines", f"Durée{NB}: neuf semaines"),
        ("Durée: neuf semaines", f"Durée{NB}: neuf semaines"),
        ("« Bonjour »", f"«{NB}Bonjour{NB}»"),
        ("«Bonjour»", f"«{NB}Bonjour{NB}»"),
        ("l'hôpital d'Issoudun", "l’hôpital d’Issoudun"),
        ("1 200 €", f"1{THIN}200{NB}€"),
        ("12 500 000 habitants", f"12{THIN}500{THIN}000 habitants"),
        ("50 %", f"50{NB}%"),
        ("« Vous venez ? »", f"«{NB}Vous venez{THIN}?{NB}»"),
        ("<b>Attention</b> !", f"<b>Attention</b>{THIN}!"),
        ("<p>Durée : deux mois</p>", f"<p>Durée{NB}: deux mois</p>"),
        ("<p>Ça va ?</p>", f"<p>Ça va{THIN}?</p>"),
        ("<b>Durée :</b> deux mois", f"<b>Durée{NB}:</b> deux mois"),
        ("l'<b>eau</b>", "l’<b>eau</b>"),
    ],
)
def test_french_spaces_and_apostrophes_are_set(typed, printed):
    assert french(typed) == printed


@pytest.mark.parametrize(
    "text",
    [
        "https://exemple.fr/page?a=1;b=2!",
        "Rendez-vous à 18:30",
        "ecrire@exemple.fr",
        '<a href="https://exemple.fr/?a=b;c" title="a : b">lien</a>',
        "Soin&nbsp;: oui",
        "a &amp; b",
        "",
        "   ",
        "en 2027, du 1er au 15",
    ],
)
def test_addresses_times_tags_and_entities_are_left_alone(text):
    assert french(text) == text


@pytest.mark.parametrize(
    "text",
    [
        EDITORIAL,
        "« Qu'est-ce que c'est ? » : une question !",
        "de 1 000 à 2 000 € ; 18:30 ; https://a.fr/?b",
        ": au début",
        "?",
        "« » :;!?",
        "Le <b>mot</b> : « ceci »<br>Cela ?",
    ],
)
def test_setting_twice_changes_nothing_more(text):
    once = french(text)
    assert french(once) == once


SIGNS = st.sampled_from(
    [
        *" \u00a0\u202f;:!?«»'’”()<>&#\n\t09%€aé@.-",
        "&nbsp;",
        "&#160;",
        "&amp;",
        "<b>",
        "</b>",
        "https://a.fr/",
        "\ue000",
    ]
)


@effort(max_examples=400, deadline=None)
@given(st.lists(SIGNS, max_size=30).map("".join) | st.text(max_size=40) | st.from_regex("[\ue000-\ue002]0[\ue001]"))
def test_any_text_is_set_once_and_for_all(text):
    once = french(text)
    assert french(once) == once
    assert [letter for letter in once if letter.isalnum()] == [letter for letter in text if letter.isalnum()]


@pytest.mark.parametrize("piece", [*" \u202f;:!?«»'<&@a1.-", "! ", "a@", "<b", "&a", " »", "a.", "1 ", "\ue0001"])
def test_a_long_text_is_read_once(piece):
    """Where a rule reads a text again from each of its characters, this does not come to its end."""
    long = piece * 100_000
    assert len(french(f"a{long}x")) <= 3 * len(long) + 9


def test_no_text_of_the_demo_changes_when_it_is_set_again(demo):
    """The demo file is written by hand with French spaces; what the site stored must be stable too.

    French stands in the French tree, and in the aliases of the other trees.
    """
    from django.db.models import Q
    from wagtail.models import get_page_models

    from core.models import BasePage

    for model in (model for model in get_page_models() if issubclass(model, BasePage)):
        for page in model.objects.filter(Q(locale__language_code="fr") | Q(alias_of__isnull=False)):
            assert french(page.title) == page.title
            assert french(page.summary) == page.summary


def test_a_french_draft_is_set_when_it_is_saved(home):
    """Drafts too: what the translator and the proof-reader see is what is published."""
    page = EditorialFactory(title="Avant", live=False)
    page.title = "Comment venir ?"
    page.summary = "L'essentiel : tout"
    page.full_clean()
    page.save_revision()
    stored = page.get_latest_revision_as_object()
    assert stored.title == f"Comment venir{THIN}?"
    assert stored.summary == f"L’essentiel{NB}: tout"


def test_the_editor_saves_a_draft_with_french_typography(home, admin):
    """By the admin's form, as a communicator does it."""
    from django.urls import reverse
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    page = EditorialFactory(title="Avant", reference="avant")
    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        nested_form_data(
            {
                "title": "Venir à Blois ?",
                "slug": page.slug,
                "summary": "C'est simple",
                "picture_alt": "",
                "body": streamfield([("prose", rich_text("<p>Et alors ?</p>"))]),
                "source": "",
                "source_url": "",
                "seo_title": "",
                "search_description": "",
                "reference": "avant",
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            }
        ),
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert draft.title == f"Venir à Blois{THIN}?"
    assert draft.summary == "C’est simple"
    assert f"Et alors{THIN}?" in draft.body[0].value.source
    assert page.title == "Avant"


def test_every_block_of_a_body_is_set_and_its_choices_are_not(home):
    page = EditorialFactory(
        body=[
            block("prose", "<p>Et alors ?</p>"),
            block("call_out", {"tone": "attention", "title": "Visa : tôt !", "text": "<p>Deux mois : voilà</p>"}),
            block(
                "table",
                {"caption": "Numéros ?", "headings": items("N : 1", "b"), "rows": items(items("Quoi ?", "l'eau"))},
            ),
            block("contact", {"name": "L'accueil", "role": "", "email": "a@exemple.fr", "phone": ""}),
        ]
    )
    page.full_clean()
    prose, call_out, table, contact = page.body
    assert f"alors{THIN}?" in prose.value.source
    assert call_out.value["tone"] == "attention"
    assert call_out.value["title"] == f"Visa{NB}: tôt{THIN}!"
    assert f"mois{NB}:" in call_out.value["text"].source
    assert table.value["caption"] == f"Numéros{THIN}?"
    assert list(table.value["headings"]) == [f"N{NB}: 1", "b"]
    assert [list(row) for row in table.value["rows"]] == [[f"Quoi{THIN}?", "l’eau"]]
    assert contact.value["name"] == "L’accueil"
    assert contact.value["email"] == "a@exemple.fr"


def test_blocks_keep_their_ids_so_that_translations_keep_their_place(home):
    page = EditorialFactory(body=[block("prose", "<p>Et alors ?</p>")])
    before = page.body[0].id
    page.full_clean()
    assert page.body[0].id == before


def test_records_are_set_too(db):
    host = HostFactory.build(name="L'hôpital : Blois", locale=Locale.get_default())
    host.full_clean()
    assert host.name == f"L’hôpital{NB}: Blois"


def test_codes_and_addresses_of_a_page_are_left_alone(home):
    page = StrengthFactory(source_url="https://exemple.fr/a?b=c;d", slug="quoi")
    page.full_clean()
    assert page.source_url == "https://exemple.fr/a?b=c;d"
    assert page.slug == "quoi"


def test_the_reference_of_an_offer_is_left_alone(home):
    offer = OfferFactory(reference="LC41-2027-001")
    offer.full_clean()
    assert offer.reference == "LC41-2027-001"


def test_texts_of_other_languages_are_left_alone(home, settings):
    """English writes “What?” without a space."""
    english = Locale.objects.create(language_code="en")
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("fr", "Français"), ("en", "English")]
    host = HostFactory.build(name="What's this ?", locale=english)
    host.clean()
    assert host.name == "What's this ?"

"""The blocks of a body: what a reader gets, what the editor may not do, and how the editor sees them before."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.loader import get_template
from django.urls import reverse

from core.blocks.media import VideoBlock
from factories import (
    DocumentFactory,
    EditorialFactory,
    GlossaryTermFactory,
    HousingFactory,
    ImageFactory,
    LexiconEntryFactory,
    OfferFactory,
    StrengthFactory,
    block,
    days,
    items,
)
from home.models.blocks import EditorialBodyBlock

pytestmark = pytest.mark.once


def test_each_block_has_a_template_that_is_there():
    """Without one, Wagtail prints a block as a list of its fields, and nobody is told."""
    without = [
        name for name, part in EditorialBodyBlock().child_blocks.items() if not getattr(part.meta, "template", "")
    ]
    assert not without, f"these blocks have no template: {without}"
    for part in EditorialBodyBlock().child_blocks.values():
        get_template(part.meta.template)


def body_of(client, *blocks):
    """The body that a reader of a page with these blocks gets."""
    page = EditorialFactory(body=list(blocks), source="Une source")
    answer = client.get(page.url)
    assert answer.status_code == 200
    found = re.search(r'(?s)<div class="body">(.*)</div>\s*<aside class="source-note"', answer.content.decode())
    return found.group(1)


def document(name, title="Fichier"):
    """A file of a kind."""
    return DocumentFactory(title=title, file=ContentFile(b"x" * 2048, name=name))


def test_a_text_keeps_headings_lists_and_links(client, home):
    page = EditorialFactory(title="Ailleurs")
    html = body_of(
        client, block("prose", f'<h2>Le matin</h2><ul><li><a linktype="page" id="{page.pk}">là</a></li></ul>')
    )
    assert "<h2" in html
    assert "Le matin" in html
    assert f'href="{page.url}"' in html


def test_a_picture_has_caption_credit_and_alternative_text(client, home):
    image = ImageFactory(alt_texts={"fr": "Un pont"}, credit="Photo A. B.")
    html = body_of(client, block("picture", {"image": image.pk, "caption": "À Blois", "alt": ""}))
    assert 'alt="Un pont"' in html
    assert "À Blois" in html
    assert "Photo A. B." in html
    html = body_of(client, block("picture", {"image": image.pk, "caption": "", "alt": "Le pont, de loin"}))
    assert 'alt="Le pont, de loin"' in html


def test_a_picture_whose_consent_has_ended_leaves_no_trace(client, home):
    image = ImageFactory(shows_people=True, consent_on=days(-9), consent_until=days(-1))
    html = body_of(client, block("picture", {"image": image.pk, "caption": "Ioana", "alt": ""}))
    assert "Ioana" not in html
    assert "<figure" not in html


def test_a_quotation_names_its_author(client, home):
    html = body_of(client, block("quote", {"text": "On revient.", "author": "Ioana"}))
    assert re.search(r"<blockquote>\s*<p>On revient.</p>\s*</blockquote>", html)
    assert "<figcaption>Ioana</figcaption>" in html


def test_figures_come_with_their_sources(client, home):
    figure = {"value": "42 min", "label": "de Vendôme à Paris", "source": "SNCF"}
    html = body_of(client, block("key_figures", {"title": "En train", "figures": items(figure)}))
    assert "En train" in html
    # A number and its unit stay together.
    assert all(text in html for text in ("42\u00a0min", figure["label"], figure["source"]))


def test_steps_are_numbered(client, home):
    steps = items({"title": "Choisir", "text": "Sans compte."}, {"title": "Demander", "text": ""})
    html = body_of(client, block("steps", {"title": "", "steps": steps}))
    assert re.search(r"(?s)<ol>.*Choisir.*Sans compte.*Demander.*</ol>", html)


def test_a_table_has_a_caption_and_headings_of_columns_and_rows(client, home):
    value = {
        "caption": "Numéros utiles",
        "headings": items("Numéro", "Pour"),
        "rows": items(items("112", "Les urgences"), items("15", "Le Samu")),
    }
    html = body_of(client, block("table", value))
    assert "<caption>Numéros utiles</caption>" in html
    assert re.findall(r'<th scope="col">(.*?)</th>', html) == ["Numéro", "Pour"]
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == ["112", "15"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", html) == ["Les urgences", "Le Samu"]


@pytest.mark.parametrize("tone", ["info", "conseil", "attention"])
def test_a_call_out_is_named_by_its_title(client, home, tone):
    entry = block("call_out", {"tone": tone, "title": "Commencez tôt", "text": "<p>Huit semaines.</p>"})
    html = body_of(client, entry)
    named = re.search(r'<aside class="call-out ([a-z]+)" aria-labelledby="([^"]+)"', html)
    assert named.group(1) == tone
    assert re.search(rf'id="{named.group(2)}">Commencez tôt<', html)


def test_a_contact_can_be_written_to_and_called(client, home):
    value = {"name": "Le guichet", "role": "Tout", "email": "guichet@exemple.fr", "phone": "02 00 00 00 01"}
    html = body_of(client, block("contact", value))
    assert 'href="mailto:guichet@exemple.fr"' in html
    assert 'href="tel:+33200000001"' in html


def test_a_document_says_its_type_and_size(client, home, text_of):
    html = body_of(client, block("document", {"document": document("modele.pdf").pk, "title": "Le modèle"}))
    assert "Le modèle" in html
    assert re.search(r"PDF,\s2,0\sKio", html)
    assert client.get(re.search(r'href="([^"]+)"', html).group(1)).status_code == 200


def test_a_video_loads_nothing_before_it_is_started_and_has_captions(client, home):
    value = {
        "title": "Une journée",
        "poster": ImageFactory().pk,
        "video": document("film.mp4").pk,
        "captions": document("film.vtt").pk,
        "transcript": "<p>On voit le pont.</p>",
    }
    html = body_of(client, block("video", value))
    assert 'preload="none"' in html
    assert "autoplay" not in html
    assert '<track kind="captions"' in html
    assert 'type="video/mp4"' in html
    assert "On voit le pont." in html


@pytest.mark.parametrize(
    ("video", "captions", "wrong"),
    [
        ("film.pdf", "film.vtt", {"video"}),
        ("film.mp4", "film.pdf", {"captions"}),
        ("film.docx", "film.mp4", {"video", "captions"}),
        ("film.webm", "film.vtt", set()),
    ],
)
def test_a_video_refuses_files_of_the_wrong_type(db, video, captions, wrong):
    entry = VideoBlock()
    value = entry.to_python(
        {
            "title": "Une journée",
            "poster": ImageFactory().pk,
            "video": document(video).pk,
            "captions": document(captions).pk,
            "transcript": "",
        }
    )
    if not wrong:
        assert entry.clean(value)["title"] == "Une journée"
        return
    with pytest.raises(ValidationError) as refusal:
        entry.clean(value)
    assert set(refusal.value.block_errors) == wrong


def test_a_map_shows_the_published_places_that_have_coordinates(client, home):
    """No tile is named by an element that the browser would fetch by itself."""
    shown = StrengthFactory(title="Le pont", latitude=47.5, longitude=1.3)
    room = HousingFactory(title="La chambre", latitude=47.6, longitude=1.4)
    nowhere = StrengthFactory(title="Sans lieu")
    draft = StrengthFactory(title="Brouillon", latitude=47.5, longitude=1.3, live=False)
    places = items(shown.pk, nowhere.pk, draft.pk, room.pk)
    html = body_of(client, block("map", {"title": "Où c’est", "places": places}))
    points = json.loads(re.search(r'(?s)<script id="[^"]+" type="application/json">(.*?)</script>', html).group(1))
    assert [(point["title"], point["lat"], point["lon"]) for point in points] == [
        ("Le pont", 47.5, 1.3),
        ("La chambre", 47.6, 1.4),
    ]
    assert f'href="{shown.url}"' in html
    assert "Sans lieu" not in html
    assert "Brouillon" not in html


def test_chosen_pages_are_linked_and_drafts_left_out(client, home):
    page, draft = EditorialFactory(title="À lire"), EditorialFactory(title="En projet", live=False)
    html = body_of(client, block("pages", {"title": "Aussi", "pages": items(page.pk, draft.pk)}))
    assert f'href="{page.url}"' in html
    assert "À lire" in html
    assert "En projet" not in html


# --- Blocks of editorial pages ----------------------------------------------------------------------------------
def test_the_lexicon_gathers_its_phrases_by_moment(client, home):
    LexiconEntryFactory(phrase="Bonjour, je suis étudiant.", theme="accueil")
    LexiconEntryFactory(phrase="Où avez-vous mal ?", theme="interrogatoire")
    html = body_of(client, block("lexicon", None))
    assert html.count("<h3>") == 2
    assert re.search(r"(?s)Bonjour, je suis étudiant\..*Où avez-vous mal", html)


def test_the_glossary_explains_its_terms_in_the_alphabet(client, home):
    GlossaryTermFactory(acronym="MSP", meaning="Maison de santé")
    GlossaryTermFactory(acronym="ARS", meaning="Agence régionale de santé")
    html = body_of(client, block("glossary", None))
    assert re.findall(r"<dt>(.*?)</dt>", html) == ["ARS", "MSP"]
    assert "Maison de santé" in html


def test_the_self_check_leads_from_each_level_to_its_offers(client, home):
    offers = OfferFactory().get_parent()
    html = body_of(client, block("self_check", None))
    assert re.findall(r'href="([^"]+)"', html) == [
        f"{offers.url}?french={level}" for level in ("A1", "A2", "B1", "B2", "C1", "C2")
    ]


# --- For the editor ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EditorialBodyBlock().child_blocks)
def test_each_block_has_an_icon_a_label_and_a_description(name):
    entry = EditorialBodyBlock().child_blocks[name]
    assert entry.meta.icon not in ("", "placeholder")
    assert str(entry.label)
    assert str(entry.meta.description)


@pytest.mark.parametrize("name", EditorialBodyBlock().child_blocks)
def test_the_editor_sees_a_block_before_choosing_it(admin, home, name):
    from home.models import EditorialPage

    entry = EditorialPage._meta.get_field("body").stream_block.child_blocks[name]
    if not entry.is_previewable:
        # A document, a video and a rule have nothing to show before one is chosen.
        assert name in {"document", "video", "rule", "lexicon", "glossary", "self_check"}
        return
    ImageFactory()
    answer = admin.get(reverse("wagtailadmin_block_preview"), {"id": entry.definition_prefix})
    assert answer.status_code == 200
    assert b"css/site.css" in answer.content
    assert re.search(r'(?s)<div class="body">.*\S.*</div>', answer.content.decode())

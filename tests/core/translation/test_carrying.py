"""What a French publication does to the translations: facts at once and everywhere, texts in their own time."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
import yaml
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data
from wagtail_localize.models import (
    OverridableSegment,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from core.loading.engine import prepare, write
from core.models import Menu
from core.pages.publication import PublicationRefused
from core.translation.hooks import texts_to_renew
from factories import (
    BLOIS,
    NOW,
    VENDOME,
    EditorialFactory,
    HostFactory,
    HousingFactory,
    ImageFactory,
    OfferFactory,
    SectionFactory,
    SigningUniversityFactory,
    SpecialtyFactory,
    StrengthFactory,
    SupervisorFactory,
    block,
    change,
    days,
    languages,
    online,
    person,
    publish,
    stale,
    translate,
    version,
)
from scenarios import scenario
from territoire.models import InternshipOfferPage, OfferFramework, OfferSupport, Specialty
from territoire.models.strength import StrengthGalleryImage

pytestmark = pytest.mark.once

TOURS = "Université de Tours"
OTHERS = ("en", "es", "de")

TITLE = "Médecine générale au bord du Cher"
MORNING = "Le matin, les consultations."
VISITS = 'L’après-midi, les <a href="https://exemple.fr/visites">visites à domicile</a>.'
THURSDAY = "Le jeudi, la réunion d’équipe."
BIKE = "La chambre est à cinq minutes à vélo."
DOCTOR = "Une médecin vous accompagne."

# By language: what each French text is called there. The link's address is the French one.
WORDS = {
    "en": {
        "title": "General practice by the Cher",
        "summary": "One sentence that says it all.",
        MORNING: "Surgery in the morning.",
        "L’après-midi, les visites à domicile.": '<a id="a1">Home visits</a> in the afternoon.',
        THURSDAY: "The team meets on Thursdays.",
        BIKE: "Your room is five minutes away by bike.",
        DOCTOR: "A doctor is at your side.",
        "Mener une consultation": "Run a consultation",
    },
    "es": {
        "title": "Medicina de familia a orillas del Cher",
        "summary": "Una frase que lo dice todo.",
        MORNING: "Por la mañana, la consulta.",
        "L’après-midi, les visites à domicile.": 'Por la tarde, las <a id="a1">visitas a domicilio</a>.',
        THURSDAY: "Los jueves, la reunión del equipo.",
        BIKE: "La habitación está a cinco minutos en bici.",
        DOCTOR: "Una médica te acompaña.",
        "Mener une consultation": "Llevar una consulta",
    },
    "de": {
        "title": "Allgemeinmedizin am Cher",
        "summary": "Ein Satz, der alles sagt.",
        MORNING: "Vormittags Sprechstunde.",
        "L’après-midi, les visites à domicile.": 'Nachmittags <a id="a1">Hausbesuche</a>.',
        THURSDAY: "Donnerstags trifft sich das Team.",
        BIKE: "Das Zimmer ist fünf Minuten mit dem Rad entfernt.",
        DOCTOR: "Eine Ärztin begleitet dich.",
        "Mener une consultation": "Eine Sprechstunde führen",
    },
}


def paragraphs(*texts):
    """The value of a text block."""
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.fixture
def reader():
    """A browser in which nobody is signed in."""
    return Client()


@scenario
def offer():
    """A French offer that is online in four languages."""
    room = HousingFactory(title="Maison au bord du Cher", monthly_rent=160)
    page = OfferFactory(
        title=TITLE,
        housing=room,
        housing_included=True,
        frameworks=[("erasmus_stage", "", "observation")],
        supports=[{"kind": "allocation_departementale", "amount": Decimal(200), "period": "mois"}],
        objectives=[block("objective", "Mener une consultation")],
        body=[
            block("prose", paragraphs(MORNING, VISITS, THURSDAY)),
            block("prose", paragraphs(BIKE)),
            block("prose", paragraphs(DOCTOR)),
        ],
        **BLOIS,
    )
    page = publish(page)
    languages()
    for language in OTHERS:
        translate(page, language, WORDS[language])
    return page


PARTS = ("p", "h2", "h3", "li")


def shown_in(html):
    """The paragraphs, headings and items of the text of a page, in their order, as HTML."""
    return [part.decode_contents() for part in BeautifulSoup(html, "html.parser").select_one(".body").find_all(PARTS)]


def french_in(html):
    """The paragraphs of the text of a page that are marked as French."""
    body = BeautifulSoup(html, "html.parser").select_one(".body")
    return [part.decode_contents() for part in body.find_all(PARTS, lang="fr")]


def new_facts():
    """Every kind of fact of an offer, changed."""
    tours = SigningUniversityFactory(name=TOURS)
    return {
        "start_date": days(200),
        "end_date": days(262),
        "deadline": days(150),
        "capacity": 5,
        "places_left": 4,
        "min_weeks": 6,
        "levels": ["cycle1", "cycle3"],
        "housing": HousingFactory(title="Studio sous les toits", monthly_rent=199),
        "frameworks": [
            OfferFramework(framework="erasmus_stage", participation="participation_encadree", signing_university=tours),
            OfferFramework(framework="observation", participation="observation"),
        ],
        "supports": [OfferSupport(kind="repas"), OfferSupport(kind="bourse_origine", amount=Decimal(600))],
        **VENDOME,
    }


def facts(page):
    """The facts of an offer that `new_facts` changes, and those that the site computes from them."""
    page = type(page).objects.get(pk=page.pk)
    columns = (
        *("start_date", "end_date", "deadline", "capacity", "places_left", "min_weeks", "levels", "reference"),
        *("housing_id", "host_id", "specialty_id", "latitude", "longitude", "framework_codes", "participation_codes"),
        *("latest_start", "earliest_end", "open_fields", "closings", "last_deadline", "next_deadline"),
    )
    return {name: getattr(page, name) for name in columns} | {
        "frameworks": list(page.frameworks.values_list("framework", "signing_university", "participation")),
        "supports": list(page.supports.values_list("kind", "amount", "period")),
    }


# --- Facts --------------------------------------------------------------------------------------------------------
def test_changed_facts_are_the_same_in_every_language_at_once(offer):
    old = facts(offer)
    changed = publish(offer, **new_facts())
    new = facts(changed)
    assert {name for name in old if old[name] == new[name]} == {"host_id", "specialty_id", "reference", "open_fields"}
    for language in OTHERS:
        assert facts(version(offer, language)) == new, language


def test_readers_of_every_language_read_the_changed_facts(offer, reader):
    for language in OTHERS:
        assert f'datetime="{offer.deadline}"' in online(reader, offer, language)
    publish(offer, **new_facts())
    for language in OTHERS:
        assert_new_facts(offer, reader, language)


def assert_new_facts(offer, reader, language):
    """The page of a language, its list and its map have the changed facts."""
    html = online(reader, offer, language)
    assert f'datetime="{days(150)}"' in html
    assert f'datetime="{offer.deadline}"' not in html
    assert "Studio sous les toits" in html
    assert "Maison au bord du Cher" not in html
    assert TOURS in html
    assert "600 €" in html.replace("\u00a0", " ").replace("\u202f", " ")
    assert "200 €" not in html.replace("\u00a0", " ")
    # The list of the language and its map know the new place.
    listed = reader.get(version(offer.get_parent().specific, language).url, {"points": "1"}).json()["points"]
    assert [(point["lat"], point["lon"]) for point in listed] == [(VENDOME["latitude"], VENDOME["longitude"])]


def test_texts_stay_when_facts_change(offer, reader):
    publish(offer, **new_facts())
    for language in OTHERS:
        page, html = version(offer, language), online(reader, offer, language)
        words = WORDS[language]
        assert (page.title, page.summary) == (words["title"], words["summary"])
        for text in words.values():
            assert text.replace('<a id="a1">', '<a href="https://exemple.fr/visites">') in html
        assert stale(offer, language) == {}
        assert page.french_parts == []
        assert french_in(html) == []


def test_a_translation_was_first_published_when_the_french_page_was(offer):
    """So that “newest” is the same in every language; also after later publications and on stand-ins."""
    moment = timezone.now() - dt.timedelta(days=400)
    InternshipOfferPage.objects.filter(pk=offer.pk).update(first_published_at=moment)
    publish(offer, capacity=7)
    alone = OfferFactory(title="Sans traduction", first_published_at=moment)
    publish(alone)
    with time_machine.travel(NOW + dt.timedelta(days=30)):
        publish(offer, capacity=8)
        publish(alone, capacity=8)
    for page in (offer, alone):
        assert InternshipOfferPage.objects.get(pk=page.pk).first_published_at == moment
        for language in OTHERS:
            assert version(page, language).first_published_at == moment, (page.title, language)


def test_a_page_translated_before_its_first_publication_is_dated_by_it(home):
    page = OfferFactory(draft=True, title="Brouillon")
    languages("en")
    translate(page, "en", {"title": "Draft"})
    assert not version(page, "en").live
    publish(page)
    assert version(page, "en").live
    assert version(page, "en").first_published_at == InternshipOfferPage.objects.get(pk=page.pk).first_published_at


def test_translators_get_the_declared_texts_and_nothing_else(offer):
    source = TranslationSource.objects.get_for_instance(offer)
    places = {path.split(".")[0] for path in StringSegment.objects.values_list("context__path", flat=True)}
    assert places == {"title", "slug", "summary", "objectives", "body"}
    texts = set(StringSegment.objects.filter(source=source).values_list("string__data", flat=True))
    linked = 'L’après-midi, les <a id="a1">visites à domicile</a>.'
    assert texts == {
        *(TITLE, offer.slug, offer.summary, "Mener une consultation"),
        *(MORNING, linked, THURSDAY, BIKE, DOCTOR),
    }


def test_translators_cannot_override_facts(offer):
    """Only the address of a link may differ: a page of the health insurance has another one in each language."""
    source = TranslationSource.objects.get_for_instance(offer)
    overridable = OverridableSegment.objects.filter(source=source)
    assert [segment.data for segment in overridable] == ["https://exemple.fr/visites"]
    assert TranslationContext.objects.filter(overridablesegment__in=overridable).get().path.startswith("body.")


def test_rows_with_texts_are_translated_and_their_facts_follow(home, reader):
    """A gallery's picture is a fact, its caption a text."""
    castle, river = ImageFactory(title="Château"), ImageFactory(title="Loire")
    page = StrengthFactory(title="Châteaux")
    row = StrengthGalleryImage(image=castle, caption="Le château au printemps", locale=page.locale)
    page = publish(page, gallery=[row])
    languages("en")
    translate(page, "en", {"title": "Castles", "Le château au printemps": "The castle in spring"})
    page = type(page).objects.get(pk=page.pk)
    row = page.gallery.get()
    row.image = river
    row.caption = "La Loire au printemps"
    page.gallery.add(row)
    page.save_revision().publish()
    translated = version(page, "en").gallery.get()
    assert (translated.image, translated.caption) == (river, "The castle in spring")
    assert translated.locale.language_code == "en"
    assert translated.translation_key == row.translation_key
    assert stale(page, "en") == {"The castle in spring": "Le château au printemps"}
    publish(page, gallery=[])
    assert not version(page, "en").gallery.exists()


def test_a_translation_whose_synchronisation_was_stopped_still_takes_facts(offer, reader):
    """Somebody writes it by hand: its texts are theirs, the facts are not."""
    Translation.objects.filter(target_locale__language_code="en").update(enabled=False)
    english = version(offer, "en")
    english.title = "Written by hand"
    english.save_revision().publish()
    changed = publish(offer, title="Médecine générale à Vendôme", **new_facts())
    english = version(offer, "en")
    assert facts(english) == facts(changed)
    assert english.title == "Written by hand"
    html = online(reader, offer, "en")
    assert f'datetime="{days(150)}"' in html
    assert "Surgery in the morning." in html
    assert "Written by hand" in html


def test_a_draft_of_a_handwritten_translation_stays_a_draft_when_facts_change(offer):
    """It is the newest version afterwards too, and not online."""
    Translation.objects.filter(target_locale__language_code="en").update(enabled=False)
    english = version(offer, "en")
    english.title = "Being rewritten"
    english.save_revision()
    publish(offer, capacity=6)
    english = version(offer, "en")
    assert (english.capacity, english.title) == (6, "General practice by the Cher")
    assert english.get_latest_revision_as_object().title == "Being rewritten"


def test_a_handwritten_translation_does_not_say_that_it_is_french_in_part(offer, reader):
    """What French adds is not on a page that somebody writes by hand."""
    Translation.objects.filter(target_locale__language_code="en").update(enabled=False)
    publish(offer, body=[*offer.body.raw_data, block("prose", paragraphs("Le marché est le samedi."))])
    html = online(reader, offer, "en")
    assert "Le marché est le samedi." not in html
    assert 'class="french-notice"' not in html
    assert version(offer, "en").french_parts == []


# --- From stand-in to translation and back ----------------------------------------------------------------------------
def begin(admin, page, language, django_capture_on_commit_callbacks):
    """The translator asks for the page in the admin: “Translate this page”."""
    locale = Locale.objects.get(language_code=language)
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(
            reverse("wagtail_localize:submit_page_translation", args=[page.pk]), {"locales": [locale.pk]}
        )
    assert answer.status_code == 302
    return version(page, language)


def test_a_translation_that_is_begun_is_french_in_all_its_parts(
    home, admin, reader, django_capture_on_commit_callbacks
):
    body = [block("prose", paragraphs("Écrivez au guichet."))]
    page = publish(EditorialFactory(title="Préparer", summary="Avant de venir.", body=body))
    languages("en")
    assert version(page, "en").alias_of_id == page.pk
    english = begin(admin, page, "en", django_capture_on_commit_callbacks)
    assert english.alias_of_id is None
    assert english.live
    assert english.first_published_at == page.first_published_at
    assert english.french_parts == ["Avant de venir.", "Préparer", "Écrivez au guichet."]
    html = online(reader, page, "en")
    assert '<h1><span lang="fr">Préparer</span></h1>' in html
    assert french_in(html) == ["Écrivez au guichet."]
    assert 'class="french-notice"' in html


def test_the_translator_translates_text_by_text(home, admin, reader, django_capture_on_commit_callbacks):
    body = [block("prose", paragraphs("Écrivez au guichet."))]
    page = publish(EditorialFactory(title="Préparer", summary="", body=body))
    languages("en")
    begin(admin, page, "en", django_capture_on_commit_callbacks)
    assert renew(admin, page, "en", "Préparer", "Prepare").status_code == 201
    # Nothing is online before the translator publishes.
    assert '<h1><span lang="fr">Préparer</span></h1>' in online(reader, page, "en")
    publish_translation(admin, page, "en", django_capture_on_commit_callbacks)
    html = online(reader, page, "en")
    assert "<h1>Prepare</h1>" in html
    assert french_in(html) == ["Écrivez au guichet."]
    assert version(page, "en").french_parts == ["Écrivez au guichet."]


def test_a_translation_made_a_stand_in_and_translated_anew_has_the_facts_and_texts_of_today(
    offer, admin, reader, django_capture_on_commit_callbacks
):
    """It was a stand-in while French went on; in no other language was anybody translating."""
    page = publish(OfferFactory(title="Stage à Blois", summary="Une phrase.", capacity=2))
    translate(page, "en", {"title": "Placement in Blois", "summary": "A sentence."})
    answer = admin.post(reverse("wagtail_localize:convert_to_alias", args=[version(page, "en").pk]))
    assert answer.status_code == 302
    assert version(page, "en").alias_of_id == page.pk
    publish(page, title="Stage à Vendôme", capacity=7)
    english = begin(admin, page, "en", django_capture_on_commit_callbacks)
    assert english.capacity == 7
    # The texts that did not change have their translations; the changed one its old translation, marked.
    assert english.summary == "A sentence."
    assert english.title == "Placement in Blois"
    assert stale(page, "en") == {"Placement in Blois": "Stage à Blois"}


# --- Texts --------------------------------------------------------------------------------------------------------
def test_a_changed_title_keeps_its_old_translation_online_and_is_marked(offer, reader):
    publish(offer, title="Médecine générale à Montrichard", **new_facts())
    for language in OTHERS:
        old = WORDS[language]["title"]
        assert version(offer, language).title == old
        assert f"<h1>{old}</h1>" in online(reader, offer, language)
        assert stale(offer, language) == {old: TITLE}
        assert version(offer, language).french_parts == []


def test_each_is_told_of_the_texts_that_they_may_renew(offer, rf):
    publish(offer, title="Médecine générale à Montrichard")
    request = rf.get("/admin/")
    for role, told in {"Traduction (anglais)": 1, "Publication": 3, "Rédaction": 0, "Guichet": 0}.items():
        request.user = person(role)
        notices = texts_to_renew(request)
        assert len(notices) == told, role
    request.user = person("Traduction (espagnol)")
    [notice] = texts_to_renew(request)
    assert notice.title == Locale.objects.get(language_code="es").get_display_name()


def renew(admin, item, language, french, text):
    """The translator types a text in the admin; returns the answer."""
    translation = Translation.objects.get(source__object_id=item.translation_key, target_locale__language_code=language)
    segment = StringSegment.objects.get(source=translation.source, string__data=french)
    return admin.put(
        reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk]),
        encode_multipart(BOUNDARY, {"value": text}),
        content_type=MULTIPART_CONTENT,
    )


def publish_translation(admin, page, language, django_capture_on_commit_callbacks):
    """The translator presses “publish” on the page's edit view."""
    with django_capture_on_commit_callbacks(execute=True):
        address = reverse("wagtailadmin_pages:edit", args=[version(page, language).pk])
        return admin.post(address, {"action": "publish"}, follow=True)


def test_the_translator_renews_the_text_and_the_mark_goes(offer, reader, admin, django_capture_on_commit_callbacks):
    publish(offer, title="Médecine générale à Montrichard")
    answer = renew(admin, offer, "en", "Médecine générale à Montrichard", "General practice in Montrichard")
    assert answer.status_code == 200, answer.content
    assert stale(offer, "en") == {}
    publish_translation(admin, offer, "en", django_capture_on_commit_callbacks)
    assert "<h1>General practice in Montrichard</h1>" in online(reader, offer, "en")
    assert version(offer, "en").title == "General practice in Montrichard"
    # The others wait for their own translators.
    assert stale(offer, "de") == {WORDS["de"]["title"]: TITLE}
    assert f"<h1>{WORDS['de']['title']}</h1>" in online(reader, offer, "de")


def test_confirming_the_old_translation_takes_the_mark_off_too(offer, admin):
    """A typing error in French changes nothing in English."""
    publish(offer, title=f"{TITLE} (France)")
    renew(admin, offer, "en", f"{TITLE} (France)", WORDS["en"]["title"])
    assert stale(offer, "en") == {}


def test_the_editor_of_translations_says_which_text_is_old(offer, admin):
    publish(offer, title="Médecine générale à Montrichard")
    segment = StringSegment.objects.get(string__data="Médecine générale à Montrichard")
    kept = StringTranslation.objects.get(translation_of=segment.string, locale__language_code="en")
    others = StringTranslation.objects.filter(locale__language_code="en").exclude(pk=kept.pk)
    assert kept.get_comment()
    assert kept.get_comment() not in {other.get_comment() for other in others}


def test_a_po_file_renews_too(offer):
    publish(offer, title="Médecine générale à Montrichard")
    translation = Translation.objects.get(target_locale__language_code="en")
    po = translation.export_po()
    entry = next(entry for entry in po if entry.msgctxt == "title")
    assert entry.msgid == "Médecine générale à Montrichard"
    entry.msgstr = "General practice in Montrichard"
    translation.import_po(po)
    assert stale(offer, "en") == {}


def test_a_text_that_changes_twice_is_marked_with_what_was_translated(offer):
    publish(offer, title="Médecine générale à Montrichard")
    publish(offer, title="Médecine générale à Saint-Aignan")
    assert stale(offer, "en") == {"General practice by the Cher": TITLE}
    assert version(offer, "en").title == "General practice by the Cher"


def test_a_text_changed_and_changed_back_has_its_first_translation_unmarked(offer, reader):
    publish(offer, title="Médecine générale à Montrichard")
    publish(offer, title=TITLE)
    assert version(offer, "en").title == "General practice by the Cher"
    assert stale(offer, "en") == {}
    assert version(offer, "en").french_parts == []


def test_a_text_taken_away_is_gone_everywhere_and_comes_back_translated(offer, reader):
    publish(offer, summary="")
    for language in OTHERS:
        assert version(offer, language).summary == ""
        assert WORDS[language]["summary"] not in online(reader, offer, language)
    publish(offer, summary=offer.summary)
    assert version(offer, "en").summary == WORDS["en"]["summary"]
    assert stale(offer, "en") == {}


def test_a_new_text_stands_in_french_until_it_is_translated(home, reader):
    page = publish(EditorialFactory(title="Préparer", summary=""))
    languages("en")
    translate(page, "en", {"title": "Prepare"})
    assert version(page, "en").french_parts == []
    publish(page, summary="Ce qu’il faut savoir & faire.")
    english = version(page, "en")
    assert english.summary == "Ce qu’il faut savoir & faire."
    assert english.french_parts == ["Ce qu’il faut savoir & faire."]
    html = online(reader, page, "en")
    assert '<p class="lead"><span lang="fr">Ce qu’il faut savoir &amp; faire.</span></p>' in html
    assert "<h1>Prepare</h1>" in html
    assert 'class="french-notice"' in html
    translate(page, "en", {"summary": "What to know & to do."})
    html = online(reader, page, "en")
    assert '<p class="lead">What to know &amp; to do.</p>' in html
    assert 'class="french-notice"' not in html


def test_the_address_is_neither_french_nor_stale(offer):
    """An address is no text that a reader reads, and a link to it must not break."""
    translate(offer, "en", {"slug": "general-practice"})
    address = version(offer, "en").url
    publish(offer, slug="autre-adresse", title="Autre titre")
    english = version(offer, "en")
    assert english.url == address
    assert stale(offer, "en") == {"General practice by the Cher": TITLE}
    assert english.french_parts == []


# --- The blocks of a text -----------------------------------------------------------------------------------------
def test_blocks_changed_added_moved_and_removed_in_one_publication(offer, reader):
    days_block, room_block, doctor_block = offer.body.raw_data
    changed = {**doctor_block, "value": paragraphs("Deux médecins vous accompagnent.")}
    added = block("prose", paragraphs("Le marché est le samedi.", "Venez avec un sac."))
    moved = {**days_block, "value": days_block["value"]}
    publish(offer, body=[changed, added, moved])  # room_block is removed
    assert room_block["value"] == paragraphs(BIKE)
    for language in OTHERS:
        words = WORDS[language]
        html, page = online(reader, offer, language), version(offer, language)
        visits = words["L’après-midi, les visites à domicile."]
        assert shown_in(html) == [
            words[DOCTOR],
            "Le marché est le samedi.",
            "Venez avec un sac.",
            words[MORNING],
            visits.replace('id="a1"', 'href="https://exemple.fr/visites"'),
            words[THURSDAY],
        ]
        assert words[BIKE] not in html
        assert BIKE not in html
        assert stale(offer, language) == {words[DOCTOR]: DOCTOR}
        assert page.french_parts == ["Le marché est le samedi.", "Venez avec un sac."]
        assert french_in(html) == ["Le marché est le samedi.", "Venez avec un sac."]
        assert html.count('class="french-notice"') == 1
        assert [child.id for child in page.body] == [changed["id"], added["id"], moved["id"]]
    french = online(reader, offer, "fr")
    assert french_in(french) == []
    assert 'class="french-notice"' not in french


def test_a_removed_block_is_not_left_in_the_list_of_french_parts(offer):
    added = block("prose", paragraphs("Le marché est le samedi."))
    publish(offer, body=[*offer.body.raw_data, added])
    assert version(offer, "en").french_parts == ["Le marché est le samedi."]
    publish(offer, body=[*offer.body.raw_data])
    assert version(offer, "en").french_parts == []


@scenario
def text():
    """A French page of one text block with four paragraphs and another block, online in English too."""
    page = EditorialFactory(
        title="Préparer son stage",
        summary="",
        body=[
            block(
                "prose",
                paragraphs(
                    "Écrivez au guichet.",
                    'Lisez <a href="https://exemple.fr/guide">le guide</a> avant de venir.',
                    "Demandez une chambre avant le mois de mars.",
                    "Prenez le train.",
                ),
            ),
            block("prose", paragraphs("Une personne répond en deux jours.")),
        ],
    )
    page = publish(page)
    languages("en")
    translate(
        page,
        "en",
        {
            "title": "Prepare your placement",
            "Écrivez au guichet.": "Write to the desk.",
            "Lisez le guide avant de venir.": 'Read <a id="a1">the guide</a> before you come.',
            "Demandez une chambre avant le mois de mars.": "Ask for a room before March.",
            "Prenez le train.": "Take the train.",
            "Une personne répond en deux jours.": "Somebody answers within two days.",
        },
    )
    return page


GUIDE = 'Lisez <a href="https://exemple.fr/guide">le guide</a> avant de venir.'
ENGLISH_GUIDE = 'Read <a href="https://exemple.fr/guide">the guide</a> before you come.'


def rewrite(page, *blocks):
    """Publish a text anew: the paragraphs of each of its blocks."""
    stored = page.body.raw_data
    return publish(
        page,
        body=[
            {**(stored[place] if place < len(stored) else block("prose", "")), "value": paragraphs(*texts)}
            for place, texts in enumerate(blocks)
        ],
    )


def test_a_paragraph_added_in_the_middle_leaves_its_neighbours_translated(text, reader):
    rewrite(
        text,
        (
            *("Écrivez au guichet.", GUIDE, "Ouvrez un compte.", "Demandez une chambre avant le mois de mars."),
            "Prenez le train.",
        ),
        ("Une personne répond en deux jours.",),
    )
    html = online(reader, text, "en")
    assert shown_in(html) == [
        "Write to the desk.",
        ENGLISH_GUIDE,
        "Ouvrez un compte.",
        "Ask for a room before March.",
        "Take the train.",
        "Somebody answers within two days.",
    ]
    assert french_in(html) == ["Ouvrez un compte."]
    assert stale(text, "en") == {}


def test_a_paragraph_added_beside_one_that_is_reworded_takes_nobodys_translation(text, reader):
    rewrite(
        text,
        (
            "Écrivez au guichet.",
            GUIDE,
            "Ouvrez un compte.",
            "Demandez une chambre avant le mois de juin.",
            "Prenez le train.",
        ),
        ("Une personne répond en deux jours.",),
    )
    html = online(reader, text, "en")
    assert shown_in(html)[2:4] == ["Ouvrez un compte.", "Ask for a room before March."]
    assert stale(text, "en") == {"Ask for a room before March.": "Demandez une chambre avant le mois de mars."}


def test_paragraphs_that_change_places_in_a_block_keep_their_translations(text, reader):
    rewrite(
        text,
        ("Prenez le train.", GUIDE, "Écrivez au guichet.", "Demandez une chambre avant le mois de mars."),
        ("Une personne répond en deux jours.",),
    )
    assert shown_in(online(reader, text, "en")) == [
        *("Take the train.", ENGLISH_GUIDE, "Write to the desk.", "Ask for a room before March."),
        "Somebody answers within two days.",
    ]
    assert stale(text, "en") == {}


def test_a_paragraph_that_is_taken_out_is_gone(text, reader):
    rewrite(text, ("Écrivez au guichet.", GUIDE, "Prenez le train."), ("Une personne répond en deux jours.",))
    html = online(reader, text, "en")
    assert shown_in(html) == [
        "Write to the desk.",
        ENGLISH_GUIDE,
        "Take the train.",
        "Somebody answers within two days.",
    ]
    assert stale(text, "en") == {}
    assert version(text, "en").french_parts == []


def test_a_text_that_is_cut_here_and_pasted_there_keeps_its_translation(text, reader):
    rewrite(
        text,
        ("Écrivez au guichet.", GUIDE, "Demandez une chambre avant le mois de mars."),
        ("Une personne répond en deux jours.", "Prenez le train."),
    )
    html = online(reader, text, "en")
    assert shown_in(html)[-2:] == ["Somebody answers within two days.", "Take the train."]
    assert stale(text, "en") == {}
    assert version(text, "en").french_parts == []


def test_a_text_pasted_into_a_new_block_keeps_its_translation(text, reader):
    rewrite(
        text,
        ("Écrivez au guichet.", "Demandez une chambre avant le mois de mars.", "Prenez le train."),
        ("Une personne répond en deux jours.",),
        (GUIDE,),
    )
    assert shown_in(online(reader, text, "en"))[-1] == ENGLISH_GUIDE
    assert version(text, "en").french_parts == []


def test_an_old_translation_that_is_pasted_elsewhere_stays_marked(text):
    rewrite(
        text,
        ("Écrivez au guichet.", GUIDE, "Demandez une chambre avant le mois de mars.", "Prenez le bus."),
        ("Une personne répond en deux jours.",),
    )
    assert stale(text, "en") == {"Take the train.": "Prenez le train."}
    rewrite(
        text,
        ("Écrivez au guichet.", GUIDE, "Demandez une chambre avant le mois de mars."),
        ("Une personne répond en deux jours.", "Prenez le bus."),
    )
    assert stale(text, "en") == {"Take the train.": "Prenez le train."}


def test_a_changed_paragraph_and_changed_back_is_unmarked(text, reader):
    first = ("Écrivez au guichet.", GUIDE, "Demandez une chambre avant le mois de mars.", "Prenez le train.")
    rest = ("Une personne répond en deux jours.",)
    before = shown_in(online(reader, text, "en"))
    rewrite(text, (*first[:3], "Prenez le bus."), rest)
    assert shown_in(online(reader, text, "en")) == before
    assert stale(text, "en") == {"Take the train.": "Prenez le train."}
    rewrite(text, first, rest)
    assert shown_in(online(reader, text, "en")) == before
    assert stale(text, "en") == {}


def test_a_paragraph_that_lost_its_link_keeps_its_translation_without_the_link(text, reader):
    rewrite(
        text,
        (
            "Écrivez au guichet.",
            "Lisez le guide avant de venir.",
            "Demandez une chambre avant le mois de mars.",
            "Prenez le train.",
        ),
        ("Une personne répond en deux jours.",),
    )
    html = online(reader, text, "en")
    assert shown_in(html)[1] == "Read the guide before you come."
    assert stale(text, "en") == {
        "Read the guide before you come.": 'Lisez <a id="a1">le guide</a> avant de venir.',
    }
    assert version(text, "en").french_parts == []


def test_a_paragraph_that_gained_a_link_keeps_its_translation(text, reader):
    train = 'Prenez <a href="https://exemple.fr/train">le train</a>.'
    rewrite(
        text,
        ("Écrivez au guichet.", GUIDE, "Demandez une chambre avant le mois de mars.", train),
        ("Une personne répond en deux jours.",),
    )
    assert shown_in(online(reader, text, "en"))[3] == "Take the train."
    assert stale(text, "en") == {"Take the train.": "Prenez le train."}


def test_no_link_leads_to_the_address_of_another(home, reader):
    """French lost the first of two links; wagtail-localize numbers links anew from the first on."""
    guide, rules = (
        '<a href="https://exemple.fr/guide">le guide</a>',
        '<a href="https://exemple.fr/regles">les règles</a>',
    )
    body = [block("prose", paragraphs(f"Lisez {guide} et {rules}."))]
    page = publish(EditorialFactory(title="Lire", summary="", body=body))
    languages("en")
    translate(
        page, "en", {"Lisez le guide et les règles.": 'Read <a id="a1">the guide</a> and <a id="a2">the rules</a>.'}
    )
    publish(page, body=[{**body[0], "value": paragraphs(f"Lisez le guide et {rules}.")}])
    soup = BeautifulSoup(online(reader, page, "en"), "html.parser").select_one(".body .prose")
    assert soup.get_text() == "Read the guide and the rules."
    assert {link["href"]: link.get_text() for link in soup.find_all("a")} == {"https://exemple.fr/regles": "the rules"}


def test_a_link_that_leads_elsewhere_leads_there_in_every_language(text, reader):
    guide = GUIDE.replace("/guide", "/nouveau-guide")
    rewrite(
        text,
        ("Écrivez au guichet.", guide, "Demandez une chambre avant le mois de mars.", "Prenez le train."),
        ("Une personne répond en deux jours.",),
    )
    assert shown_in(online(reader, text, "en"))[1] == ENGLISH_GUIDE.replace("/guide", "/nouveau-guide")
    assert stale(text, "en") == {}


def test_lists_and_headings_are_texts_like_paragraphs(home, reader):
    html = "<h2>Vos papiers</h2><ul><li>Une carte d’identité</li><li>Un <b>contrat</b></li></ul>"
    page = publish(EditorialFactory(title="Papiers", summary="", body=[block("prose", html)]))
    languages("en")
    translate(page, "en", {"title": "Papers", "Vos papiers": "Your papers", "Un contrat": "An <b>agreement</b>"})
    assert version(page, "en").french_parts == ["Une carte d’identité"]
    shown = online(reader, page, "en")
    assert shown_in(shown) == ["Your papers", "Une carte d’identité", "An <b>agreement</b>"]
    assert french_in(shown) == ["Une carte d’identité"]


# --- By whichever way French is published ---------------------------------------------------------------------------
def by_code(admin, page, changes):
    publish(page, **changes)


def by_schedule(admin, page, changes):
    """Nothing changes before the hour has come."""
    page = type(page).objects.get(pk=page.pk)
    change(page, changes | {"go_live_at": timezone.now() + dt.timedelta(hours=3)})
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert version(page, "en").capacity == 2
    with time_machine.travel(NOW + dt.timedelta(hours=4)):
        call_command("publish_scheduled")


def by_an_hour_that_has_passed(admin, page, changes):
    """An editor who sets an hour that has passed publishes at once."""
    page = type(page).objects.get(pk=page.pk)
    change(page, changes | {"go_live_at": timezone.now() - dt.timedelta(hours=3)})
    page.save_revision().publish()


def in_bulk(admin, page, changes):
    page = type(page).objects.get(pk=page.pk)
    change(page, changes)
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin.post(f"{address}?id={page.pk}&next=/admin/")


def by_going_back(admin, page, changes):
    """An editor publishes an earlier version again."""
    page = type(page).objects.get(pk=page.pk)
    change(page, changes)
    wanted = page.save_revision()
    change(page, {"title": "Une erreur", "capacity": 9})
    page.save_revision().publish()
    wanted.publish()


WAYS = [by_code, by_schedule, by_an_hour_that_has_passed, in_bulk, by_going_back]


@scenario
def section():
    """A French section that is online in English and German."""
    page = publish(SectionFactory(title="Préparer", summary="Avant de venir."))
    languages("en", "de")
    for language, title in (("en", "Prepare"), ("de", "Vorbereiten")):
        translate(page, language, {"title": title, "summary": f"({language})"})
    return page


def publish_in_the_editor(admin, page, **typed):
    """An editor types into the form of a section and publishes."""
    form = {name: getattr(page, name) for name in ("title", "slug", "summary")} | {
        **{"picture_alt": "", "reference": "", "seo_title": "", "search_description": ""},
        **{"comments": inline_formset([]), "action-publish": "1"},
    }
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form | typed), follow=True)


def test_what_an_editor_publishes_in_the_admin_is_carried(section, admin, reader):
    publish_in_the_editor(admin, section, title="Se préparer", review_on="2027-03-01")
    assert version(section, "fr").title == "Se préparer"
    for language, title in (("en", "Prepare"), ("de", "Vorbereiten")):
        assert version(section, language).review_on == dt.date(2027, 3, 1)
        assert f"<h1>{title}</h1>" in online(reader, section, language)
        assert stale(section, language) == {title: "Préparer"}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_way_of_publication_carries_facts_and_marks_texts(offer, admin, reader, way):
    changes = new_facts() | {"title": "Médecine générale à Montrichard"}
    way(admin, offer, changes)
    changed = InternshipOfferPage.objects.get(pk=offer.pk)
    assert (changed.title, changed.capacity) == ("Médecine générale à Montrichard", 5)
    for language in OTHERS:
        assert facts(version(offer, language)) == facts(changed)
        assert version(offer, language).live
        assert f'datetime="{days(150)}"' in online(reader, offer, language)
        assert stale(offer, language) == {WORDS[language]["title"]: TITLE}
        assert version(offer, language).title == WORDS[language]["title"]


def test_a_draft_changes_no_language(offer, reader):
    page = InternshipOfferPage.objects.get(pk=offer.pk)
    before = {language: online(reader, offer, language) for language in ("fr", *OTHERS)}
    change(page, new_facts() | {"title": "Brouillon"})
    page.save_revision()
    assert {language: online(reader, offer, language) for language in ("fr", *OTHERS)} == before
    assert stale(offer, "en") == {}


# --- By the loader --------------------------------------------------------------------------------------------------
CONTENT = Path(__file__).resolve().parents[3] / "home" / "demo" / "contenu.yaml"


@pytest.fixture
def load(tmp_path):
    """A function that loads one offer of the demo file, as a function changes its record and its host's."""
    content = yaml.load(CONTENT.read_text(), Loader=yaml.CSafeLoader)
    raw = content["offres"][0] | {"soutien_financier": [{"type": "repas", "montant": None, "periode": None}]}

    def run(edit=lambda offer, host: None):
        host = next(entry for entry in content["structures"] if entry["id"] == raw["structure"])
        supervisor = next(entry for entry in content["encadrants"] if entry["id"] == raw["encadrant"])
        room = next(entry for entry in content["logements"] if entry["id"] == raw["logement"]["ref"])
        edit(raw, host)
        path = tmp_path / "contenu.yaml"
        path.write_text(
            yaml.safe_dump(
                {
                    "referentiels": {"specialite": content["referentiels"]["specialite"][:1]},
                    "structures": [host],
                    "encadrants": [supervisor],
                    "universites_signataires": content["universites_signataires"],
                    "logements": [room],
                    "offres": [raw],
                },
                allow_unicode=True,
            )
        )
        write(prepare([path]), lambda line: None)
        return InternshipOfferPage.objects.get(reference=raw["reference"], locale=Locale.get_default())

    return run


@scenario
def indexes():
    """The index pages that the file's pages stand under, as the file names them."""
    for page, reference in ((OfferFactory.index_page(), "offres"), (HousingFactory.index_page(), "logements")):
        publish(page, reference=reference)


def test_the_loader_run_again_carries_facts_and_keeps_texts(indexes, load, reader):
    page = load()
    titles = {language: version(page, language).title for language in OTHERS}
    assert titles["en"] == "General practice by the river Cher"
    words = {language: online(reader, page, language) for language in OTHERS}

    def edit(offer, host):
        offer |= {"capacite": 6, "places_restantes": 5, "date_limite": dt.date(2027, 1, 11)}
        offer |= {"cadres": ["observation"], "soutien_financier": [], "latitude": 47.5, "longitude": 1.25}
        host["code_postal"] = "41999"

    again = load(edit)
    assert again.pk == page.pk
    assert (again.capacity, again.latitude) == (6, 47.5)
    for language in OTHERS:
        translated = version(again, language)
        assert facts(translated) == facts(again)
        assert translated.frameworks.get().framework == "observation"
        assert not translated.supports.exists()
        assert translated.title == titles[language]
        assert [str(child.value) for child in translated.objectives] == [
            str(child.value) for child in version(page, language).objectives
        ]
        html = online(reader, again, language)
        assert 'datetime="2027-01-11"' in html
        assert 'datetime="2027-01-11"' not in words[language]
        assert "41999" in html
        assert version(again.host, language).postcode == "41999"
        assert stale(again, language) == {}


def test_a_text_that_the_file_changes_in_french_alone_is_marked(indexes, load):
    load()

    def edit(offer, host):
        offer["titre"]["fr"] = "Médecine générale à Montrichard"

    page = load(edit)
    assert stale(page, "en") == {"General practice by the river Cher": TITLE}
    assert version(page, "en").title == "General practice by the river Cher"
    assert stale(load(), "en") == {"General practice by the river Cher": TITLE}


def test_a_text_that_the_file_changes_in_all_languages_is_renewed(indexes, load, reader):
    load()

    def edit(offer, host):
        offer["titre"] = {"fr": "Médecine à Montrichard", "en": "Medicine in Montrichard", "de": "Medizin in M."}

    page = load(edit)
    assert version(page, "en").title == "Medicine in Montrichard"
    assert "<h1>Medicine in Montrichard</h1>" in online(reader, page, "en")
    assert stale(page, "en") == {}
    assert stale(page, "de") == {}
    # The file has no Spanish title any more: the old one stands.
    assert stale(page, "es") == {"Medicina de familia a orillas del Cher": TITLE}


# --- All languages or none ------------------------------------------------------------------------------------------
@pytest.fixture
def unable(offer):
    """The offer, whose German title is longer than a title may be: no translation can be made of it."""
    title = StringTranslation.objects.get(context__path="title", locale__language_code="de")
    StringTranslation.objects.filter(pk=title.pk).update(data="Allgemeinmedizin " * 20)
    return offer


def everything(page):
    """A page's columns and rows in all languages."""
    return {
        row.locale.language_code: (row.title, row.live, row.last_published_at, facts(row))
        for row in InternshipOfferPage.objects.filter(translation_key=page.translation_key)
    }


def test_a_publication_that_one_language_cannot_follow_is_refused_as_a_whole(unable, reader):
    before = everything(unable)
    with pytest.raises(PublicationRefused) as refusal:
        publish(unable, **new_facts())
    assert "Deutsch" in " ".join(refusal.value.messages)
    assert everything(unable) == before
    assert f'datetime="{unable.deadline}"' in online(reader, unable, "fr")
    assert stale(unable, "en") == {}


def test_the_editor_reads_in_the_admin_which_language_cannot_follow(unable, admin):
    before = everything(unable)
    page = InternshipOfferPage.objects.get(pk=unable.pk)
    change(page, new_facts())
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{address}?id={page.pk}&next=/admin/", follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert page.title in said
    assert "Deutsch" in said
    assert everything(unable) == before


def test_what_one_language_cannot_follow_is_not_published_in_the_editor_either(section, admin, reader):
    """Wagtail's edit view publishes without `Page.publish` and without a transaction of its own."""
    title = StringTranslation.objects.get(context__path="title", locale__language_code="de")
    StringTranslation.objects.filter(pk=title.pk).update(data="Vorbereiten " * 30)
    answer = publish_in_the_editor(admin, section, title="Se préparer", review_on="2027-03-01")
    assert answer.status_code == 200
    assert "Deutsch" in " ".join(str(message) for message in answer.context["messages"])
    for language, name in (("fr", "Préparer"), ("en", "Prepare"), ("de", "Vorbereiten")):
        page = version(section, language)
        assert (page.title, page.review_on, page.live) == (name, None, True)
        assert f"<h1>{name}</h1>" in online(reader, section, language)


def test_a_language_that_cannot_follow_does_not_hold_up_the_nights_other_publications(unable, caplog):
    before = everything(unable)
    other = publish(EditorialFactory(title="À l’heure"))
    page = InternshipOfferPage.objects.get(pk=unable.pk)
    change(page, {"capacity": 8, "go_live_at": timezone.now() + dt.timedelta(hours=1)})
    page.save_revision().publish()
    other.title, other.go_live_at = "Bien à l’heure", timezone.now() + dt.timedelta(hours=2)
    other.save_revision().publish()
    with time_machine.travel(NOW + dt.timedelta(hours=4)):
        call_command("publish_scheduled")
    other.refresh_from_db()
    assert other.title == "Bien à l’heure"
    assert everything(unable) == before
    assert unable.title in caplog.text


# --- Records --------------------------------------------------------------------------------------------------------
def test_a_host_structure_carries_its_facts_and_marks_its_texts(home, reader):
    host = HostFactory(name="Maison de santé", postcode="41000", presentation="Douze soignants.", access="Par le bus.")
    page = publish(OfferFactory(title="Stage", host=host))
    languages("en")
    translate(page, "en", {"title": "Placement"})
    translate(host, "en", {"presentation": "Twelve carers.", "access": "By bus."})
    assert "Twelve carers." in online(reader, page, "en")
    host.postcode, host.latitude, host.longitude = "41100", VENDOME["latitude"], VENDOME["longitude"]
    host.presentation = "Quinze soignants."
    host.save()
    english = version(host, "en")
    assert (english.postcode, english.latitude) == ("41100", VENDOME["latitude"])
    assert (english.presentation, english.access) == ("Twelve carers.", "By bus.")
    assert stale(host, "en") == {"Twelve carers.": "Douze soignants."}
    html = online(reader, page, "en")
    assert "41100" in html
    assert "Twelve carers." in html
    assert "Quinze soignants." not in html


def test_a_supervisor_carries_facts_and_marks_the_role(home, reader):
    supervisor = SupervisorFactory(name="Dr Essai", role="Médecin généraliste")
    page = publish(OfferFactory(host=supervisor.host, supervisor=supervisor))
    languages("en")
    translate(page, "en", {"title": "Placement"})
    translate(supervisor, "en", {"role": "General practitioner"})
    supervisor.name, supervisor.languages, supervisor.role = "Dr Autre", ["fr", "es"], "Médecin de famille"
    supervisor.save()
    english = version(supervisor, "en")
    assert (english.name, english.languages, english.role) == ("Dr Autre", ["fr", "es"], "General practitioner")
    assert stale(supervisor, "en") == {"General practitioner": "Médecin généraliste"}
    html = online(reader, page, "en")
    assert "Dr Autre" in html
    assert "General practitioner" in html


def test_a_specialty_keeps_its_code_and_marks_its_name(home, reader):
    page = publish(OfferFactory(specialty=SpecialtyFactory(name="Cardiologie", reference="cardiologie")))
    languages("en")
    translate(page, "en", {"title": "Placement"})
    specialty = Specialty.objects.get(reference="cardiologie")
    translate(specialty, "en", {"name": "Cardiology"})
    specialty.name = "Cardiologie et vaisseaux"
    specialty.reference = "cardio"
    specialty.save()
    english = version(specialty, "en")
    assert (english.reference, english.name) == ("cardio", "Cardiology")
    assert stale(specialty, "en") == {"Cardiology": "Cardiologie"}
    html = online(reader, page, "en")
    assert "Cardiology" in html
    assert "vaisseaux" not in html


def test_a_menu_carries_its_links_and_marks_its_title(home, reader):
    prepare_page, travel = (publish(EditorialFactory(title=title)) for title in ("Préparer", "Venir"))
    menu = Menu.objects.create(
        slot="footer-1",
        title="À lire",
        locale=Locale.get_default(),
        links=[block("link", {"page": prepare_page.pk, "label": "Avant"})],
    )
    languages("en")
    translate(prepare_page, "en", {"title": "Prepare"})
    translate(travel, "en", {"title": "Getting here"})
    translate(menu, "en", {"title": "To read", "Avant": "Before"})
    menu.title = "À lire aussi"
    menu.links = [
        block("link", {"page": travel.pk, "label": ""}),
        menu.links.raw_data[0],
    ]
    menu.save()
    english = version(menu, "en")
    assert english.title == "To read"
    assert stale(menu, "en") == {"To read": "À lire"}
    html = reader.get("/en/").content.decode()
    column = re.search(r'(?s)<nav aria-labelledby="footer-footer-1">.*?</nav>', html).group()
    assert re.findall(r"<a [^>]*>(.*?)</a", column) == ["Getting here", "Before"]
    assert version(travel, "en").url in column
    assert "To read" in column


def test_a_record_changed_in_the_admin_is_carried_too(home, admin):
    specialty = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    languages("en")
    translate(specialty, "en", {"name": "Cardiology"})
    address = reverse("wagtailsnippets_territoire_specialty:edit", args=[specialty.pk])
    answer = admin.post(address, {"name": "Cardiologie adulte", "reference": "cardio"})
    assert answer.status_code == 302
    # A reference is given by files, never typed: links and files name the record by it.
    assert {version(specialty, code).reference for code in ("fr", "en")} == {"cardiologie"}
    assert stale(specialty, "en") == {"Cardiology": "Cardiologie"}


def test_a_record_that_a_translation_cannot_take_is_refused_as_a_whole(home, admin):
    specialty = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    languages("en")
    translate(specialty, "en", {"name": "Cardiology"})
    StringTranslation.objects.update(data="Cardiology " * 30)
    address = reverse("wagtailsnippets_territoire_specialty:edit", args=[specialty.pk])
    answer = admin.post(address, {"name": "Cardiologie adulte"}, follow=True)
    assert [str(message) for message in answer.context["messages"]] != []
    assert set(Specialty.objects.values_list("name", flat=True)) == {"Cardiologie", "Cardiology"}


def test_code_that_saves_a_record_that_a_translation_cannot_take_changes_nothing(home):
    specialty = SpecialtyFactory(name="Cardiologie", reference="cardiologie")
    languages("en")
    translate(specialty, "en", {"name": "Cardiology"})
    StringTranslation.objects.update(data="Cardiology " * 30)
    specialty.reference = "cardio"
    with pytest.raises(PublicationRefused):
        specialty.save()
    assert set(Specialty.objects.values_list("reference", flat=True)) == {"cardiologie"}


def test_the_new_text_of_a_translated_record_is_french_until_translated(home, reader):
    host = HostFactory(presentation="", access="")
    page = publish(OfferFactory(host=host))
    languages("en")
    translate(page, "en", {"title": "Placement"})
    host.access = "Par le bus."
    host.save()
    # Nothing of this host is translated yet: readers of English read the French record.
    assert '<span lang="fr">Par le bus.</span>' in online(reader, page, "en")
    translate(host, "en", {"access": "By bus."})
    host.presentation = "Douze soignants."
    host.save()
    assert version(host, "en").french_parts == ["Douze soignants."]
    html = online(reader, page, "en")
    assert '<span lang="fr">Douze soignants.</span>' in html
    assert "By bus." in html
    assert 'lang="fr">By bus.' not in html

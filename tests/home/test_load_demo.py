"""The demo territory loads as it was written, once, and moves with the calendar."""

import datetime as dt
import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
import time_machine
import yaml
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from core.fields import choices as core_choices
from core.kinds.table import page_types
from core.languages.localization import localized
from core.loading.engine import prepare, shift_for
from core.models import FrenchRecord, Menu, SiteImage, SiteSettings
from factories import TODAY
from home.models import FaqEntryPage, HomePage
from home.models.faq import FaqTheme
from home.models.home_page import HomeReason
from temoignages import models as temoignages
from territoire import choices
from territoire.desk import choices as desk_choices
from territoire.models import (
    EventPage,
    HousingPage,
    InternshipOfferPage,
    OfferFramework,
    OfferPaper,
    OfferSupport,
    PartnerUniversityPage,
    Specialty,
    StrengthPage,
    Supervisor,
)
from territoire.models.paper import all_papers
from territoire.models.strength import StrengthGalleryImage

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "home" / "demo").glob("*.yaml"))
LANGUAGES = ("fr", "en", "es", "de")


@pytest.fixture(scope="module")
def file():
    """The demo's content file."""
    return yaml.load((ROOT / "home" / "demo" / "contenu.yaml").read_text(), Loader=yaml.CSafeLoader)


# --- What is there ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("model", "live", "drafts"),
    [
        (StrengthPage, 11, 0),
        (InternshipOfferPage, 24, 0),
        (HousingPage, 8, 0),
        (temoignages.TestimonialPage, 10, 0),
        (PartnerUniversityPage, 8, 4),
        (EventPage, 6, 0),
        (FaqEntryPage, 22, 0),
        (HomePage, 1, 0),
    ],
)
def test_everything_in_the_file_is_on_the_site(demo, model, live, drafts):
    """In every language: where a page is not translated, an alias stands."""
    for language in LANGUAGES:
        pages = model.objects.filter(locale__language_code=language)
        assert (pages.live().count(), pages.not_live().count()) == (live, drafts), language
    assert model.objects.count() == len(LANGUAGES) * (live + drafts)
    assert not model.objects.filter(locale__language_code="fr", alias_of__isnull=False).exists()


def test_universities_to_be_contacted_are_the_drafts(demo):
    assert set(PartnerUniversityPage.objects.not_live().values_list("link", flat=True)) == {"cible"}
    assert not PartnerUniversityPage.objects.live().filter(link="cible").exists()


def test_facts_of_an_offer_are_those_of_the_file(demo, file):
    raw = file["offres"][0]
    offer = InternshipOfferPage.objects.get(reference=raw["reference"], locale__language_code="fr")
    assert (offer.start_date, offer.end_date, offer.deadline) == (
        raw["date_debut"],
        raw["date_fin"],
        raw["date_limite"],
    )
    assert offer.french_level == raw["francais_min"]
    assert offer.host.name == next(host["nom"] for host in file["structures"] if host["id"] == raw["structure"])
    assert offer.supervision_languages == raw["langues_encadrement"]
    assert [line.framework for line in offer.frameworks.all()] == raw["cadres"]
    assert [block.value for block in offer.objectives] == raw["objectifs"]["fr"]
    assert offer.fictional is True
    assert offer.first_published_at.date() == raw["date_publication"]


def test_an_observership_is_only_observation(demo):
    """Whatever the offer's line says for the other frameworks."""
    lines = OfferFramework.objects.filter(framework="observation")
    assert lines.exists()
    assert set(lines.values_list("participation", flat=True)) == {"observation"}


def test_a_french_university_signs_where_it_must_and_nowhere_else(demo):
    """A student whose university has no link with it would else not dare to ask."""
    lines = OfferFramework.objects.filter(offer__locale__language_code="fr")
    for line in lines.select_related("offer__host"):
        signs = bool(line.signing_university)
        assert signs == line.offer.host.has_university_sign(line.framework), (line.offer.reference, line.framework)


def test_what_erasmus_pays_lasts_two_months_in_every_offer(demo):
    for offer in InternshipOfferPage.objects.filter(locale__language_code="fr"):
        assert offer.longest_stay_suits_erasmus or not choices.ERASMUS & set(offer.framework_codes), offer.reference


def test_every_offer_keeps_the_rules_of_publication(demo):
    assert [offer.title for offer in InternshipOfferPage.objects.all() if offer.publication_errors()] == []


def test_every_deadline_is_ahead(demo):
    assert not InternshipOfferPage.objects.filter(deadline__lte=TODAY).exists()


def test_a_full_offer_is_among_them(demo):
    assert InternshipOfferPage.objects.filter(places_left=0).exists()


def test_every_picture_is_described_and_every_page_of_the_territory_has_one(demo):
    assert SiteImage.objects.count() == 26
    assert [image.title for image in SiteImage.objects.all() if not image.alt_texts.get("fr")] == []
    for model in (StrengthPage, InternshipOfferPage, HousingPage, EventPage, temoignages.TestimonialPage):
        assert not model.objects.filter(picture=None).exists(), model


def test_every_record_is_marked_as_fictional_where_the_file_says_so(demo, file):
    for key, model in {
        "logements": HousingPage,
        "temoignages": temoignages.TestimonialPage,
        "atouts": StrengthPage,
    }.items():
        for language in LANGUAGES:
            marked = model.objects.filter(fictional=True, locale__language_code=language)
            assert marked.count() == sum(raw["fictif"] for raw in file[key]), language


def test_every_summary_fits_into_a_search_result(demo):
    for model in page_types():
        assert not [page.title for page in model.objects.all() if len(page.summary) > 320]


# --- Choice lists ---------------------------------------------------------------------------------------------------
LISTS = {
    "filiere": core_choices.FieldOfStudy,
    "niveau_etudes": choices.StudyLevel,
    "cadre_mobilite": choices.Framework,
    "participation": choices.Participation,
    "type_stage": choices.PlacementKind,
    "type_structure": choices.HostType,
    "soutien_financier": choices.Support,
    "type_logement": choices.HousingType,
    "categorie_atout": choices.StrengthTheme,
    "lien_universite": choices.UniversityLink,
    "taille_structure": choices.HostSize,
    "permis_b": choices.DrivingLicence,
    "theme_faq": FaqTheme,
    "type_evenement": choices.EventType,
    "mode_evenement": choices.EventMode,
    "profil_public": choices.Audience,
    "agrement": choices.ApprovalStatus,
}
# Lists that this version of the site does not use yet, or that are no lists of choices.
OTHERS = {"specialite", "cecrl", "cecrl_aide", "statut_demande", "choix_enquete"}


def plain(text):
    """Compare words, not spaces."""
    return " ".join(str(text).split())


@pytest.mark.parametrize("key", LISTS)
def test_a_choice_list_of_the_file_is_that_of_the_code(file, key):
    raw, known = file["referentiels"][key], LISTS[key]
    assert [entry["code"] for entry in raw] == known.values
    for language in ("en", "fr"):
        with translation.override(language if language == "fr" else None):
            assert [plain(entry[language]) for entry in raw] == [plain(label) for label in known.labels]


def test_every_list_of_the_file_is_compared(file):
    assert set(LISTS) | OTHERS == set(file["referentiels"])


def test_levels_of_language_and_their_sentences_are_those_of_the_file(file):
    assert file["referentiels"]["cecrl"] == core_choices.CefrLevel.values
    for entry in file["referentiels"]["cecrl_aide"]:
        sentence = core_choices.CEFR_SENTENCES[core_choices.CefrLevel(entry["code"])]
        with translation.override("fr"):
            assert plain(entry["fr"]) == plain(sentence)
        with translation.override(None):
            assert plain(entry["en"]) == plain(sentence)


def test_papers_stand_in_the_order_of_the_file_in_each_language(demo, file):
    for language in LANGUAGES:
        with translation.override(language):
            names = [localized(paper).name for paper in all_papers()]
        assert names == [raw["nom"][language] for raw in file["papiers"]]


def test_the_good_standing_for_work_with_children_is_asked_by_one_host(demo):
    offers = InternshipOfferPage.objects.filter(locale__language_code="fr").order_by("reference")
    asked = {offer.reference[-3:]: {paper.reference for paper in offer.asked_papers} for offer in offers}
    assert [number for number, papers in asked.items() if "honorabilite" in papers] == ["020"]
    assert [number for number, papers in asked.items() if "vaccinations" not in papers] == ["021", "022"]
    assert len({len(papers) for papers in asked.values()}) > 2, "placements differ in what they ask for"


def test_isced_codes_are_those_of_the_file(file):
    for entry in file["referentiels"]["filiere"]:
        assert core_choices.ISCED_F.get(entry["code"]) == entry["isced"]


def test_kinds_of_requests_are_those_of_the_file(file):
    raw = file["guichet_unique"]["types_demande"]
    assert {entry["code"] for entry in raw} == set(desk_choices.RequestKind.values)
    for entry in raw:
        kind = desk_choices.RequestKind(entry["code"])
        for language in ("en", "fr"):
            with translation.override(language if language == "fr" else None):
                assert plain(entry[language]) == plain(kind.label)


def test_specialties_are_records_with_the_codes_of_the_file(demo, file):
    for language in LANGUAGES:
        raw = {entry["code"]: entry[language] for entry in file["referentiels"]["specialite"]}
        found = Specialty.objects.filter(locale__language_code=language)
        assert dict(found.values_list("reference", "name")) == raw
        assert len(found) == len(raw)


# --- Other loads --------------------------------------------------------------------------------------------------
KEPT = [
    *page_types(),
    *FrenchRecord.all_types(),
    SiteImage,
    SiteSettings,
    Menu,
    OfferFramework,
    OfferPaper,
    OfferSupport,
    StrengthGalleryImage,
    HomeReason,
]


def count_all():
    return Counter({model._meta.label: model._base_manager.count() for model in KEPT})


def load(*paths, **options):
    """Run the command and return what it says."""
    said = StringIO()
    call_command("load_territory", *map(str, paths), stdout=said, **options)
    return said.getvalue()


def test_without_a_terminal_nothing_is_overwritten_unasked(demo, demo_files, snapshot):
    before = snapshot()
    with pytest.raises(CommandError, match="--yes"):
        load(*demo_files)
    assert snapshot() == before


def test_a_dry_run_says_what_would_be_done_and_does_nothing(home, demo_files, snapshot):
    before = snapshot()
    said = load(*demo_files, dry_run=True)
    assert "offres: 24 created" in said
    assert "Loaded" not in said
    assert snapshot() == before


def test_the_demo_command_refuses_a_site_that_is_no_demo(db, settings, snapshot):
    settings.DEMO = False
    before = snapshot()
    with pytest.raises(CommandError, match="DEMO"):
        call_command("load_demo", stdout=StringIO())
    assert snapshot() == before


def test_the_counts_are_printed_by_type(demo, file):
    """And by language and state."""
    said = StringIO()
    call_command("count_content", stdout=said)
    parts = dict(zip(LANGUAGES, re.split(r"(?m)^(?:fr|en|es|de):\n", said.getvalue())[1:], strict=True))
    assert list(parts) == re.findall(r"(?m)^([a-z]{2}):$", said.getvalue())
    assert "  InternshipOfferPage: 24 (24 original)\n" in parts["fr"]
    assert "  PartnerUniversityPage: 12 (8 original, 4 drafts)\n" in parts["fr"]
    assert "  InternshipOfferPage: 24 (24 translated)\n" in parts["en"]
    assert "  PartnerUniversityPage: 12 (8 translated, 4 drafts)\n" in parts["en"]
    for language in ("es", "de"):
        written = Counter("translated" if language in raw["question"] else "aliases" for raw in file["faq"])
        states = ", ".join(f"{count} {state}" for state, count in written.items())
        assert f"  FaqEntryPage: {len(file['faq'])} ({states})\n" in parts[language]
        assert "  InternshipOfferPage: 24 (24 translated)\n" in parts[language]
        assert "  PartnerUniversityPage: 12 (8 translated, 4 drafts)\n" in parts[language]
    assert said.getvalue().endswith("\npictures: 26\n")


# --- The calendar ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def content():
    """The demo's files, read and validated."""
    return prepare(FILES)


@pytest.mark.once
@pytest.mark.parametrize(
    ("today", "periods"),
    [
        ("2026-11-22", 0),
        ("2027-01-03", 0),
        ("2027-01-04", 1),
        ("2027-06-01", 1),
        ("2028-01-02", 1),
        ("2028-01-03", 2),
        ("2031-01-01", 5),
    ],
)
def test_the_demo_moves_by_the_fewest_periods_that_put_all_deadlines_ahead(content, today, periods):
    """The file's first deadline is 4 January 2027; a period has 364 days."""
    shift = shift_for(content, dt.date.fromisoformat(today))
    assert shift == dt.timedelta(days=364 * periods)
    first = min(record.date_limite for record in content.data["offres"])
    assert first + shift > dt.date.fromisoformat(today)
    assert periods == 0 or first + shift - dt.timedelta(days=364) <= dt.date.fromisoformat(today)


def in_all_languages(model, reference):
    """The page of a reference, and what stands for it in the other languages."""
    pages = list(model.objects.filter(reference=reference).order_by("locale_id"))
    assert [page.locale.language_code for page in pages] == list(LANGUAGES), reference
    return pages


@pytest.mark.once
def test_loading_again_in_a_later_year_updates_moves_and_duplicates_nothing(demo, demo_files, file):
    """The whole file moves but its history: publications and consents. What was edited is as the file says again."""
    offers = InternshipOfferPage.objects.filter(reference="LC41-2027-001")
    before, offer = count_all(), offers.get(locale__language_code="fr")
    published = offer.first_published_at
    translated = {page.pk: (page.title, page.url) for page in offers.exclude(pk=offer.pk)}
    assert len(translated) == len(LANGUAGES) - 1
    offer.title, offer.capacity = "Édité depuis", 9
    offer.save_revision().publish()
    with time_machine.travel("2031-01-01T09:00:00+01:00"):
        said = load(*demo_files, yes=True, shift=True)
        assert "Loaded." in said
        assert "offres: 0 created, 24 updated" in said
        assert count_all() == before
        again = offers.get(locale__language_code="fr")
        assert (again.pk, again.title, again.capacity) == (offer.pk, "Médecine générale au bord du Cher", 2)
        assert again.first_published_at == published
        assert again.url == offer.url
        assert {page.pk: (page.title, page.url) for page in offers.exclude(pk=offer.pk)} == translated
        assert set(offers.values_list("capacity", flat=True)) == {2}
        today = dt.date(2031, 1, 1)
        shift = dt.timedelta(days=5 * 364)
        for raw in file["offres"]:
            for offer in in_all_languages(InternshipOfferPage, raw["reference"]):
                assert offer.deadline > today
                for name, key in {
                    "start_date": "date_debut",
                    "end_date": "date_fin",
                    "deadline": "date_limite",
                }.items():
                    assert getattr(offer, name) == raw[key] + shift
                    assert getattr(offer, name).weekday() == raw[key].weekday()
                assert offer.first_published_at.date() == raw["date_publication"]
                assert offer.go_live_at is None
        for raw in file["logements"]:
            for room in in_all_languages(HousingPage, raw["id"]):
                assert room.available_from == raw["disponible_du"] + shift
        for raw in file["temoignages"]:
            for voice in in_all_languages(temoignages.TestimonialPage, raw["id"]):
                assert voice.consent_on == raw["consentement_publication"]
        for raw in file["evenements"]:
            start = dt.datetime.fromisoformat(raw["debut"])
            for event in in_all_languages(EventPage, raw["id"]):
                moved = timezone.localtime(event.start)
                assert moved.date() == start.date() + shift
                assert moved.time() == start.time().replace(tzinfo=None)
        ends = {raw["id"]: raw["agrement_msu"]["valide_jusqu_au"] for raw in file["encadrants"]}
        for supervisor in Supervisor.objects.all():
            end = ends[supervisor.reference]
            assert supervisor.approval_until == (end + shift if end else None)


def test_the_pictures_of_the_demo_can_be_drawn(tmp_path):
    """Every SVG source renders to a picture as wide as it says."""
    from io import BytesIO

    from PIL import Image

    from core.loading.images import rendered

    source = ROOT / "home" / "demo" / "illustrations" / "train-regional.svg"
    with Image.open(BytesIO(rendered(source))) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 1200

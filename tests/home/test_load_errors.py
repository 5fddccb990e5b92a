"""A broken territory file is refused as a whole: file, record and field are named, nothing is written."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.once

NAME = "contenu.yaml"
# What is broken: text of the file, what stands there instead, and what the message must name.
BROKEN = {
    "a date that does not exist": (
        "    date_limite: 2027-01-04\n",
        '    date_limite: "2027-02-30"\n',
        ["offres stage-001", "date_limite", "not a date"],
    ),
    "a date in other words": (
        "    date_limite: 2027-01-04\n",
        "    date_limite: bientôt\n",
        ["offres stage-001", "date_limite", "bientôt"],
    ),
    "an unknown code": (
        "    filiere: medecine\n    specialite: medecine_generale\n",
        "    filiere: sorcellerie\n    specialite: medecine_generale\n",
        ["offres stage-001", "filiere", "sorcellerie", "medecine"],
    ),
    "an unknown specialty": (
        "    specialite: medecine_generale\n",
        "    specialite: sorcellerie\n",
        ["offres stage-001", "specialite", "sorcellerie"],
    ),
    "a missing French title": (
        '      fr: "Médecine générale au bord du Cher"\n',
        "",
        ["offres stage-001", "titre", "French"],
    ),
    "an empty French title": (
        '      fr: "Médecine générale au bord du Cher"\n',
        '      fr: " "\n',
        ["offres stage-001", "titre", "empty"],
    ),
    "a reference that stands twice": (
        'reference: "LC41-2027-002"',
        'reference: "LC41-2027-001"',
        ["LC41-2027-001", "twice"],
    ),
    "a wrong type": (
        "    capacite: 2\n    places_restantes: 2\n",
        '    capacite: "deux"\n    places_restantes: 2\n',
        ["offres stage-001", "capacite", "deux"],
    ),
    "a number in quotes": (
        "    capacite: 2\n    places_restantes: 2\n",
        '    capacite: "2"\n    places_restantes: 2\n',
        ["offres stage-001", "capacite", "'2'"],
    ),
    "an unknown field": (
        '    reference: "LC41-2027-001"\n',
        '    reference: "LC41-2027-001"\n    couleur: bleu\n',
        ["offres stage-001", "couleur", "not a known field"],
    ),
    "a missing field": (
        "    heures_hebdo: 35\n    capacite: 2\n",
        "    capacite: 2\n",
        ["offres stage-", "heures_hebdo", "is missing"],
    ),
    "an unknown structure": (
        "    structure: str-msp-montrichard\n    universite",
        "    structure: str-nulle-part\n    universite",
        ["offres stage-001", "structure", "str-nulle-part"],
    ),
    "an unknown room": (
        "logement: {inclus: true, ref: log-montrichard}",
        "logement: {inclus: true, ref: log-nulle-part}",
        ["offres stage-001", "logement.ref", "log-nulle-part"],
    ),
    "an unknown sheet": (
        "    fiche: fiche-cy\n",
        "    fiche: fiche-nulle-part\n",
        ["universites uni-nicosia", "fiche", "fiche-nulle-part"],
    ),
    "two answers for one kind of host": (
        "        a_demander: [centre_hospitalier]\n",
        "        oui: [centre_hospitalier]\n        a_demander: [centre_hospitalier]\n",
        ["fiches_reconnaissance fiche-nrw", "reponses.1", "centre_hospitalier"],
    ),
    "an unknown section": ("\nglossaire:\n", "\nglossaires:\n", ["glossaires", "not a known section"]),
    "more places left than places": (
        "    places_restantes: 2\n",
        "    places_restantes: 20\n",
        ["offres stage-001", "places_restantes"],
    ),
    "no YAML": ("\noffres:\n", "\noffres: [\n", ["is not valid YAML"]),
    "a university to be contacted that is published": (
        "    statut: brouillon\n",
        "    statut: publiee\n",
        ["universites", "statut"],
    ),
    "an event without a time zone": (
        'debut: "2027-01-14T18:00:00+01:00"',
        'debut: "2027-01-14T18:00:00"',
        ["evenements evt-webinaire-hiver", "debut", "time zone"],
    ),
    # The schema cannot see these: they are found only when the record is written, after many others.
    "a stay longer than the period": (
        "    duree_semaines: {min: 9, max: 9}\n",
        "    duree_semaines: {min: 9, max: 30}\n",
        ["offres stage-", "max_weeks"],
    ),
    "a university that signs in words": (
        "    universite_signataire: universite-de-tours\n",
        '    universite_signataire: "Université de Tours"\n',
        ["offres stage-", "universite_signataire"],
    ),
    "a university that signs and is in no file": (
        "    universite_signataire: universite-de-tours\n",
        "    universite_signataire: universite-de-nulle-part\n",
        ["offres stage-", "universite_signataire", "not in “universites_signataires”"],
    ),
    "a day for a framework that is not offered": (
        "    date_limite: 2027-01-04\n",
        "    date_limite: 2027-01-04\n    dates_limites: {ifmsa_scope: 2026-12-15}\n",
        ["offres stage-001", "dates_limites.ifmsa_scope"],
    ),
    "a window that closes before it opens": (
        "ferme: 2024-05-31",
        "ferme: 2024-01-31",
        ["universites_signataires universite-de-tours", "closes before it opens"],
    ),
    "a window that stands twice": (
        "{annee: 2024, semestre: 2, ouvre",
        "{annee: 2024, semestre: 1, ouvre",
        ["universites_signataires universite-de-tours", "nominations.1", "stands twice"],
    ),
    "a row that the database could not hold": (
        'libelle: "Université de Tours, préinscription en ligne des étudiants d’échange, dates 2024-2025"',
        f'libelle: "{"Tours " * 100}"',
        ["universites_signataires universite-de-tours", "windows"],
    ),
    "a code that is no Erasmus code": (
        'code_erasmus: "F TOURS01"',
        'code_erasmus: "TOURS"',
        ["universites_signataires universite-de-tours", "code_erasmus"],
    ),
    "a heading that no factsheet has": (
        "rubrique: assurance",
        "rubrique: assurances",
        ["fiches fiche-territoire", "rubriques"],
    ),
    "a framework without its university": (
        "    universite_signataire: universite-de-tours\n",
        "    universite_signataire: null\n",
        ["offres stage-", "frameworks"],
    ),
    "an approval without an end": (
        "agrement_msu: {statut: agree, niveaux: [cycle2, niveau1, saspas], valide_jusqu_au: 2029-10-31}",
        "agrement_msu: {statut: agree, niveaux: [cycle2, niveau1, saspas], valide_jusqu_au: null}",
        ["encadrants enc-varennes", "approval_until"],
    ),
}


@pytest.fixture
def broken_files(demo_files, tmp_path):
    """A function that copies the demo's files and breaks the content file."""

    def make(old, new):
        folder = tmp_path / "broken"
        shutil.copytree(demo_files[0].parent, folder)
        path = folder / NAME
        text = path.read_text()
        assert old in text, "the demo has changed: break something else"
        path.write_text(text.replace(old, new, 1))
        return sorted(folder.glob("*.yaml"))

    return make


def refused(paths, **options):
    """What the command says when it refuses."""
    with pytest.raises(CommandError) as refusal:
        call_command("load_territory", *map(str, paths), stdout=StringIO(), **options)
    return str(refusal.value)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_as_a_whole(home, broken_files, snapshot, case):
    old, new, named = BROKEN[case]
    before = snapshot()
    said = refused(broken_files(old, new), yes=True)
    assert said.startswith("Nothing was loaded. ")
    line = next((line for line in said.splitlines() if all(part in line for part in [NAME, *named])), None)
    assert line, said
    assert snapshot() == before


def test_a_load_that_breaks_off_leaves_loaded_content_as_it_was(demo, broken_files, snapshot):
    """Also where hundreds of records were updated before the wrong one."""
    before = snapshot()
    old, new, _named = BROKEN["a framework without its university"]
    refused(broken_files(old, new), yes=True)
    assert snapshot() == before


def test_all_errors_are_told_at_once(home, broken_files):
    paths = broken_files("    date_limite: 2027-01-04\n", "    date_limite: bientôt\n")
    path = next(path for path in paths if path.name == NAME)
    path.write_text(path.read_text().replace("    filiere: medecine\n", "    filiere: sorcellerie\n", 1))
    said = refused(paths)
    assert "2 error(s)" in said
    assert "bientôt" in said
    assert "sorcellerie" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("- a\n- b\n", "is not a territory file"),
        ("", "is not a territory file"),
        ("offres: 3\n", "expected a list of records"),
        ("offres:\n  - 3\n", "no. 1"),
        ("date: 2027-02-30\n", "is not valid YAML"),
        ("a: &a [*a]\nofres: []\n", "ofres"),
    ],
)
def test_what_is_no_territory_file_is_said(home, tmp_path, content, said):
    path = tmp_path / "autre.yaml"
    path.write_text(content)
    answer = refused([path])
    assert "autre.yaml" in answer
    assert said in answer


def test_a_file_that_is_not_there_is_said(home, tmp_path):
    assert "rien.yaml: cannot be read" in refused([tmp_path / "rien.yaml"])


def test_a_file_in_another_encoding_is_said(home, tmp_path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("offres: été".encode("latin-1"))
    assert "latin.yaml: cannot be read" in refused([path])


def test_a_picture_that_is_not_there_is_said(home, broken_files):
    paths = broken_files("meta:", "meta:")
    (paths[0].parent / "illustrations" / "chambre.svg").unlink()
    said = refused(paths)
    assert "images.yaml, images" in said
    assert "chambre.svg" in said


def test_a_section_may_stand_in_one_file_only(home, broken_files, tmp_path):
    paths = broken_files("meta:", "meta:")
    twin = tmp_path / "encore.yaml"
    twin.write_text("offres: []\n")
    assert "also stands in" in refused([*paths, twin])

"""Universities, specialties and levels carry the codes of European registers, and say them wherever programs read."""

import json

import pytest
from django.core.exceptions import ValidationError

from core.models import SiteSettings
from factories import OfferFactory, SpecialtyFactory, UniversityFactory, publish
from territoire.models import Specialty
from territoire.rules.qualification import eqf_levels, eqf_of
from tests.home.test_structured_data import said_in

pytestmark = pytest.mark.once

BIELEFELD = {
    "country": "DE",
    "erasmus_code": "D BIELEFE01",
    "schac": "uni-bielefeld.de",
    "pic": "999881718",
    "ror": "https://ror.org/02hpadn98",
}


@pytest.mark.parametrize(
    ("name", "wrong"), [("schac", "Bielefeld"), ("pic", "9998"), ("ror", "https://ror.org/02hpadn97")]
)
def test_a_university_says_beside_the_field_which_code_is_wrong(home, name, wrong):
    university = UniversityFactory()
    setattr(university, name, wrong)
    with pytest.raises(ValidationError) as refusal:
        university.full_clean()
    assert list(refusal.value.message_dict) == [name]


def test_an_officer_reads_the_codes_of_a_university(home, client):
    html = client.get(publish(UniversityFactory(**BIELEFELD)).url).content.decode()
    for code in ("D  BIELEFE01", "uni-bielefeld.de", "999881718", "https://ror.org/02hpadn98"):
        assert f"<code>{code}</code>" in html


def test_a_university_without_codes_has_no_empty_line(home, client):
    html = client.get(publish(UniversityFactory()).url).content.decode()
    assert "SCHAC" not in html
    assert "ROR" not in html


def test_search_engines_and_programs_read_the_codes_of_a_university(home, client):
    university = publish(UniversityFactory(reference="uni-essai", **BIELEFELD))
    said = said_in(client.get(university.url).content.decode())["CollegeOrUniversity"]
    codes = {entry["propertyID"]: entry["value"] for entry in said["identifier"]}
    assert codes["SCHAC"] == "uni-bielefeld.de"
    assert codes["PIC"] == "999881718"
    assert said["sameAs"] == "https://ror.org/02hpadn98"
    record = client.get("/api/v1/partners/uni-essai").json()
    assert [record[name] for name in ("schac", "pic", "ror")] == [BIELEFELD[name] for name in ("schac", "pic", "ror")]


@pytest.mark.parametrize(
    ("level", "field", "eqf"),
    [
        ("licence_sante", "soins_infirmiers", 6),
        ("cycle1", "soins_infirmiers", 6),
        ("cycle1", "medecine", 7),
        ("cycle2_debut", "medecine", 7),
        ("jeune_diplome", "kinesitherapie", None),  # a bachelor here, a master there
        ("jeune_diplome", "pharmacie", 7),
        ("master", "sante_publique", 7),
        ("cycle3", "medecine", None),
    ],
)
def test_a_study_level_has_a_level_of_the_european_framework(level, field, eqf):
    assert eqf_of(field, level) == eqf


def test_the_levels_of_an_offer_are_said_once_each():
    assert eqf_levels(["cycle2_fin", "licence_sante", "cycle2_debut"], ["medecine", "soins_infirmiers"]) == [6, 7]
    assert eqf_levels([], ["medecine"]) == []


def test_an_occupation_has_four_digits(home):
    with pytest.raises(ValidationError) as refusal:
        Specialty(name="Cardiologie", isco="22", locale=SpecialtyFactory().locale).full_clean(exclude=["reference"])
    assert "isco" in refusal.value.message_dict


def test_an_offer_says_occupation_and_level_to_programs(home, client):
    specialty = SpecialtyFactory(isco="2211")
    offer = publish(OfferFactory(specialty=specialty, levels=["cycle2_fin"], reference="LC41-2027-900"))
    said = said_in(client.get(offer.url).content.decode())
    name, category = next(data["occupationalCategory"] for data in said.values() if "occupationalCategory" in data)
    assert (name, category["codeValue"], category["inCodeSet"]["name"]) == ("Médecine générale", "2211", "ISCO-08")
    record = client.get("/api/v1/offers/LC41-2027-900").json()
    assert (record["isco"], record["eqf"]) == ("2211", [7])
    (row,) = json.loads(b"".join(client.get("/data/offers.json").streaming_content))["data"]
    assert (row["isco"], row["cec"]) == ("2211", "7")


def test_an_offer_of_no_single_occupation_says_its_specialty_alone(home, client):
    offer = publish(OfferFactory(specialty=SpecialtyFactory(isco="")))
    said = said_in(client.get(offer.url).content.decode())
    assert "Médecine générale" in [data.get("occupationalCategory") for data in said.values()]


def test_search_engines_know_the_authority_by_its_siren(home, client):
    settings = SiteSettings.for_site(home.get_site())
    settings.publisher_name, settings.siren = "Département de Loir-et-Cher", "224100016"
    settings.save()
    publisher = said_in(client.get(home.url).content.decode())["WebSite"]["publisher"]
    assert publisher["legalName"] == "Département de Loir-et-Cher"
    assert publisher["identifier"] == {"@type": "PropertyValue", "propertyID": "SIREN", "value": "224100016"}

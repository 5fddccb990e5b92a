"""The Erasmus+ Learning Agreement of an offer: its fields in the official order, filled from the offer, and as data."""

import io
import os
import re
import shutil
import subprocess

import pikepdf
import pytest
from django.conf import settings
from django.utils import translation
from pikepdf.form import CheckboxField, ExtendedAppearanceStreamGenerator, Form, RadioButtonGroup, SignatureField
from wagtail.models import Site

from factories import (
    HousingFactory,
    OfferFactory,
    SupervisorFactory,
    block,
    days,
    open_site,
    publish,
    translate,
    version,
)
from scenarios import scenario
from territoire.models import LearningAgreementTexts, OfferSupport
from territoire.outlets.agreement.document import notices
from territoire.outlets.agreement.form import fields_of
from territoire.outlets.agreement.tables import certificate_alone, whole_agreement
from territoire.outlets.agreement.values import Known
from territoire.rules.qualification import eqf_of
from territoire.rules.stay import Stay

# What is set in type says nothing about the database.
pytestmark = pytest.mark.once

CHECKER = os.environ.get("PDF_CHECKER")
ADDRESS = "/o/LC41-1999-001/learning-agreement-{language}.pdf"
DATA = "/o/LC41-1999-001/learning-agreement-{language}.json"
CERTIFICATE = "/o/LC41-1999-001/traineeship-certificate-{language}.pdf"

# The official form (European Commission, Learning Agreement for Traineeships 2021–2027), written down from it and not
# from the code: part, table, fields in order. Fields of the same kind for several people share a line.
PERSON = "name position email"
SIGNS = "name email position date signature"
PROGRAMME = """
    start end virtual_start virtual_end title hours programme digital_skills outcomes monitoring evaluation
    language_1 language_1_level language_2 language_2_level
"""
INSURANCE = "accident accident_work accident_way liability"
OFFICIAL = [
    # Before: trainee, beneficiary organisation, sending institution if it is another, receiving organisation
    ("trainee", "last_name first_name birth_date nationality gender level field"),
    ("beneficiary", "name department address country erasmus_code contact email"),
    ("sending", "name department erasmus_code address country contact email"),
    ("host", "name department address website country size"),
    ("host_contact", PERSON),
    ("mentor", PERSON),
    ("mentor_2", PERSON),
    ("mentor_3", PERSON),
    ("second_host", "name department address website country size"),
    ("second_host_contact", PERSON),
    ("second_mentor", PERSON),
    ("second_host", "start end"),
    ("a", PROGRAMME),
    # Table B: one of three, then insurance
    ("b", "variant"),
    ("b1", "ects certificate report interview transcript diploma_supplement europass"),
    ("b2", "credits ects grade certificate report interview transcript diploma_supplement europass"),
    ("b3", "credits ects europass"),
    ("b", INSURANCE),
    ("c", f"pay pay_amount in_kind in_kind_detail {INSURANCE} equipment certificate"),
    # Commitment
    ("sign_trainee", SIGNS),
    ("sign_sending", SIGNS),
    ("sign_host", SIGNS),
    ("sign_second_host", SIGNS),
    # During
    ("a2", PROGRAMME),
    ("a2_sign_trainee", SIGNS),
    ("a2_sign_sending", SIGNS),
    ("a2_sign_host", SIGNS),
    ("a2_sign_second_host", SIGNS),
    # After
    ("d", "trainee host sector address telephone email website start end virtual_start virtual_end title programme"),
    ("d", "outcome_1 outcome_2 skills evaluation supervisor date signature"),
]
IN_ORDER = [f"{table}_{name}" for table, names in OFFICIAL for name in names.split()]


@scenario
def site():
    return open_site("en", "de")


@scenario
def offer():
    open_site("en", "de")
    offer = OfferFactory(
        title="Médecine à Blois",
        reference="LC41-1999-001",
        body=[block("prose", "<p>Vous suivez une <b>médecin</b>.</p><ul><li>Puis vous menez un entretien.</li></ul>")],
        objectives=[block("objective", "Mener un entretien"), block("objective", "Rédiger une note")],
        pay_regime="due",
        pay_amount=600,
        supports=[{"kind": "repas"}],
        english_level="B1",
        hours_per_week=35,
    )
    publish(offer)
    translate(offer, "en", {"title": "Medicine in Blois"})
    return version(offer, "fr")


def said(offer, language, stay=None, **texts):
    """What is said of an offer in a language: its notices, its sections by key, and its fields by key."""
    with translation.override(language):
        known = Known(version(offer, language), LearningAgreementTexts(**texts), stay)
        parts = whole_agreement(known)
        sections = {section.key: section for part in parts for section in part.sections}
        return notices(known, parts), sections, {field.key: field for field in fields_of(parts)}


def values(offer, language, stay=None, **texts):
    """What is filled in: {key: value}."""
    return {key: field.value for key, field in said(offer, language, stay, **texts)[2].items() if field.value}


def opened(answer):
    assert answer["Content-Type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content))


def structure(pdf):
    """The elements of the tree of tags of a PDF: (type, element)."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            found += [(str(node.S), node)] if "/S" in node else []
            waiting += [node.K] if "/K" in node else []
    return found


def widgets(pdf):
    return [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Widget"]


def keys(pdf):
    """The names of the fields of a PDF, in its order; pikepdf's own list has another."""
    return [str(field.T) for field in pdf.Root.AcroForm.Fields]


def fill(pdf):
    """Write into every field but the signatures, as an office's program does; return what should be read back."""
    written = {}
    for field in Form(pdf, ExtendedAppearanceStreamGenerator):
        name = field.fully_qualified_name
        if isinstance(field, RadioButtonGroup):
            field.options[-1].select()
            written[name] = str(field.options[-1].on_value)
        elif isinstance(field, CheckboxField):
            field.checked = True
            written[name] = "/yes"
        elif not isinstance(field, SignatureField):
            field.value = written[name] = f"École, œuvre, € {name}"
    return written


# --- The form as a file -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_fields_of_the_file_are_those_of_the_official_form_in_its_order(offer, client, language):
    with opened(client.get(ADDRESS.format(language=language))) as pdf:
        assert keys(pdf) == IN_ORDER
        reached = [str(note.get("/T", note.get("/Parent", note).T)) for note in widgets(pdf)]
    # Whoever moves by keyboard, page by page, meets them in the same order.
    assert list(dict.fromkeys(reached)) == IN_ORDER


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_document_is_tagged_and_in_the_language_of_its_address(offer, client, language):
    answer = client.get(ADDRESS.format(language=language), headers={"accept-language": "de"})
    assert answer["Content-Language"] == language
    with opened(answer) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert {"/H1", "/H2", "/H3", "/H4", "/Form", "/Note"} <= {kind for kind, _element in structure(pdf)}
        assert all(page.Tabs == "/S" for page in pdf.pages)


def test_each_field_is_read_aloud_with_its_section_and_stands_in_the_tree(offer, client):
    with opened(client.get(ADDRESS.format(language="en"))) as pdf:
        named = {str(field.T): str(field.TU) for field in pdf.Root.AcroForm.Fields}
        aloud = [str(note.TU) for note in widgets(pdf)]
        elements = [element for kind, element in structure(pdf) if kind == "/Form"]
        assert len(elements) == len(widgets(pdf))
        for element in elements:
            (only,) = element.K
            assert only.Type == "/OBJR"
            assert only.Obj.Subtype == "/Widget"
    assert named["trainee_last_name"] == "The trainee – Last name"
    assert named["a2_sign_host_date"] == "Approval of the changes – Supervisor at the receiving organisation – Date"
    assert named["b1_transcript"] == "1. Embedded in the curriculum – Recorded in the Transcript of Records"
    assert len(set(aloud)) == len(aloud), "two fields sound alike"


def test_a_program_fills_the_form_and_reads_it_back(offer, client):
    with opened(client.get(ADDRESS.format(language="en"))) as pdf:
        written = fill(pdf)
        saved = io.BytesIO()
        pdf.save(saved)
    assert len(written) == len(IN_ORDER) - 9  # signatures
    with pikepdf.open(saved) as pdf:
        read = {field.fully_qualified_name: field for field in Form(pdf) if not isinstance(field, SignatureField)}
        assert {key: str(field.value) for key, field in read.items()} == written


def test_what_the_offer_knows_is_filled_in_and_the_rest_is_blank(offer, client):
    with opened(client.get(ADDRESS.format(language="en"))) as pdf:
        read = {field.fully_qualified_name: str(getattr(field, "value", "") or "") for field in Form(pdf)}
        chosen = {str(note.Parent.T) for note in widgets(pdf) if "/Parent" in note and note.AS != "/Off"}
    assert read["a_title"] == "Medicine in Blois"
    assert read["host_country"] == "France"
    assert chosen == {"trainee_level", "host_size", "a_language_1_level", "a_language_2_level", "c_pay", "c_in_kind"}
    blank = [key for key in IN_ORDER if key.startswith(("beneficiary", "sending", "b", "a2", "sign", "second"))]
    assert {read[key] for key in blank} <= {"", "/Off", "None"}


def test_a_french_value_in_an_english_form_is_marked(offer, client):
    with opened(client.get(ADDRESS.format(language="en"))) as pdf:
        languages = {
            str(element.K[0].Obj.get("/T", "")): str(element.get("/Lang", ""))
            for kind, element in structure(pdf)
            if kind == "/Form"
        }
    assert (languages["a_title"], languages["a_programme"], languages["host_address"]) == ("", "fr", "fr")


def test_the_certificate_alone_has_the_fields_of_table_d(offer, client):
    answer = client.get(CERTIFICATE.format(language="fr"), {"first": offer.start_date, "last": offer.end_date})
    with opened(answer) as pdf:
        assert keys(pdf) == [key for key in IN_ORDER if key.startswith("d_")]
        assert Form(pdf)["d_start"].value == "2 mars 2027"
    assert CERTIFICATE.format(language="fr") in client.get(offer.url).content.decode()


def test_a_form_is_small(offer, client):
    assert len(client.get(ADDRESS.format(language="fr")).content) < 150_000


def checked(*files):
    """What veraPDF says of files: {name: whether it is PDF/UA-1}, and all it says."""
    command = ["java", "-cp", CHECKER, "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", "ua1", "--format", "text"]
    found = subprocess.run([*command, "-v", *map(str, files)], capture_output=True, text=True, timeout=300)
    results = [line.split() for line in found.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
    return {line[1].rsplit("/", 1)[1]: line[0] == "PASS" for line in results}, found.stdout + found.stderr


@pytest.mark.skipif(not CHECKER, reason="PDF_CHECKER names no jar of veraPDF: .ci/pdf-checker fetches one")
@pytest.mark.skipif(not shutil.which("java"), reason="Java is missing")
def test_verapdf_finds_pdf_ua_in_both_languages_and_finds_planted_faults(offer, client, tmp_path):
    files = {}
    for language in ("fr", "en"):
        for name, address in {"agreement": ADDRESS, "certificate": CERTIFICATE}.items():
            files[f"{name}-{language}.pdf"] = client.get(address.format(language=language)).content
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    good = tmp_path / "agreement-en.pdf"
    with pikepdf.open(good) as pdf:
        fill(pdf)
        pdf.save(tmp_path / "filled.pdf")
    # Faults: a field without a name, one outside of the tree of tags, a font that is not inside.
    with pikepdf.open(good) as pdf:
        del widgets(pdf)[0].TU
        pdf.save(tmp_path / "unnamed.pdf")
    with pikepdf.open(good) as pdf:
        del widgets(pdf)[0].StructParent
        pdf.save(tmp_path / "untagged.pdf")
    with pikepdf.open(tmp_path / "filled.pdf") as pdf:
        del pdf.Root.AcroForm.DR.Font.NotoSans.FontDescriptor.FontFile2
        pdf.save(tmp_path / "fontless.pdf")
    found, output = checked(*sorted(tmp_path.iterdir()))
    faulty = {"unnamed.pdf", "untagged.pdf", "fontless.pdf"}
    assert found == {path.name: path.name not in faulty for path in tmp_path.iterdir()}, output


# --- What stands in it ------------------------------------------------------------------------------------------------
def test_the_parts_of_the_receiving_organisation_are_filled_in(offer):
    filled = values(offer, "en")
    assert filled["a_title"] == "Medicine in Blois"
    assert filled["a_hours"] == "35"
    assert filled["trainee_field"] == "0912 Medicine"
    assert filled["trainee_level"] == "7"
    assert filled["host_size"] == "moins_250"
    assert (filled["a_language_1"], filled["a_language_1_level"]) == ("French", "B1")
    assert (filled["a_language_2"], filled["a_language_2_level"]) == ("English", "B1")
    assert filled["a_outcomes"] == "– Mener un entretien\n– Rédiger une note"
    assert "\nVous suivez une médecin.\nPuis vous menez un entretien." in filled["a_programme"]


def test_what_nobody_has_said_is_not_agreed(offer):
    publish(offer, pay_regime="inconnu", pay_amount=None, supports=[OfferSupport(kind="aucun")], english_level="")
    _notices, _sections, fields = said(offer, "en")
    for key in (
        "c_pay",
        "c_in_kind",
        "c_accident",
        "c_liability",
        "a_digital_skills",
        "a_virtual_start",
        "a_language_2",
        "a_monitoring",
        "a_evaluation",
        "c_equipment",
    ):
        assert fields[key].value == "", key


def test_what_the_departement_suggests_stands_as_a_proposal_beside_a_blank_field(offer, client):
    fields = {key: field for key, field in said(offer, "en")[2].items() if field.proposal}
    assert list(fields) == ["a_monitoring", "a_evaluation", "c_equipment"]
    assert {field.value for field in fields.values()} == {""}
    marked = "Proposal of the Département, to be confirmed by the parties: "
    with translation.override("en"):
        assert fields["c_equipment"].proposed.startswith(marked + "Work clothes, a locker")
    with opened(client.get(ADDRESS.format(language="en"))) as pdf:
        assert not any(Form(pdf)[key].value for key in fields)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="Poppler is missing")
def test_the_document_prints_the_proposals_as_proposals(offer, client):
    answer = client.get(ADDRESS.format(language="en"))
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.content, capture_output=True, check=True)
    text = " ".join(read.stdout.decode().split())
    assert text.count("Proposal of the Département, to be confirmed by the parties: ") == 3
    assert "to be confirmed by the parties: Work clothes, a locker" in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_first_texts_commit_no_sending_institution(language):
    texts = LearningAgreementTexts()
    for name in ("monitoring", "evaluation", "equipment", "insurance"):
        assert not re.search("institution|universit", getattr(texts, name)[language]), name


@pytest.mark.parametrize(
    ("field", "level", "eqf"),
    [
        ("soins_infirmiers", "licence_sante", 6),
        ("soins_infirmiers", "cycle1", 6),
        ("soins_infirmiers", "master", 7),
        ("medecine", "cycle1", 7),
        ("medecine", "jeune_diplome", 7),
        ("medecine", "cycle3", None),
        ("kinesitherapie", "cycle1", None),
    ],
)
def test_the_level_of_the_european_framework_follows_from_field_and_studies(field, level, eqf):
    assert eqf_of(field, level) == eqf


def test_an_offer_for_several_levels_or_fields_leaves_them_to_the_trainee(offer):
    publish(offer, levels=["cycle2_fin", "cycle3"], open_fields=["odontologie"])
    filled = values(offer, "en")
    assert "trainee_level" not in filled
    assert "trainee_field" not in filled


def test_a_traineeship_away_from_the_host_s_address_names_its_town(offer):
    assert said(offer, "en")[2]["a_title"].hint == ""
    type(offer.host).objects.update(town="Vendôme")
    assert said(offer, "en")[2]["a_title"].hint == "Place: Blois"


def test_the_host_commits_itself_to_what_the_host_gives_alone(offer):
    """The Département's allowance, a grant from home and a room that costs a rent are no promise of the host's."""
    supports = [
        OfferSupport(kind="repas"),
        OfferSupport(kind="allocation_departementale", amount=200, period="mois"),
    ]
    publish(offer, supports=supports, housing_included=True, housing=HousingFactory(monthly_rent=140))
    _notices, sections, fields = said(offer, "en")
    assert (fields["c_pay"].value, fields["c_pay_amount"].value) == ("yes", "600\u00a0€")
    assert (fields["c_in_kind"].value, fields["c_in_kind_detail"].value) == ("yes", "Free lunches")
    assert sections["c"].remarks[:2] == (
        "From others, for information: Département placement allowance: 200\u00a0€ a month, under conditions",
        "From others, for information: Room reserved: 140\u00a0€ a month (Furnished shared housing, charges included)",
    )


def test_pay_whose_amount_is_unknown_is_said_and_its_amount_is_left_open(offer):
    publish(offer, pay_regime="due", pay_amount=None)
    fields = said(offer, "en")[2]
    assert (fields["c_pay"].value, fields["c_pay_amount"].value) == ("yes", "")
    assert fields["c_pay"].hint == "Statutory internship pay"


def test_the_certificate_leaves_to_the_supervisor_what_only_the_supervisor_knows(offer):
    _notices, _sections, fields = said(offer, "fr", Stay(offer.start_date, offer.end_date))
    assert fields["d_title"].value == "Médecine à Blois"
    assert (fields["d_start"].written, fields["d_end"].written) == ("2 mars 2027", "3 mai 2027")
    assert [fields[f"d_outcome_{number}"].label for number in (1, 2)] == ["Mener un entretien", "Rédiger une note"]
    for name in ("trainee", "programme", "outcome_1", "outcome_2", "skills", "evaluation", "supervisor", "date"):
        assert fields[f"d_{name}"].value == ""


def test_a_long_story_is_cut_at_a_paragraph_and_none_is_left_out_before(offer):
    texts = [f"<p>{word * 80}</p>" for word in ("premier ", "deuxième ", "troisième ")] + ["<p>court &amp; bon</p>"]
    publish(offer, summary="", body=[block("prose", texts[0]), block("prose", "".join(texts[1:]))])
    paragraphs = values(offer, "fr")["a_programme"].split("\n")
    assert [text.split()[0] for text in paragraphs] == ["premier", "deuxième"]
    publish(offer, body=[block("prose", texts[3])])
    assert values(offer, "fr")["a_programme"] == "court & bon"


def test_her_own_days_stand_in_it_where_they_fit(offer, client):
    first, last = offer.start_date.isoformat(), offer.end_date.isoformat()
    address = DATA.format(language="en")
    plain, fits, wrong = (
        client.get(address, query).json()
        for query in ({}, {"first": first, "last": last}, {"first": "2020-01-01", "last": last})
    )
    told = [
        {field["key"]: field for part in data["parts"] for section in part["sections"] for field in section["fields"]}
        for data in (plain, fits, wrong)
    ]
    assert [fields["a_start"]["value"] for fields in told] == [None, first, None]
    assert told[1]["a_start"]["hint"] == "62 days as Erasmus+ counts, in months of thirty days"
    assert told[0]["a_start"]["hint"].startswith("Within this period: ")
    assert [fields["c_certificate"]["value"] for fields in told] == [None, "2027-06-07", None]
    refused = "The days that were asked for do not fit this placement: they are left open."
    assert [refused in data["notices"] for data in (plain, fits, wrong)] == [False, False, True]


def test_a_supervisor_who_does_not_agree_is_not_named(offer):
    supervisor = SupervisorFactory(name="Dr Hélène Varennes", host=offer.host)
    publish(offer, supervisor=supervisor)
    for agreed in (False, True):
        supervisor.publication_agreed = agreed
        supervisor.save()
        assert said(offer, "fr")[2]["mentor_name"].value == ("Dr Hélène Varennes" if agreed else "")


def test_the_departement_s_own_texts_stand_in_it_and_say_whether_they_are_validated(offer, client):
    assert any("pas encore confirmé" in notice for notice in said(offer, "fr")[0])
    LearningAgreementTexts.objects.create(
        site=Site.objects.get(), monitoring={"fr": "Un point chaque jour."}, validated=True
    )
    texts = LearningAgreementTexts.read(Site.objects.get())
    shown, _sections, fields = said(offer, "fr", monitoring=texts.monitoring, validated=texts.validated)
    assert (fields["a_monitoring"].value, fields["a_monitoring"].proposal) == ("", "Un point chaque jour.")
    assert not any("pas encore confirmé" in notice for notice in shown)


def test_the_french_university_signs_the_placement_agreement_and_not_this_form(offer):
    other = publish(OfferFactory(frameworks=[("erasmus_stage", "Université de Tours", "observation")]))
    notice = (
        "Where the framework names a French university (Université de Tours), it signs the separate placement "
        "agreement (convention de stage), not this form."
    )
    assert notice in said(other, "en")[0]


def test_notices_speak_to_all_who_sign_and_the_certificate_has_none_of_what_is_to_be_agreed(offer):
    other = publish(OfferFactory(frameworks=[("erasmus_stage", "Université de Tours", "participation_encadree")]))
    shown = said(other, "en", Stay(other.start_date, other.start_date))[0]
    assert len(shown) == 6, shown
    assert not re.search(r"\byou", " ".join(shown), re.IGNORECASE)
    with translation.override("en"):
        known = Known(version(other, "en"), LearningAgreementTexts(), Stay(other.start_date, other.start_date))
        alone = notices(known, certificate_alone(known), days_refused=True)
    assert alone == [
        "The days that were asked for do not fit this placement: they are left open.",
        "Prefilled from the placement’s page as a help: what is prefilled can be changed, what is blank is open.",
    ]


def test_an_administrator_edits_these_texts(admin, site):
    page = admin.get("/admin/settings/territoire/learningagreementtexts/", follow=True)
    assert page.status_code == 200
    assert page.content.decode().count("<textarea") == 4 * len(settings.LANGUAGES)


def test_a_fictional_offer_s_agreement_says_so(offer):
    publish(offer, fictional=True)
    assert "fictional" in said(offer, "en")[0][0]


# --- As data ----------------------------------------------------------------------------------------------------------
def test_software_reads_the_same_fields_with_who_fills_them_in(offer, client):
    answer = client.get(DATA.format(language="fr"), {"first": offer.start_date, "last": offer.end_date})
    assert (answer["Content-Type"], answer["Content-Language"]) == ("application/json", "fr")
    data = answer.json()
    sections = [section for part in data["parts"] for section in part["sections"]]
    fields = {field["key"]: field for section in sections for field in section["fields"]}
    assert [part["key"] for part in data["parts"]] == ["before", "during", "after"]
    assert list(fields) == IN_ORDER
    assert fields["a_start"]["value"] == offer.start_date.isoformat()
    assert fields["trainee_last_name"]["value"] is None
    proposed = {key: field["value"] for key, field in fields.items() if field["proposal"]}
    assert proposed == {"a_monitoring": None, "a_evaluation": None, "c_equipment": None}
    assert fields["c_pay"]["options"] == [{"code": "yes", "label": "Oui"}, {"code": "no", "label": "Non"}]
    assert [fields[key]["filled_by"] for key in ("trainee_field", "b_variant", "a_title", "sign_sending_name")] == [
        "trainee",
        "sending",
        "host",
        "sending",
    ]
    days_asked = f"?first={offer.start_date}&last={offer.end_date}"
    assert data["pdf"] == settings.SITE_URL + ADDRESS.format(language="fr") + days_asked


def test_another_site_may_read_the_data(offer, client):
    answer = client.get(DATA.format(language="fr"), headers={"origin": "https://university.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"


# --- Where it is, and where not ---------------------------------------------------------------------------------------
def test_the_form_for_traineeships_is_offered_for_traineeships_only(offer, client):
    address = ADDRESS.format(language="en")
    assert address in client.get(offer.url).content.decode()
    other = publish(OfferFactory(reference="LC41-1999-002", frameworks=[("observation", "", "observation")]))
    assert "learning-agreement" not in client.get(other.url).content.decode()


def test_the_page_offers_the_papers_for_the_student_s_own_days(offer, client):
    days_asked = {"first": offer.start_date, "last": offer.end_date, "citizen": "eu"}
    page = client.get(offer.url, days_asked).content.decode()
    for address in (ADDRESS, CERTIFICATE, DATA):
        assert f"{address.format(language='en')}?first={offer.start_date}&amp;last={offer.end_date}" in page


def test_a_character_that_no_font_has_costs_no_document(offer, client):
    publish(offer, title="Stage 🏥 été")
    assert client.get(ADDRESS.format(language="fr")).status_code == 200


def test_nothing_that_an_editor_writes_is_read_as_a_command(offer, client):
    publish(offer, title='#panic("x") *gras* $x$ \\ @ref <label>', summary='#read("/etc/passwd") "')
    assert client.get(ADDRESS.format(language="fr")).status_code == 200


def test_the_papers_can_still_be_printed_when_the_placement_has_ended(offer, client):
    publish(offer, start_date=days(-90), end_date=days(-20), deadline=days(-120))
    for address in (ADDRESS, CERTIFICATE, DATA):
        assert client.get(address.format(language="en")).status_code == 200


def test_the_papers_of_an_offer_that_is_gone_say_what_its_link_says(offer, client):
    nearest = publish(OfferFactory(title="Médecine à Vendôme", specialty=offer.specialty))
    offer.unpublish()
    for address in (ADDRESS, CERTIFICATE):
        answer = client.get(address.format(language="en"), headers={"accept-language": "fr"})
        assert answer.status_code == 410
        assert '<html lang="en"' in answer.content.decode()
        assert version(nearest, "en").url in answer.content.decode()
    answer = client.get(DATA.format(language="en"))
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    again = publish(OfferFactory(title="L’année suivante", repeats=offer))
    offer.delete()
    assert client.get(ADDRESS.format(language="fr"))["Location"] == again.url


def test_an_offer_without_an_erasmus_traineeship_has_no_papers_for_one(offer, client):
    other = publish(OfferFactory(frameworks=[("erasmus_etudes", "Université de Tours", "observation")]))
    for name in ("learning-agreement-en.pdf", "learning-agreement-en.json", "traineeship-certificate-en.pdf"):
        assert client.get(f"/o/{other.lasting_link.code}/{name}").status_code == 404


def test_no_papers_in_other_languages_or_of_nothing(offer, client):
    for address in (ADDRESS, CERTIFICATE, DATA):
        assert client.get(address.format(language="de")).status_code == 404
    assert client.get("/o/unknown/learning-agreement-fr.pdf").status_code == 404


def test_names_of_romania_and_its_neighbours_have_their_letters_in_the_font_that_viewers_type_with(offer, client):
    """A simple font has one byte for each letter: the encoding says which of them stand in it."""
    answer = client.get(ADDRESS.format(language="en"))
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        font = pdf.Root.AcroForm.DR.Font.NotoSans
        named = {str(entry)[1:] for entry in font.Encoding.Differences if isinstance(entry, pikepdf.Name)}
        assert {"Scommaaccent", "tcommaaccent", "abreve", "Lslash", "zcaron", "rcaron"} - named <= {"zcaron"}
        code = list(font.Encoding.Differences).index(pikepdf.Name("/Scommaaccent")) - 1
        place = int(font.Encoding.Differences[code]) - int(font.FirstChar)
        assert int(font.Widths[place]) > 300


def test_the_same_form_is_the_same_file(offer, client):
    """So that caches know it again."""
    first, second = (client.get(ADDRESS.format(language="en")) for _again in range(2))
    assert first.content == second.content

"""What is set in type from an offer: its Learning Agreement, and the picture that a shared link shows."""

import io

import pikepdf
import pytest
from django.conf import settings
from PIL import Image
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
from territoire.outlets.learning_agreement import agreement_data
from territoire.rules.stay import Stay

# What is set in type says nothing about the database.
pytestmark = pytest.mark.once

ADDRESS = "/o/LC41-1999-001/learning-agreement-{language}.pdf"


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
    """The document's lines: {label: values}."""
    from django.utils import translation

    with translation.override(language):
        data = agreement_data(version(offer, language), LearningAgreementTexts(**texts), "Stages santé", stay)
    rows = [row for part in data["parts"] for section in part["sections"] for row in section["rows"]]
    return data, {row["label"]: row["values"] for row in rows}


def structure(pdf):
    """The types of the tags of a PDF."""
    found, waiting = set(), [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            found |= {str(node.S)} if "/S" in node else set()
            waiting += [node.K] if "/K" in node else []
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_student_takes_a_tagged_document_in_her_language(offer, client, language):
    answer = client.get(ADDRESS.format(language=language), headers={"accept-language": "de"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Language"] == language
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(language)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD"} <= structure(pdf)


def test_the_parts_of_the_receiving_organisation_are_filled_in(offer):
    _data, lines = said(offer, "en")
    assert lines["Traineeship title"] == ["Medicine in Blois"]
    assert lines["Working hours a week"] == ["35"]
    assert lines["Field of education (ISCED-F 2013)"] == ["Medicine (0912)"]
    assert lines["Size"] == ["Fewer than 250 employees"]
    spoken = lines["Language competence that the trainee has or acquires before the start"]
    assert spoken[0].startswith("French: B1 – I can hold")
    assert spoken[1].startswith("English: B1")
    assert lines["Knowledge, skills and competences to be acquired"] == ["Mener un entretien", "Rédiger une note"]
    assert "Vous suivez une médecin." in lines["Detailed programme"]
    assert "review with the supervisor every week" in lines["Monitoring plan"][0]


def test_a_traineeship_away_from_the_host_s_address_names_its_town(offer):
    assert "Place" not in said(offer, "en")[1]
    type(offer.host).objects.update(town="Vendôme")
    assert said(offer, "en")[1]["Place"] == ["Blois"]


def test_the_host_commits_itself_to_what_the_host_gives_alone(offer):
    """The Département's allowance, a grant from home and a room that costs a rent are no promise of the host's."""
    supports = [
        OfferSupport(kind="repas"),
        OfferSupport(kind="allocation_departementale", amount=200, period="mois"),
    ]
    publish(offer, supports=supports, housing_included=True, housing=HousingFactory(monthly_rent=140))
    _data, lines = said(offer, "en")
    assert lines["Financial support by the receiving organisation"] == ["Pay by the host: 600\u00a0€ a month"]
    assert lines["Contribution in kind by the receiving organisation"] == ["Free lunches"]
    assert lines["From others, for information"] == [
        "Département placement allowance: 200\u00a0€ a month, under conditions",
        "Room reserved: 140\u00a0€ a month (Furnished shared housing, charges included)",
    ]


def test_the_certificate_leaves_to_the_supervisor_what_only_the_supervisor_knows(offer):
    _data, lines = said(offer, "fr", Stay(offer.start_date, offer.end_date))
    assert lines["Intitulé du stage"] == ["Médecine à Blois"]
    assert lines["Premier et dernier jour du stage"] == ["Du 2 mars 2027 au 3 mai 2027"]
    assert lines["Connaissances, aptitudes et compétences acquises"] == ["☐ Mener un entretien", "☐ Rédiger une note"]
    for label in ("Évaluation du stagiaire", "Programme détaillé, avec les tâches accomplies", "Nom du stagiaire"):
        assert lines[label] == []


def test_a_long_story_is_cut_at_a_paragraph_and_none_is_left_out_before(offer):
    texts = [f"<p>{word * 80}</p>" for word in ("premier ", "deuxième ", "troisième ")] + ["<p>court &amp; bon</p>"]
    publish(offer, summary="", body=[block("prose", texts[0]), block("prose", "".join(texts[1:]))])
    _data, lines = said(offer, "fr")
    assert [text.split()[0] for text in lines["Programme détaillé"]] == ["premier", "deuxième"]
    publish(offer, body=[block("prose", texts[3])])
    assert said(offer, "fr")[1]["Programme détaillé"] == ["court & bon"]


def test_the_form_for_traineeships_is_offered_for_traineeships_only(offer, client):
    address = ADDRESS.format(language="en")
    assert address in client.get(offer.url).content.decode()
    other = publish(OfferFactory(reference="LC41-1999-002", frameworks=[("observation", "", "observation")]))
    assert "learning-agreement" not in client.get(other.url).content.decode()


def test_the_page_offers_the_agreement_for_the_student_s_own_days(offer, client):
    days_asked = {"first": offer.start_date, "last": offer.end_date, "citizen": "eu"}
    page = client.get(offer.url, days_asked).content.decode()
    address = f"{ADDRESS.format(language='en')}?first={offer.start_date}&amp;last={offer.end_date}"
    assert address in page


def test_a_character_that_no_font_has_costs_no_document(offer, client):
    publish(offer, title="Stage 🏥 été")
    assert client.get(ADDRESS.format(language="fr")).status_code == 200
    assert client.get("/o/LC41-1999-001/share-fr.jpg").status_code == 200


def test_what_is_still_french_is_marked(offer):
    data, _lines = said(offer, "en")
    rows = [row for part in data["parts"] for section in part["sections"] for row in section["rows"]]
    languages_of = {row["label"]: row["language"] for row in rows}
    assert languages_of["Traineeship title"] == ""
    assert languages_of["Detailed programme"] == "fr"
    assert languages_of["Monitoring plan"] == ""


def test_her_own_days_stand_in_it_where_they_fit(offer, client):
    first, last = offer.start_date, offer.end_date
    plain = client.get(ADDRESS.format(language="en")).content
    fits = client.get(ADDRESS.format(language="en"), {"first": first.isoformat(), "last": last.isoformat()}).content
    wrong = client.get(ADDRESS.format(language="en"), {"first": "2020-01-01", "last": last.isoformat()}).content
    _data, lines = said(offer, "en", Stay(first, last))
    assert lines["Planned period of the physical mobility"][1] == "62 days as Erasmus+ counts, in months of thirty days"
    assert lines["Traineeship Certificate"] == ["Issued by 7 June 2027 at the latest."]
    assert len({len(plain), len(fits), len(wrong)}) == 3  # the third says that the days do not fit


def test_a_supervisor_who_does_not_agree_is_not_named(offer):
    supervisor = SupervisorFactory(name="Dr Hélène Varennes", host=offer.host)
    publish(offer, supervisor=supervisor)
    for agreed in (False, True):
        supervisor.publication_agreed = agreed
        supervisor.save()
        _data, lines = said(offer, "fr")
        assert lines["Tuteur\u00a0: nom"] == (["Dr Hélène Varennes"] if agreed else [])


def test_the_departement_s_own_texts_stand_in_it_and_say_whether_they_are_validated(offer, client):
    data, _lines = said(offer, "fr")
    assert any("pas encore confirmé" in notice for notice in data["notices"])
    LearningAgreementTexts.objects.create(
        site=Site.objects.get(), monitoring={"fr": "Un point chaque jour."}, validated=True
    )
    texts = LearningAgreementTexts.read(Site.objects.get())
    data, lines = said(offer, "fr", monitoring=texts.monitoring, validated=texts.validated)
    assert lines["Plan de suivi"] == ["Un point chaque jour."]
    assert not any("pas encore confirmé" in notice for notice in data["notices"])


def test_an_administrator_edits_these_texts(admin, site):
    page = admin.get("/admin/settings/territoire/learningagreementtexts/", follow=True)
    assert page.status_code == 200
    assert page.content.decode().count("<textarea") == 4 * len(settings.LANGUAGES)


def test_a_fictional_offer_s_agreement_says_so(offer):
    publish(offer, fictional=True)
    data, _lines = said(offer, "en")
    assert "fictional" in data["notices"][0]


def test_nothing_that_an_editor_writes_is_read_as_a_command(offer, client):
    publish(offer, title='#panic("x") *gras* $x$ \\ @ref <label>', summary='#read("/etc/passwd") "')
    assert client.get(ADDRESS.format(language="fr")).status_code == 200
    assert client.get("/o/LC41-1999-001/share-fr.jpg").status_code == 200


def test_the_certificate_can_still_be_printed_when_the_placement_has_ended(offer, client):
    publish(offer, start_date=days(-90), end_date=days(-20), deadline=days(-120))
    assert client.get(ADDRESS.format(language="en")).status_code == 200


def test_the_agreement_of_an_offer_that_is_gone_says_what_its_link_says(offer, client):
    nearest = publish(OfferFactory(title="Médecine à Vendôme", specialty=offer.specialty))
    offer.unpublish()
    answer = client.get(ADDRESS.format(language="en"), headers={"accept-language": "fr"})
    assert answer.status_code == 410
    assert '<html lang="en"' in answer.content.decode()
    assert version(nearest, "en").url in answer.content.decode()
    again = publish(OfferFactory(title="L’année suivante", repeats=offer))
    offer.delete()
    assert client.get(ADDRESS.format(language="fr"))["Location"] == again.url


def test_an_offer_without_an_erasmus_traineeship_has_no_agreement_for_one(offer, client):
    other = publish(OfferFactory(frameworks=[("erasmus_etudes", "Université de Tours", "observation")]))
    assert client.get(f"/o/{other.lasting_link.code}/learning-agreement-en.pdf").status_code == 404


def test_no_document_in_other_languages_or_of_nothing(offer, client):
    assert client.get(ADDRESS.format(language="de")).status_code == 404
    assert client.get("/o/unknown/learning-agreement-fr.pdf").status_code == 404
    assert client.get("/o/unknown/share-fr.jpg").status_code == 404


# --- The picture of shared links --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_a_shared_link_shows_a_picture_of_the_offer(offer, client, language):
    page = version(offer, language)
    head = client.get(page.url).content.decode()
    address = f"/o/LC41-1999-001/share-{language}.jpg"
    assert f'<meta property="og:image" content="{settings.SITE_URL}{address}">' in head
    answer = client.get(address)
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert len(answer.content) < 300_000


def test_the_longest_title_leaves_the_site_s_name_free(offer, client):
    """Where nothing is printed on the ground colour between the facts and the foot, they do not touch."""
    publish(offer, title=("Un très long intitulé de stage en médecine générale " * 5)[:255], fictional=True)
    picture = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content)).convert("L")
    rows = [picture.crop((60, y, 700, y + 1)).getextrema()[0] > 200 for y in range(440, 540)]
    assert any(all(rows[start : start + 8]) for start in range(len(rows) - 8))


def test_the_picture_shows_the_offer_s_own_and_its_words(offer, client):
    """Another title, another picture; the right third is the offer's own picture."""
    before = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content))
    publish(offer, title="Tout autre chose", town="Vendôme")
    after = Image.open(io.BytesIO(client.get("/o/LC41-1999-001/share-fr.jpg").content))
    assert before.crop((0, 0, 790, 630)).tobytes() != after.crop((0, 0, 790, 630)).tobytes()

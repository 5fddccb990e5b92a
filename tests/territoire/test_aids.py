"""Aids: what a student reads of one, who may have it, and the file that betagouv/aides-jeunes reads."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from jsonschema import Draft202012Validator

from factories import AidFactory, block, days, publish

pytestmark = pytest.mark.once

ALLOWANCE = {
    "title": "Allocation de stage",
    "reference": "aide-allocation",
    "giver": "Département de Loir-et-Cher",
    "giver_code": "departement_loir_et_cher",
    "local": True,
    "amount": 250,
    "period": "mois",
    "amount_note": "par mois de stage",
    "levels": ["cycle2_debut", "cycle2_fin"],
    "how_url": "https://exemple.fr/demande",
}


def conditions(*texts):
    """The value of an aid's conditions."""
    return [block("condition", text) for text in texts]


@pytest.fixture
def allowance(home):
    """An allowance of the Département's."""
    return publish(
        AidFactory(conditions=conditions("S’engager à exercer ici", "Être en troisième cycle."), **ALLOWANCE)
    )


def test_a_student_reads_amount_conditions_basis_and_where_to_ask(allowance, client):
    html = client.get(allowance.url).content.decode()
    for words in ("250\u00a0€", "par mois de stage", "S’engager à exercer ici", "https://exemple.fr/demande"):
        assert words in html
    assert "Code de la construction et de l’habitation" in html
    assert 'href="https://www.caf.fr/"' in html


def test_a_page_says_that_it_is_not_confirmed_until_it_is(allowance, client):
    said = "n’a pas encore confirmé cette page"
    assert said in client.get(allowance.url).content.decode()
    publish(allowance, to_be_validated=False)
    assert said not in client.get(allowance.url).content.decode()


def test_an_aid_has_a_link_that_lasts(allowance, client):
    assert client.get("/a/aide-allocation")["Location"].endswith(allowance.url)


def test_an_aid_without_an_amount_names_none(home, client):
    aid = publish(AidFactory(reference="aide-essai"))
    assert "€" not in client.get(aid.url).content.decode()
    assert client.get("/api/v1/aids/aide-essai").json()["amount"] is None


def test_the_list_holds_what_is_open_to_all_under_each_filter(home, client):
    publish(AidFactory(title="Pour tous"))
    publish(AidFactory(title="Pour la médecine", fields=["medecine"]))
    publish(AidFactory(title="Pour les Européens", citizenships=["eu"]))
    index = publish(AidFactory(title="Finie", valid_until=days(-1))).get_parent()

    def titles(**asked):
        answer = client.get(index.url, asked)
        return [page.title for page in answer.context_data["entries"]]

    assert titles() == ["Pour tous", "Pour la médecine", "Pour les Européens"]
    assert titles(field="pharmacie") == ["Pour tous", "Pour les Européens"]
    assert titles(citizenship="other") == ["Pour tous", "Pour la médecine"]


def test_a_student_filters_by_what_an_aid_is_for_and_where_one_is_enrolled(home, client):
    publish(AidFactory(title="Bourse", enrolments=["etranger"]))
    publish(AidFactory(title="Contrat", enrolments=["france"]))
    index = publish(AidFactory(title="Loyer", kind="logement")).get_parent()

    def titles(**asked):
        return [page.title for page in client.get(index.url, asked).context_data["entries"]]

    assert titles(kind="argent") == ["Bourse", "Contrat"]
    assert titles(kind=["logement", "trajets"]) == ["Loyer"]
    assert titles(enrolled="etranger") == ["Bourse", "Loyer"]
    assert titles(enrolled="france", kind="argent") == ["Contrat"]


def test_a_filter_that_no_aid_differs_in_is_not_shown(home, client):
    index = publish(AidFactory(title="Pour tous")).get_parent()
    assert "facet-citizenship" not in client.get(index.url).content.decode()
    publish(AidFactory(title="Pour les Européens", citizenships=["eu"]))
    document = client.get(index.url).content.decode()
    assert "facet-citizenship" in document
    assert "facet-kind-trajets" not in document, "an option that finds nothing"


def test_an_aid_that_has_ended_says_so_and_is_asked_for_no_more(home, client):
    aid = publish(AidFactory(valid_until=days(-1), how_url="https://exemple.fr/demande"))
    html = client.get(aid.url).content.decode()
    assert "https://exemple.fr/demande" not in html.partition("<main")[2]
    assert client.get("/data/aids.json").json()["benefits"] == []


WRONG = {
    "an amount of nothing": ({"amount": 250}, "period"),
    "a period of no amount": ({"period": "mois"}, "amount"),
    "the end before the beginning": ({"valid_from": days(5), "valid_until": days(4)}, "valid_until"),
    "nothing": ({"amount": 0, "period": "mois"}, "amount"),
    "a level of nobody's": ({"levels": ["cycle9"]}, "levels"),
}


@pytest.mark.parametrize("case", WRONG)
def test_an_aid_refuses(home, case):
    wrong, field = WRONG[case]
    aid = AidFactory()
    for name, value in wrong.items():
        setattr(aid, name, value)
    with pytest.raises(ValidationError) as refusal:
        aid.full_clean()
    assert list(refusal.value.message_dict) == [field]


# --- The file ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def answer(allowance, client):
    """The file with two aids, one of which is no money."""
    publish(AidFactory(title="Garantie de loyer", reference="aide-garantie", giver="Action Logement"))
    publish(AidFactory(title="Inventée", fictional=True))
    return client.get("/data/aids.json")


@pytest.fixture
def check(client, home):
    """Says with what the published schema finds fault."""
    schema = client.get("/data/aids.schema.json").json()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    return lambda data: [error.message for error in validator.iter_errors(data)]


def test_the_file_has_the_form_of_aides_jeunes(answer, check):
    data = answer.json()
    assert check(data) == []
    money, guarantee = data["benefits"]
    assert money == {
        "id": "aide-allocation",
        "label": "Allocation de stage",
        "institution": "departement_loir_et_cher",
        "description": "Une phrase qui dit l’essentiel.",
        "conditions": ["S’engager à exercer ici.", "Être en troisième cycle."],
        "conditions_generales": [{"type": "attached_to_institution"}],
        "profils": [
            {
                "type": "enseignement_superieur",
                "conditions": [{"type": "annee_etude", "values": ["master_1", "master_2", "autre"]}],
            },
            {"type": "stagiaire", "conditions": []},
        ],
        "link": "https://www.caf.fr/",
        "instructions": "https://exemple.fr/demande",
        "prefix": "l’aide",
        "type": "float",
        "unit": "€",
        "montant": 250.0,
        "legend": "par mois de stage",
        "periodicite": "mensuelle",
    }
    assert (guarantee["type"], guarantee["institution"]) == ("bool", "action_logement")
    assert "montant" not in guarantee


def test_the_schema_names_the_commit_that_was_read(client, home):
    assert "8843e65e767e9bdc42d5fda757935a09a60dbf49" in client.get("/data/aids.schema.json").json()["description"]


def test_the_file_says_its_schema_licence_and_date(answer):
    assert 'rel="describedby"' in answer["Link"]
    assert answer.json()["licence"]["name"] == "etalab-2.0"
    assert dt.datetime.fromisoformat(answer.json()["updated"])


@pytest.mark.parametrize(
    "key",
    [
        *("id", "label", "institution", "description", "conditions", "conditions_generales", "profils", "link"),
        *("prefix", "type", "periodicite", "montant"),
    ],
)
def test_a_key_that_is_left_out_is_found(answer, check, key):
    data = answer.json()
    del data["benefits"][0][key]
    assert check(data)


PLANTED = {
    "a condition without its full stop": {"conditions": ["Être étudiant"]},
    "a description of a word": {"description": "Aide"},
    "a description that is too long": {"description": "a" * 421},
    "a link that is none": {"link": "caf.fr"},
    "an unknown prefix": {"prefix": "mon"},
    "an unknown type": {"type": "text"},
    "an unknown period": {"periodicite": "hebdomadaire"},
    "an amount of nothing": {"montant": 0},
    "an amount in words": {"montant": "250 €"},
    "an amount of a yes or no": {"type": "bool"},
    "a local authority's aid for everywhere": {"conditions_generales": []},
    "an unknown profile": {"profils": [{"type": "touriste", "conditions": []}]},
    "an unknown year": {
        "profils": [{"type": "stagiaire", "conditions": [{"type": "annee_etude", "values": ["annee_7"]}]}]
    },
    "a département without its code": {"conditions_generales": [{"type": "departements"}]},
    "a key that they do not know": {"basis": "Code de l’éducation"},
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_fault_is_found(answer, check, case):
    data = answer.json()
    data["benefits"][0] |= PLANTED[case]
    assert check(data), case

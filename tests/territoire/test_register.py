"""The register of rules: a number stands in one place, a rule says its source, and readers see what has changed."""

import datetime as dt
import re
from pathlib import Path

import pytest
import time_machine
import yaml
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Choices
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.access.roles import ADMINISTRATION, PUBLISHING
from factories import (
    TODAY,
    FigureFactory,
    OfferFactory,
    QuestionFactory,
    RuleFactory,
    block,
    days,
    open_site,
    person,
    the_index,
    translate,
    version,
)
from territoire import choices
from territoire.models import Figure, Rule, RuleChange, RulesPage
from territoire.rules.places import computed_in
from territoire.rules.register import FigureCode, RuleCode, in_force, least_pay, number, with_figures

DEMO = Path(__file__).resolve().parents[2] / "home" / "demo"

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def register(home):
    """The public page of the register."""
    return the_index(RulesPage, "Les règles")


# --- Figures ---------------------------------------------------------------------------------------------------------
def test_a_fresh_site_knows_every_figure():
    assert all(in_force(code).value > 0 for code in FigureCode.values)
    assert (str(least_pay()[0]), least_pay()[1]) == ("4.35", 2024)


def test_no_choice_repeats_a_length_in_its_label():
    lists = [entry for entry in vars(choices).values() if isinstance(entry, type) and issubclass(entry, Choices)]
    with translation.override("en"):
        labels = [str(label) for entry in lists for label in entry.labels]
    assert labels
    assert [label for label in labels if re.search(r"\d+ (day|week|month|hour)", label)] == []


def test_the_latest_number_holds_from_its_day_on():
    FigureFactory(code=FigureCode.PAY_HOURS, value=308, valid_from=dt.date(2014, 12, 1))
    FigureFactory(code=FigureCode.PAY_HOURS, value=300, valid_from=days(10))
    assert number(FigureCode.PAY_HOURS) == 308
    assert number(FigureCode.PAY_HOURS, days(10)) == 300
    assert number(FigureCode.PAY_HOURS, dt.date(2000, 1, 1)) == 308  # nothing older is known


def test_least_pay_follows_the_ceiling_and_says_its_year():
    FigureFactory(code=FigureCode.HOURLY_CEILING, value=30, valid_from=dt.date(2026, 1, 1))
    assert (str(least_pay()[0]), least_pay()[1]) == ("4.50", 2026)


@pytest.mark.parametrize("value", ["59.5", "0", "-1"])
def test_a_number_of_days_is_whole_and_positive(value):
    with pytest.raises(ValidationError) as error:
        Figure(code=FigureCode.ERASMUS_DAYS, value=value, valid_from=TODAY, source="Guide").full_clean()
    assert "value" in error.value.error_dict


# --- Sentences ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("statement", ["Plus de {heures}", "Plus de {heures_gratification", "{} heures", "{0}"])
def test_what_stands_in_braces_is_a_figure(statement):
    rule = RuleFactory.build(statement=statement)
    with pytest.raises(ValidationError) as error:
        rule.full_clean()
    assert "statement" in error.value.error_dict


def test_numbers_are_written_as_the_reader_writes_them():
    FigureFactory(code=FigureCode.MOST_HOURS, value=1924)
    with translation.override("de"):
        assert with_figures("bis {heures_maximum} Stunden") == "bis 1.924 Stunden"
    with translation.override("fr"):
        assert with_figures("{heures_maximum} h").replace("\u202f", " ").replace("\xa0", " ") == "1 924 h"


def test_a_translation_with_a_slip_is_shown_as_it_was_written():
    assert with_figures("over {hours} hours, {") == "over {hours} hours, {"


# --- The public page ------------------------------------------------------------------------------------------------
def test_the_page_lists_each_rule_with_source_and_date(client, register):
    rule = RuleFactory(
        title="Gratification", statement="Au-delà de {heures_gratification} heures.", reference="gratification"
    )
    text = client.get(register.url).content.decode()
    assert 'id="gratification"' in text
    assert "Au-delà de 308 heures." in text
    assert rule.source_url in text
    assert "pas encore confirmé" in text
    assert "Mes dates" in text  # where it is computed


def test_a_validated_rule_says_no_more_that_it_is_not(client, register):
    RuleFactory(to_be_validated=False)
    assert "pas encore confirmé" not in client.get(register.url).content.decode()


def test_one_changed_number_is_seen_everywhere_at_once(client, register, wagtails_tasks):
    """The register, a question that states the rule, an offer's dates, the API, in two languages; and it is news."""
    open_site("de")
    rule = RuleFactory(
        title="Gratification", statement="Au-delà de {heures_gratification} heures.", reference="gratification"
    )
    translate(rule, "de", {"title": "Vergütung", "statement": "Über {heures_gratification} Stunden."})
    question = QuestionFactory(body=[block("prose", "<p>Oui.</p>"), block("rule", rule.pk)])
    translate(question, "de", {"title": "Geld?"})
    figure = FigureFactory(code=FigureCode.PAY_HOURS, value=308, valid_from=dt.date(2014, 12, 1))
    offer = OfferFactory(hours_per_week=35)
    stay = {"first": offer.start_date, "last": offer.start_date + dt.timedelta(days=34), "citizen": "eu"}

    def seen():
        german = version(question, "de")
        answer = client.get("/api/v1/dates", stay | {"offer": offer.reference, "lang": "fr"}).json()
        return {
            "page": client.get(register.url).content.decode(),
            "question": client.get(question.url).content.decode(),
            "german": client.get(german.url).content.decode(),
            "offer": client.get(offer.url, stay).content.decode(),
            "api": " ".join(line["text"] for line in answer["advice"]),
        }

    assert all("308" in text for text in seen().values())
    figure.value = 123
    figure.save()
    after = seen()
    assert {name for name, text in after.items() if "123" not in text} == set()
    assert not any("308" in after[name] for name in ("question", "german", "api"))
    assert "308 → 123" in after["page"]


@pytest.mark.parametrize(
    "changed", [{"value": 9}, {"valid_from": days(3)}, {"code": FigureCode.FULL_TIME}, {"source_url": "https://x.fr/"}]
)
def test_a_validated_figure_that_is_another_one_is_to_be_validated_again(home, changed):
    figure = FigureFactory(code=FigureCode.IFMSA_WEEKS, value=8, valid_from=days(-9), to_be_validated=False)
    figure.save()
    assert not figure.to_be_validated
    for name, value in changed.items():
        setattr(figure, name, value)
    figure.save()
    assert figure.to_be_validated


def test_what_was_told_of_a_figure_follows_its_day_and_goes_with_it(home):
    FigureFactory(code=FigureCode.PAY_HOURS, value=308, valid_from=days(-900))
    figure = FigureFactory(code=FigureCode.PAY_HOURS, value=200, valid_from=days(0))
    figure.valid_from = days(200)
    figure.save()
    (told,) = RuleChange.objects.all()
    assert (told.old, told.new, told.valid_from) == (308, 200, days(200))
    figure.delete()
    assert not RuleChange.objects.exists()


def test_a_rule_that_the_site_computes_is_not_deleted(home, admin):
    computed, other = RuleFactory(reference="gratification"), RuleFactory(reference="autre")
    for rule in (computed, other):
        admin.post(f"/admin/snippets/territoire/rule/delete/{rule.pk}/")
    answer = admin.post(f"/admin/bulk/territoire/rule/delete/?id={computed.pk}")
    assert answer.status_code == 403
    assert set(Rule.objects.values_list("reference", flat=True)) == {"gratification"}


def test_a_rule_that_is_worded_anew_is_news_and_a_new_one_is_not(client, register):
    rule = RuleFactory(title="Visa")
    assert "Ce qui a changé" not in client.get(register.url).content.decode()
    rule.statement = "Autrement dit."
    rule.save()
    assert "Ce qui a changé" in client.get(register.url).content.decode()


def test_a_rule_that_is_worded_anew_twice_in_a_day_is_told_once(client, register):
    """The day is that of Paris: half past midnight belongs to the next one."""
    rule = RuleFactory(title="Visa")

    def told():
        soup = BeautifulSoup(client.get(register.url).content, "html.parser")
        section = soup.find(id="changes-title")
        return [entry.time["datetime"] for entry in section.parent.select("li")]

    for statement in ("Autrement.", "Autrement dit."):
        rule.statement = statement
        rule.save()
    assert told() == ["2026-11-22"]
    with time_machine.travel("2026-11-24T00:30:00+01:00"):
        rule.statement = "Encore autrement."
        rule.save()
        assert told() == ["2026-11-24", "2026-11-22"]


def test_old_news_is_none(client, register):
    rule = RuleFactory()
    rule.statement = "Autrement."
    rule.save()
    RuleChange.objects.update(at=RuleChange.objects.get().at - dt.timedelta(days=400))
    assert "Ce qui a changé" not in client.get(register.url).content.decode()


def test_the_entry_lists_the_pages_that_state_it(client, register, wagtails_tasks):
    rule = RuleFactory()
    QuestionFactory(title="Mon argent", body=[block("rule", rule.pk)])
    wagtails_tasks()
    assert "Mon argent" in client.get(register.url).content.decode()


def test_more_rules_ask_no_more_queries(client, register):
    def queries():
        client.get(register.url)
        with CaptureQueriesContext(connection) as caught:
            client.get(register.url)
        return len(caught)

    RuleFactory()
    few = queries()
    RuleFactory.create_batch(12)
    assert queries() == few


# --- Editors --------------------------------------------------------------------------------------------------------
def test_editors_see_which_rules_are_due(client, home):
    RuleFactory(title="À revoir", checked_on=days(-400), review_on=days(-1))
    RuleFactory(title="Encore bonne", review_on=days(30))
    client.force_login(person(PUBLISHING))
    text = client.get("/admin/").content.decode()
    assert "À revoir" in text
    assert "Encore bonne" not in text


@pytest.mark.parametrize(("role", "may"), [(PUBLISHING, False), (ADMINISTRATION, True)])
def test_only_administrators_say_that_a_rule_is_validated(client, home, role, may):
    rule = RuleFactory()
    client.force_login(person(role))
    text = client.get(f"/admin/snippets/territoire/rule/edit/{rule.pk}/").content.decode()
    assert ('name="to_be_validated"' in text) is may


def test_every_rule_that_is_computed_has_its_entry_in_the_demo_and_says_where():
    entries = yaml.safe_load((DEMO / "regles.yaml").read_text())
    written = {entry["code"] for entry in entries["regles"]}
    assert {code for code in RuleCode.values if code not in written or not computed_in(code)} == set()
    assert {entry["code"] for entry in entries["chiffres_regles"]} == set(FigureCode.values)


# --- Territory files ------------------------------------------------------------------------------------------------
RULE = """
regles:
  - code: gratification
    titre: {fr: Gratification}
    regle: {fr: "Au-delà de {heures_gratification} heures."}
    source: {libelle: Code, url: "https://www.legifrance.gouv.fr"}
    verifie_le: 2026-11-01
    a_revoir_le: 2027-11-01
"""


def load(tmp_path, text, *options):
    file = tmp_path / "regles.yaml"
    file.write_text(text)
    call_command("load_territory", str(file), *options)


def test_a_file_loads_rules_and_figures(home, tmp_path):
    figure = "chiffres_regles: [{code: jours_erasmus, valeur: 61, depuis: 2026-01-01, source: {libelle: G, url: 'https://e.eu'}}]"
    load(tmp_path, RULE + figure)
    assert Rule.objects.get().reference == "gratification"
    assert number(FigureCode.ERASMUS_DAYS) == 61
    load(tmp_path, RULE + figure, "--yes")
    assert (Rule.objects.count(), Figure.objects.count(), RuleChange.objects.count()) == (1, 1, 0)


def test_a_rule_that_was_validated_stays_so_until_it_says_something_else(home, tmp_path):
    load(tmp_path, RULE)
    Rule.objects.update(to_be_validated=False)
    load(tmp_path, RULE, "--yes")
    assert not Rule.objects.get().to_be_validated
    load(tmp_path, RULE.replace("heures.", "heures de présence."), "--yes")
    assert Rule.objects.get().to_be_validated


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            "chiffres_regles: [{code: jours, valeur: 1, depuis: 2026-01-01, source: {libelle: G, url: 'https://e.eu'}}]",
            "jours",
        ),
        (RULE.replace("{heures_gratification}", "{heures}"), "heures"),
        (RULE.replace("2027-11-01", "2026-10-01"), "review_on"),
        (
            "faq: [{id: une-question, theme: argent, question: {fr: Q}, reponse: {fr: R}, regles: [inconnue]}]",
            "inconnue",
        ),
    ],
)
def test_a_file_with_a_fault_changes_nothing_and_says_where(home, tmp_path, wrong, said):
    file = tmp_path / "f.yaml"
    file.write_text(wrong)
    with pytest.raises(CommandError) as error:
        call_command("load_territory", str(file))
    assert said in str(error.value)
    assert not Rule.objects.exists()


def test_the_register_is_open_data_in_each_language(client, home):
    open_site("de")
    rule = RuleFactory(reference="gratification", statement="Au-delà de {heures_gratification} heures.")
    translate(rule, "de", {"title": "Vergütung", "statement": "Über {heures_gratification} Stunden."})
    FigureFactory(code=FigureCode.PAY_HOURS, value=308, to_be_validated=False)
    data = client.get("/data/rules.json").json()
    assert data["rules"][0]["statement"] == {"fr": "Au-delà de 308 heures.", "de": "Über 308 Stunden."}
    assert data["rules"][0]["confirmed"] is False
    assert [(figure["id"], figure["value"], figure["confirmed"]) for figure in data["figures"]] == [
        ("heures_gratification", 308.0, True)
    ]

"""My dates on a page of their own and in the API: one answer, one address, in each language."""

import datetime as dt

import pytest

from factories import FigureFactory, OfferFactory, days, open_site, the_index, translate
from territoire.desk.models import DatesPage
from territoire.rules.register import FigureCode, RuleCode

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# 59 days as the Commission counts, 60 of the calendar.
SHORT = {"first": "2027-07-01", "last": "2027-08-29", "citizen": "other", "university": "erasmus"}


@pytest.fixture
def page(home):
    return the_index(DatesPage, "Mes dates")


def advice(client, page, **asked):
    return client.get(page.url, asked).context["stay_form"].advice


def test_nothing_is_said_before_anything_is_asked(client, page):
    html = client.get(page.url).content.decode()
    assert 'class="error"' not in html
    assert 'class="advice"' not in html
    assert 'value="2' not in html


def test_the_answer_stands_under_an_address_that_one_can_send(client, page):
    html = client.get(page.url, SHORT).content.decode()
    assert "59 jours comptés comme Erasmus+" in html
    assert "?first=2027-07-01&amp;last=2027-08-30&amp;citizen=other&amp;university=erasmus#stay" in html
    assert "287 heures de présence" in html


def test_it_is_the_same_in_each_language(client, page):
    open_site("de")
    german = translate(page, "de", {"title": "Mein Zeitraum"})
    html = client.get(german.url, SHORT).content.decode()
    assert "59 Tage" in html
    html = client.get(german.url, SHORT | {"university": "other"}).content.decode()
    assert "nimmt nicht an Erasmus+ teil" in html
    assert "59 Tage" not in html, "then their length says nothing"


@pytest.mark.parametrize(
    ("university", "said"), [("erasmus", 0), ("", 0), ("joining", "Royaume-Uni"), ("other", "ne participe pas")]
)
def test_the_universitys_country_decides_about_erasmus(client, page, university, said):
    texts = [line.text for line in advice(client, page, **SHORT | {"university": university})]
    found = [text for text in texts if "Royaume-Uni" in text or "ne participe pas" in text]
    assert (said in found[0]) if said else not found


@pytest.mark.parametrize(("citizen", "said"), [("eu", 0), ("dz", 1), ("other", 0)])
def test_algerians_have_rules_of_their_own(client, page, citizen, said):
    texts = [line.text for line in advice(client, page, **SHORT | {"citizen": citizen})]
    assert sum("Algériens" in text for text in texts) == said


@pytest.mark.parametrize(
    ("last", "nearest"),
    [
        ("2027-09-28", None),  # 90 days need no such visa
        ("2027-09-29", ("2027-07-01", "2027-09-28")),
        ("2027-09-30", ("2027-07-01", "2027-09-28")),
        ("2027-10-01", None),  # 93 days are no slip of a day or two
    ],
)
def test_a_day_or_two_above_ninety_are_mended(client, page, last, nearest):
    lines = advice(client, page, **SHORT | {"last": last})
    found = [tuple(day.isoformat() for day in line.days) for line in lines if line.days]
    assert found == ([nearest] if nearest else [])
    assert not [line for line in advice(client, page, **SHORT | {"last": last, "citizen": "eu"}) if line.days]


def test_working_days_elsewhere_may_keep_it_under_the_limit(client, page):
    asked = {"first": "2027-09-06", "last": "2027-11-12", "citizen": "eu"}

    def owed(**more):
        return any("la structure doit" in line.text for line in advice(client, page, **asked, **more))

    assert owed()
    assert not owed(away="4")


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"last": "2027-06-01"}, "last"),
        ({"last": "2029-06-01", "first": "2026-12-01"}, "last"),
        ({"first": "0001-01-01", "last": "0001-03-01"}, "first"),
        ({"last": "9999-12-31"}, "last"),
        ({"first": "2026-03-01", "last": "2026-05-02"}, "last"),
        ({"away": "100"}, "away"),
        ({"first": "demain"}, "first"),
        ({"citizen": "moon"}, "citizen"),
        ({"university": "moon"}, "university"),
        ({"away": "-1"}, "away"),
        ({"earlier": "181"}, "earlier"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(client, page, asked, field):
    answer = client.get(page.url, SHORT | asked)
    errors = list(answer.context["stay_form"].errors)
    assert field in errors
    assert answer.content.decode().count('class="error"') == len(errors)


def test_placements_that_take_a_student_on_these_days_are_shown(client, page):
    dates = {"start_date": dt.date(2027, 6, 1), "end_date": dt.date(2027, 9, 30), "deadline": days(40)}
    fits = OfferFactory(min_weeks=4, max_weeks=9, **dates)
    OfferFactory(min_weeks=4, max_weeks=8, **dates)
    OfferFactory(min_weeks=10, max_weeks=12, **dates)
    OfferFactory(min_weeks=4, max_weeks=9, **dates | {"start_date": dt.date(2027, 7, 2)})
    OfferFactory(min_weeks=4, max_weeks=9, places_left=0, **dates)
    assert list(client.get(page.url, SHORT).context["offers"]) == [fits]


# --- The API --------------------------------------------------------------------------------------------------------
def ask(client, **asked):
    return client.get("/api/v1/dates", SHORT | asked | {"lang": "fr"})


def test_the_api_says_what_the_page_says(client, page):
    answer = ask(client).json()
    assert (answer["calendar_days"], answer["erasmus_days"]) == (60, 59)
    assert (answer["hours_of_presence"], answer["pay_due"], answer["fits"]) == (287, False, True)
    assert [line["text"] for line in answer["advice"]] == [line.text for line in advice(client, page, **SHORT)]
    assert answer["advice"][1]["days"] == {"first": "2027-07-01", "last": "2027-08-30"}


def test_an_offer_is_asked_by_its_id(client, page):
    dates = {"start_date": dt.date(2027, 7, 1), "end_date": dt.date(2027, 8, 29), "deadline": days(40)}
    offer = OfferFactory(max_weeks=8, hours_per_week=30, **dates)
    answer = ask(client, offer=offer.reference).json()
    assert answer["offer"]["id"] == offer.reference
    assert (answer["fits"], answer["problems"][0]["parameter"]) == (False, "last")
    assert answer["advice"][0]["days"] == {"first": "2027-07-01", "last": "2027-08-25"}
    assert ask(client, offer=offer.reference, last="2027-08-25").json()["hours_of_presence"] == 234
    assert ask(client, offer="LC41-1999-001").status_code == 404


@pytest.mark.parametrize(
    "asked", [{"first": "soon"}, {"first": "1798761600"}, {"citizen": "moon"}, {"away": "-1"}, {"colour": "red"}]
)
def test_a_parameter_that_is_wrong_is_named(client, page, asked):
    answer = ask(client, **asked)
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.json()["errors"]] == list(asked)


def test_earlier_days_count_in_the_days_that_spare_a_long_stay_visa(client, page):
    """Ninety days and thirty earlier ones would be too many."""
    asked = SHORT | {"first": "2027-03-01", "last": "2027-05-01", "earlier": "30"}
    (days,) = (line.days for line in advice(client, page, **asked) if line.days)
    assert (days[1] - days[0]).days + 1 == 60
    asked |= {"last": "2027-05-30"}
    (days,) = (line.days for line in advice(client, page, **asked) if line.days)
    assert days == (dt.date(2027, 3, 1), dt.date(2027, 4, 29)), "who was here before may have to end weeks earlier"
    said = advice(client, page, **(asked | {"earlier": "90"}))
    assert not [line for line in said if line.days]
    assert any("quand ils ne comptent plus" in line.text for line in said)


def test_the_figures_of_the_days_themselves_decide_about_them(client, page):
    FigureFactory(code=FigureCode.MONTHS_TO_SUBMIT, value=2, valid_from=days(-900))
    FigureFactory(code=FigureCode.MONTHS_TO_SUBMIT, value=4, valid_from=dt.date(2027, 1, 1))
    asked = {"first": "2027-03-01", "last": "2027-07-31", "citizen": "other"}
    (text,) = (line.text for line in advice(client, page, **asked) if "dépose" in line.text)
    assert "4 mois avant" in text
    assert "1er novembre 2026" in text.replace("\u00a0", " ")


def test_more_than_a_year_is_more_than_erasmus_pays_for(client, page):
    a_year = {"first": "2027-06-01", "last": "2028-05-31", "citizen": "eu"}
    assert not [line for line in advice(client, page, **a_year) if line.rule == RuleCode.PER_CYCLE]
    (said,) = (
        line for line in advice(client, page, **(a_year | {"last": "2028-09-30"})) if line.rule == RuleCode.PER_CYCLE
    )
    assert said.good is False


def test_pay_is_said_in_all(client, page):
    """308 hours and seven more at 4.35 € from the first hour on."""
    asked = {"first": "2027-09-06", "last": "2027-11-09", "citizen": "eu"}
    texts = [line.text.replace("\u00a0", " ").replace("\u202f", " ") for line in advice(client, page, **asked)]
    assert any("dès la première heure" in text and "au total" in text for text in texts), texts


def test_days_the_wrong_way_round_are_said_though_citizenship_is_missing(client, page):
    answer = client.get(page.url, {"first": "2027-06-01", "last": "2027-03-01"})
    assert set(answer.context["stay_form"].errors) == {"last", "citizen"}


def test_a_placement_that_is_too_long_is_said(client, page):
    asked = {"first": "2027-01-04", "last": "2027-12-31", "citizen": "eu"}
    assert any("924" in line.text and line.good is False for line in advice(client, page, **asked))


@pytest.mark.parametrize(("regime", "due"), [("inconnu", True), ("paramedical", False), ("convention_etranger", None)])
def test_the_api_says_of_pay_what_the_offers_rule_says(client, page, regime, due):
    dates = {"start_date": dt.date(2027, 3, 1), "end_date": dt.date(2027, 5, 30), "deadline": days(40)}
    offer = OfferFactory(max_weeks=13, pay_regime=regime, **dates)
    answer = ask(client, offer=offer.reference, first="2027-03-01", last="2027-05-30").json()
    assert answer["pay_due"] is due

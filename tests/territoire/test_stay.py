"""The student's own dates: grant and visa as guidance."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from factories import OfferFactory, days
from scenarios import scenario
from territoire.models import InternshipOfferPage
from territoire.models.offer_index import fits_between
from territoire.rules.stay import Citizenship, Stay, months_before
from territoire.rules.stay_form import StayForm

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FIRST = dt.date(2027, 3, 1)


def stay_of(length):
    """A stay of so many days, first and last counted."""
    return Stay(FIRST, FIRST + dt.timedelta(days=length - 1))


@pytest.mark.parametrize(("length", "counted", "enough"), [(60, 59, False), (61, 60, True), (62, 61, True)])
def test_an_erasmus_traineeship_lasts_sixty_days_as_erasmus_counts(length, counted, enough):
    """From 1 March on: its 31st is none."""
    stay = stay_of(length)
    assert stay.days == length
    assert stay.erasmus_advice().good is enough
    assert f"{counted} jours comptés comme Erasmus+" in stay.erasmus_advice().text


@pytest.mark.parametrize(
    ("citizenship", "length", "sentences", "good"),
    [
        (Citizenship.EUROPEAN, 30, 1, True),
        (Citizenship.EUROPEAN, 200, 1, True),
        (Citizenship.OTHER, 90, 2, None),
        (Citizenship.OTHER, 91, 2, None),
    ],
)
def test_a_visa_depends_on_citizenship_and_length(citizenship, length, sentences, good):
    advice = stay_of(length).visa_advice(citizenship, dt.date(2026, 11, 22))
    assert len(advice) == sentences
    assert advice[0].good is good


@pytest.mark.parametrize(
    ("first", "by"),
    [
        ("2027-03-01", "2027-01-01"),
        ("2027-04-30", "2027-02-28"),
        ("2028-04-30", "2028-02-29"),
        ("2027-05-31", "2027-03-31"),
        ("2027-08-31", "2027-06-30"),
        ("2027-01-15", "2026-11-15"),
        ("2027-02-28", "2026-12-28"),
        ("2027-12-31", "2027-10-31"),
    ],
)
def test_two_months_before_is_the_same_day_or_the_months_last(first, by):
    assert months_before(dt.date.fromisoformat(first), 2).isoformat() == by
    assert Stay(dt.date.fromisoformat(first), dt.date(2029, 1, 1)).agreement_signed_by.isoformat() == by


@pytest.mark.parametrize(("today", "late"), [("2026-12-31", False), ("2027-01-01", True), ("2027-01-02", True)])
def test_a_day_to_sign_that_has_passed_is_said(today, late):
    advice = stay_of(120).visa_advice(Citizenship.OTHER, dt.date.fromisoformat(today))
    assert (len(advice) == 3) is late
    assert (advice[1].good is False) is late
    assert "1 janvier 2027" in advice[1].text or "1er janvier 2027" in advice[1].text


# --- On the page ------------------------------------------------------------------------------------------------
@scenario
def offer():
    """18 weeks from 1 March to 4 July 2027, four weeks at least, under Erasmus+ traineeship."""
    return OfferFactory(
        start_date=FIRST, end_date=FIRST + dt.timedelta(days=18 * 7 - 1), min_weeks=4, max_weeks=18, deadline=days(40)
    )


def ask(client, offer, first="", last="", citizen=""):
    """The stay form of the offer's page, filled by the address."""
    answer = client.get(offer.url, {"first": first, "last": last, "citizen": citizen})
    assert answer.status_code == 200
    return answer.context["stay_form"], answer.content.decode()


def test_the_form_begins_with_the_whole_period_and_says_nothing_yet(client, offer):
    html = client.get(offer.url).content.decode()
    assert 'value="2027-03-01"' in html
    assert 'value="2027-07-04"' in html
    assert 'class="advice"' not in html
    assert 'class="error"' not in html


def test_a_romanian_student_learns_that_a_grant_is_possible(client, offer):
    form, html = ask(client, offer, "2027-03-01", "2027-04-30", "eu")
    assert [line.good for line in form.advice] == [True, None, True]
    assert form.advice[0].text in html


def test_who_stays_too_short_is_told_the_nearest_days_that_are_long_enough(client, offer):
    form, html = ask(client, offer, "2027-03-01", "2027-04-29", "eu")
    assert [line.good for line in form.advice] == [False, None, None, None, True]
    assert "1er mars\u2009–\u200930 avr. 2027" in form.advice[1].text
    assert form.advice[1].text in html
    assert "?first=2027-03-01&amp;last=2027-04-30&amp;citizen=eu#stay" in html, "one click takes them"


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (
            "2027-05-01",
            "308 heures de présence (44 jours, à 35 heures par semaine, sans les jours fériés) : la loi n’impose",
        ),
        (
            "2027-05-03",
            "315 heures de présence (45 jours, sans les jours fériés) : au-delà de 308 heures, la",
        ),
    ],
)
def test_hours_of_presence_say_from_when_on_pay_is_due(client, offer, last, words):
    """At 35 hours a week; Easter Monday is none of the days."""
    form, html = ask(client, offer, "2027-03-01", last, "eu")
    assert words in form.advice[1].text.replace("\u00a0", " ")
    assert form.advice[1].text in html


def test_where_no_stay_is_long_enough_nothing_is_promised(client, home):
    """Eight weeks are the host's longest stay."""
    offer = OfferFactory(start_date=days(100), end_date=days(190), max_weeks=8)
    form, html = ask(client, offer, days(100).isoformat(), days(150).isoformat(), "eu")
    assert form.advice[1].text == "Aucun séjour assez long ne tient dans ce stage."
    assert form.advice[1].text in html


def test_a_moroccan_student_learns_about_the_visa_and_when_to_sign(client, offer):
    form, html = ask(client, offer, "2027-03-01", "2027-06-30", "other")
    assert [line.good for line in form.advice] == [True, None, None, None]
    assert "janvier 2027" in form.advice[3].text
    assert html.count("<li class=") >= 3
    with time_machine.travel("2027-01-02T12:00:00Z"):
        form, _html = ask(client, offer, "2027-03-01", "2027-06-30", "other")
        assert [line.good for line in form.advice] == [True, None, None, False, False]


@pytest.mark.parametrize(
    ("earlier", "citizen", "good", "words"),
    [
        ("", "other", None, "visa de court séjour"),
        ("28", "other", None, "visa de court séjour"),
        ("29", "other", False, "cela fait 91, et 90 sont permis sur 180"),
        ("29", "eu", True, "pas besoin de visa"),
    ],
)
def test_earlier_days_in_schengen_count_with_the_stay(client, offer, earlier, citizen, good, words):
    """62 days from 1 March to 1 May."""
    asked = {"first": "2027-03-01", "last": "2027-05-01", "citizen": citizen, "earlier": earlier}
    answer = client.get(offer.url, asked)
    advice = answer.context["stay_form"].advice
    (said,) = (line for line in advice if words in line.text.replace("\u00a0", " "))
    assert said.good is good
    assert said.text in answer.content.decode()
    # A day less than 62 is what the 29 earlier ones leave.
    assert [line.days for line in advice if line.days] == ([(FIRST, dt.date(2027, 4, 30))] if good is False else [])


def test_earlier_days_that_are_no_number_are_refused_beside_the_field(client, offer):
    asked = {"first": "2027-03-01", "last": "2027-05-01", "citizen": "other", "earlier": "181"}
    answer = client.get(offer.url, asked)
    assert list(answer.context["stay_form"].errors) == ["earlier"]
    html = answer.content.decode()
    assert 'value="181"' in html
    assert 'id="id_earlier_error"' in html


def test_without_the_framework_the_box_says_whom_to_ask_about_a_grant(client, home):
    """A placement of thirteen weeks without a traineeship line: long enough, and yet no traineeship grant."""
    dates = {"start_date": days(100), "end_date": days(190), "max_weeks": 13}
    lines = {
        "observation": ("pas de cadre Erasmus+", "91 jours"),
        "erasmus_etudes": ("Erasmus+ études", f"{Stay(days(100), days(190)).erasmus_days} jours comptés"),
    }
    for framework, (words, length) in lines.items():
        offer = OfferFactory(frameworks=[(framework, "Université de Tours", "observation")], **dates)
        form, html = ask(client, offer, days(100).isoformat(), days(190).isoformat(), "eu")
        grant, _presence, _visa = form.advice
        assert grant.good is None
        assert length in grant.text
        assert words in grant.text
        assert "votre université" in grant.text
        assert grant.text in html
        assert "Erasmus+ 60" not in html, "nor is there a label that promises one"


@pytest.mark.parametrize(("length", "good"), [(60, False), (61, None)])
def test_studies_under_erasmus_last_two_months_as_well(client, home, length, good):
    """From 1 March on."""
    line = ("erasmus_etudes", "Université de Tours", "observation")
    period = {"start_date": FIRST, "end_date": FIRST + dt.timedelta(days=90), "deadline": days(40)}
    offer = OfferFactory(frameworks=[line], max_weeks=13, **period)
    form, _html = ask(client, offer, "2027-03-01", stay_of(length).last.isoformat(), "eu")
    grant = form.advice[0]
    assert len(form.advice) == (5 if good is False else 3)
    assert grant.good is good
    assert ("trop court pour" in grant.text) is (good is False)
    assert ("demandez cette bourse" in grant.text) is (good is None)


@pytest.mark.parametrize(
    ("first", "last", "citizen", "field", "message"),
    [
        ("2027-02-28", "2027-05-01", "eu", "first", "The placement has not begun yet on this day."),
        ("2027-03-01", "2027-07-05", "eu", "last", "The placement is over on this day."),
        ("2027-04-01", "2027-04-01", "eu", "last", "The end comes before the beginning."),
        ("2027-04-02", "2027-04-01", "eu", "last", "The end comes before the beginning."),
        ("2027-03-01", "2027-03-25", "eu", "last", None),
        ("soon", "2027-04-01", "eu", "first", None),
        ("2027-02-30", "2027-04-01", "eu", "first", None),
        ("", "2027-04-01", "eu", "first", None),
        ("2027-03-01", "2027-04-30", "", "citizen", None),
        ("2027-03-01", "2027-04-30", "martian", "citizen", None),
    ],
)
def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(client, offer, first, last, citizen, field, message):
    form, html = ask(client, offer, first, last, citizen)
    assert list(form.errors) == [field]
    if message:
        assert form.errors[field] == [_(message)]
    fitting = field != "citizen" and first < last and first.startswith("2027") and first != "2027-02-30"
    assert [line.days is not None for line in form.advice] == ([True] if fitting else [])
    assert html.count('class="error"') == 1
    for typed in filter(None, (first, last)):
        assert f'value="{typed}"' in html


def test_the_shortest_stay_is_accepted_to_the_day(client, offer):
    """Four weeks end on the fourth Friday."""
    form, _html = ask(client, offer, "2027-03-01", "2027-03-25", "eu")
    assert "4 semaines" in form.errors["last"][0].replace("\u00a0", " ")
    form, _html = ask(client, offer, "2027-03-01", "2027-03-26", "eu")
    assert form.is_valid()
    assert form.advice[0].good is False


@pytest.mark.parametrize(
    ("weeks", "framework", "suits"),
    [(8, "erasmus_stage", False), (9, "erasmus_stage", True), (9, "observation", False)],
)
def test_the_badge_of_sixty_days_is_computed(client, home, weeks, framework, suits):
    """Eight weeks are 56 days, nine are 63."""
    offer = OfferFactory(max_weeks=weeks, frameworks=[(framework, "", "observation")])
    assert offer.suits_erasmus_traineeship is suits
    assert ('<span class="badge">' in client.get(offer.url).content.decode()) is suits


@pytest.mark.parametrize("weeks", [1, 4, 8, 13, 16])
def test_so_many_weeks_end_on_friday_at_the_earliest_and_on_sunday_at_the_latest(home, weeks):
    """One definition: the offer, the student's stay, the list."""
    friday, sunday = stay_of(weeks * 7 - 2), stay_of(weeks * 7)
    for stay, short, long in (
        (stay_of(weeks * 7 - 3), True, False),
        (friday, False, False),
        (sunday, False, False),
        (stay_of(weeks * 7 + 1), False, True),
    ):
        assert (stay.is_shorter_than(weeks), stay.is_longer_than(weeks)) == (short, long)
    assert friday.full_weeks == sunday.full_weeks == weeks
    offer = OfferFactory(start_date=FIRST, end_date=friday.last, min_weeks=weeks, max_weeks=weeks, deadline=days(40))
    offer.full_clean()
    for last, listed in ((friday.last, True), (friday.last - dt.timedelta(days=1), False)):
        found = InternshipOfferPage.objects.filter(fits_between(FIRST, last))
        assert found.exists() is listed
        form = StayForm({"first": FIRST, "last": last, "citizen": "eu"}, offer=offer)
        assert form.is_valid() is listed


def test_eight_weeks_from_monday_to_friday_are_eight_weeks(home):
    offer = OfferFactory(
        start_date=dt.date(2027, 5, 3), end_date=dt.date(2027, 6, 25), min_weeks=8, max_weeks=8, deadline=days(40)
    )
    offer.full_clean()
    offer.end_date = dt.date(2027, 6, 24)
    with pytest.raises(ValidationError):
        offer.full_clean()


def test_a_stay_longer_than_the_host_takes_is_refused_and_not_printed(client, home):
    """A host that takes sixteen weeks does not hear that 168 days are long enough."""
    offer = OfferFactory(start_date=FIRST, end_date=stay_of(24 * 7).last, max_weeks=16, deadline=days(40))
    form, html = ask(client, offer, FIRST.isoformat(), offer.end_date.isoformat(), "eu")
    assert "last" in form.errors
    assert [line.days for line in form.advice] == [(FIRST, stay_of(16 * 7).last)]
    assert "168" not in html
    assert StayForm.for_offer(offer, QueryDict()).initial["last"] == stay_of(16 * 7).last
    form, _html = ask(client, offer, FIRST.isoformat(), stay_of(16 * 7).last.isoformat(), "eu")
    assert form.is_valid()

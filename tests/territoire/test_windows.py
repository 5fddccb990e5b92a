"""Until when one may ask under each framework: the rule alone, from days that were published."""

import datetime as dt

import pytest

from factories import days
from territoire.rules.windows import (
    Reason,
    Requests,
    Term,
    Window,
    closing_of,
    coming_years,
    copies,
    moved,
    requests_on,
    semester_of,
    span_of,
)

pytestmark = pytest.mark.django_db

day = dt.date.fromisoformat
# Published by the university of Tours for 2024-25.
TOURS = [
    Window(2024, 1, day("2024-05-31"), day("2024-03-25"), to_be_validated=False),
    Window(2024, 2, day("2024-11-15"), day("2024-10-07"), to_be_validated=False),
]
AUTUMN = {"first": day("2024-09-09"), "last": day("2024-12-15")}
SPRING = {"first": day("2025-02-03"), "last": day("2025-04-06")}


@pytest.mark.parametrize(
    ("period", "closes"),
    [(AUTUMN, "2024-05-31"), (SPRING, "2024-11-15")],
)
def test_studies_close_with_the_window_of_their_semester(period, closes):
    closing = closing_of("erasmus_etudes", windows=TOURS, deadline=period["first"], **period)
    assert (closing.day, closing.reason) == (day(closes), Reason.WINDOW)
    assert closing.known.academic_year == "2024-25"
    assert not closing.is_copy


@pytest.mark.parametrize(
    ("first", "last", "closes"),
    [
        ("2027-03-01", "2027-05-02", "2026-11-15"),
        ("2027-09-06", "2027-11-14", "2027-05-31"),
        ("2027-06-07", "2027-08-08", "2026-11-15"),
        # A period may begin some days before the semester that covers it.
        ("2028-08-30", "2028-11-28", "2028-05-31"),
    ],
)
def test_a_later_year_uses_the_same_days_of_the_latest_year_that_is_known(first, last, closes):
    closing = closing_of("erasmus_etudes", windows=TOURS, first=day(first), last=day(last))
    assert closing.day == day(closes)
    assert closing.is_copy
    assert closing.window.to_be_validated
    assert closing.known.academic_year == "2024-25"


def test_the_latest_known_year_goes_before_older_ones():
    newer = Window(2025, 2, day("2025-11-20"), day("2025-10-06"))
    for windows in ([*TOURS, newer], [newer, *TOURS]):
        closing = closing_of("erasmus_etudes", windows=windows, first=day("2027-03-01"), last=day("2027-05-02"))
        assert (closing.day, closing.known.year) == (day("2026-11-20"), 2025)


def test_a_window_of_a_later_year_says_nothing_of_an_earlier_one():
    closing = closing_of(
        "erasmus_etudes", windows=TOURS, deadline=day("2023-01-10"), first=day("2023-03-01"), last=day("2023-05-01")
    )
    assert (closing.day, closing.reason) == (day("2023-01-10"), Reason.UNKNOWN)


def test_a_window_that_nobody_knows_leaves_the_day_of_the_offer():
    closing = closing_of("erasmus_etudes", windows=TOURS[:1], deadline=day("2025-01-10"), **SPRING)
    assert (closing.day, closing.reason) == (day("2025-01-10"), Reason.UNKNOWN)


def test_no_line_outlives_the_day_of_the_offer():
    early = day("2024-05-01")
    assert closing_of("erasmus_etudes", windows=TOURS, deadline=early, **AUTUMN).day == early
    assert closing_of("ifmsa_scope", deadline=early, first=day("2024-07-01"), last=day("2024-07-28")).day == early


def test_a_window_that_the_offer_cuts_short_keeps_its_first_day_and_its_doubt():
    """A placement in autumn 2027, whose window is a copy of 2024-25's: 25 March to 31 May."""
    autumn = {"first": day("2027-09-06"), "last": day("2027-11-14")}
    closing = closing_of("erasmus_etudes", windows=TOURS, deadline=day("2027-05-15"), **autumn)
    assert (closing.day, closing.reason) == (day("2027-05-15"), Reason.OFFER)
    assert closing.opens == day("2027-03-25")
    assert closing.known.academic_year == "2024-25"
    assert not closing.is_confirmed
    published = closing_of("erasmus_etudes", windows=TOURS, deadline=day("2024-05-15"), **AUTUMN)
    assert (published.opens, published.is_confirmed) == (day("2024-03-25"), True)


def test_an_offer_that_ends_with_the_window_closes_with_it():
    closing = closing_of("erasmus_etudes", windows=TOURS, deadline=day("2024-05-31"), **AUTUMN)
    assert (closing.day, closing.reason, closing.opens) == (day("2024-05-31"), Reason.WINDOW, day("2024-03-25"))


@pytest.mark.parametrize(
    ("today", "opens", "closes", "expected"),
    [
        ("2027-03-24", "2027-03-25", "2027-05-31", Requests.NOT_YET_OPEN),
        ("2027-03-25", "2027-03-25", "2027-05-31", Requests.OPEN),
        ("2027-05-31", "2027-03-25", "2027-05-31", Requests.OPEN),
        ("2027-06-01", "2027-03-25", "2027-05-31", Requests.CLOSED),
        ("2027-03-24", None, "2027-05-31", Requests.OPEN),
        # An offer that closes before nominations begin.
        ("2027-03-24", "2027-03-25", "2027-03-01", Requests.CLOSED),
        ("2027-03-24", None, None, Requests.CLOSED),
    ],
)
def test_requests_are_open_between_both_days(today, opens, closes, expected):
    assert requests_on(day(today), closes and day(closes), opens and day(opens)) == expected


@pytest.mark.parametrize("framework", ["ifmsa_scope", "ifmsa_score"])
def test_the_card_of_acceptance_of_ifmsa_is_due_eight_weeks_before(framework):
    closing = closing_of(framework, deadline=day("2027-06-01"), first=day("2027-07-05"), last=day("2027-08-01"))
    assert (closing.day, closing.reason) == (day("2027-05-10"), Reason.CARD)


@pytest.mark.parametrize("framework", ["erasmus_stage", "convention_bilaterale", "observation", "stage_conventionne"])
def test_other_frameworks_close_with_the_offer(framework):
    closing = closing_of(framework, windows=TOURS, deadline=day("2024-08-01"), **AUTUMN)
    assert (closing.day, closing.reason) == (day("2024-08-01"), Reason.OFFER)


@pytest.mark.parametrize("framework", ["erasmus_etudes", "ifmsa_scope", "observation"])
def test_a_day_that_is_typed_holds(framework):
    closing = closing_of(framework, typed=day("2024-08-30"), windows=TOURS, deadline=day("2024-05-01"), **AUTUMN)
    assert (closing.day, closing.reason) == (day("2024-08-30"), Reason.TYPED)


def test_a_draft_without_days_closes_on_none():
    assert closing_of("erasmus_etudes", windows=TOURS).day is None
    assert closing_of("ifmsa_scope").day is None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-09-01", "2026-12-31", (2026, 1)),
        ("2027-01-04", "2027-01-31", (2026, 1)),
        ("2027-02-01", "2027-02-28", (2026, 2)),
        ("2027-07-05", "2027-08-01", (2026, 2)),
        ("2026-08-24", "2026-09-20", (2026, 1)),
    ],
)
def test_the_middle_of_a_period_says_its_semester(first, last, expected):
    assert semester_of(day(first), day(last)) == expected


def test_semesters_that_the_university_publishes_go_first():
    spring = Term(2026, 2, day("2027-01-11"), day("2027-06-18"))
    assert semester_of(day("2027-01-11"), day("2027-01-31"), [spring]) == (2026, 2)
    assert semester_of(day("2027-09-06"), day("2027-10-31"), [spring]) == (2027, 1)


def test_a_leap_day_is_copied_to_the_last_day_of_february():
    assert moved(Window(2023, 2, day("2024-02-29")), 2024).closes == day("2025-02-28")


def test_the_next_window_of_each_semester_is_a_copy_until_it_is_published():
    assert coming_years(TOURS, days(0)) == {2027}  # on 22 November 2026
    assert coming_years(TOURS, day("2024-06-01")) == {2024, 2025}
    assert coming_years([], days(0)) == set()


def test_copies_stand_in_for_the_years_that_are_asked_for_and_not_published():
    found = copies(TOURS, [2027, 2024, 2026, 2023])
    assert [(window.academic_year, window.semester, window.closes) for window in found] == [
        ("2026-27", 1, day("2026-05-31")),
        ("2026-27", 2, day("2026-11-15")),
        ("2027-28", 1, day("2027-05-31")),
        ("2027-28", 2, day("2027-11-15")),
    ]
    assert all(window.to_be_validated for window in found)
    assert copies([], [2026]) == []


def test_the_days_of_a_semester_are_those_that_the_rule_gives_it():
    assert span_of(2026, 1) == (day("2026-09-01"), day("2027-01-31"))
    assert span_of(2026, 2) == (day("2027-02-01"), day("2027-08-31"))
    spring = [Term(2026, 2, day("2027-01-11"), day("2027-06-18"))]
    assert span_of(2026, 1, spring) == (day("2026-09-01"), day("2027-01-10"))
    assert span_of(2026, 2, spring) == (day("2027-01-11"), day("2027-08-31"))
    assert span_of(2026, 1, [Term(2026, 2, day("2026-06-01"), day("2027-08-31"))]) is None

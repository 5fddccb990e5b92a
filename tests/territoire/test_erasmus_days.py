"""Days of an Erasmus+ stay as the Commission counts them, and the nearest days that mend a stay which is too short."""

import datetime as dt
from itertools import product

import pytest

from territoire.rules.erasmus import counted_days, fitted, is_long_enough, mended
from territoire.rules.stay import Stay

pytestmark = pytest.mark.once

DAY = dt.timedelta(days=1)
YEAR = [dt.date(2027, 1, 1) + number * DAY for number in range(365)]


def day(text):
    return dt.date.fromisoformat(text)


def by_months(first, last):
    """The same count made otherwise: month after month, each of thirty days, of which the stay has some."""
    days, year, month = 0, first.year, first.month
    while (year, month) <= (last.year, last.month):
        begins = min(first.day, 30) if (year, month) == (first.year, first.month) else 1
        ends = min(last.day, 30) if (year, month) == (last.year, last.month) else 30
        days += ends - begins + 1
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return days


# --- Known values -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "calendar", "counted"),
    [
        ("2023-01-01", "2023-04-15", 105, 105),  # the Commission's own example
        ("2027-06-07", "2027-08-05", 60, 59),
        ("2027-06-07", "2027-08-06", 61, 60),
        ("2027-07-01", "2027-08-29", 60, 59),
        ("2027-07-01", "2027-08-30", 61, 60),
        ("2027-01-02", "2027-03-01", 59, 60),
        ("2027-02-01", "2027-03-31", 59, 60),
        ("2028-02-01", "2028-03-31", 60, 60),
        ("2027-12-15", "2028-02-14", 62, 60),
        ("2027-05-31", "2027-05-31", 1, 1),
    ],
)
def test_known_stays_are_as_long_as_the_commission_says(first, last, calendar, counted):
    stay = Stay(day(first), day(last))
    assert (stay.days, stay.erasmus_days) == (calendar, counted)
    assert is_long_enough(stay.first, stay.last, 60) is (counted >= 60)


@pytest.mark.parametrize(("length", "enough"), [(57, 0), (58, 2), (59, 58), (60, 67), (61, 307), (62, 365)])
def test_how_many_starts_of_a_year_make_so_many_calendar_days_enough(length, enough):
    assert sum(is_long_enough(first, first + (length - 1) * DAY, 60) for first in YEAR) == enough


def test_every_stay_of_six_years_is_counted_as_month_after_month():
    """Leap years included; lengths around two months, and long ones."""
    first, end = dt.date(2024, 1, 1), dt.date(2030, 1, 1)
    while first < end:
        for length in (*range(1, 70), 89, 91, 181, 365, 366, 400):
            last = first + (length - 1) * DAY
            assert counted_days(first, last) == by_months(first, last), (first, last)
        first += DAY


# --- What mends a stay --------------------------------------------------------------------------------------------
EARLIEST, LATEST = dt.date(2027, 1, 20), dt.date(2027, 5, 3)
PERIOD = [EARLIEST + number * DAY for number in range((LATEST - EARLIEST).days + 1)]


def nearest_of_all(first, last, lengths, needed=60):
    """The fewest days by which one can move to a stay of the period that is long enough, whatever it is."""
    moved = [
        abs((start - first).days) + abs((end - last).days)
        for start, end in product(PERIOD, PERIOD)
        if start <= end and (end - start).days + 1 in lengths and by_months(start, end) >= needed
    ]
    return min(moved, default=None)


@pytest.mark.parametrize(
    "lengths", [range(1, top + 1) for top in (56, 58, 59, 60, 63, 91)] + [range(61, 92), range(68, 92)]
)
@pytest.mark.parametrize("length", [14, 40, 57, 58, 59, 60])
def test_the_nearest_stay_is_really_the_nearest(length, lengths):
    for first in PERIOD[:: 3 if length > 50 else 9]:
        last = first + (length - 1) * DAY
        if last > LATEST or is_long_enough(first, last, 60):
            continue
        check_nearest(mended(first, last, EARLIEST, LATEST, lengths, 60), first, last, lengths, needed=60)


def check_nearest(found, first, last, lengths, needed):
    fewest = nearest_of_all(first, last, lengths, needed)
    assert (found is None) is (fewest is None), first
    if found:
        start, end = found
        assert EARLIEST <= start <= end <= LATEST
        assert (end - start).days + 1 in lengths
        assert by_months(start, end) >= needed
        assert abs((start - first).days) + abs((end - last).days) == fewest


@pytest.mark.parametrize("needed", [30, 61, 75, 90])
def test_another_number_of_days_has_its_nearest_stay_too(needed):
    for first in PERIOD[::11]:
        for length in (needed - 6, needed - 1):
            last = first + (length - 1) * DAY
            if last > LATEST or is_long_enough(first, last, needed):
                continue
            lengths = range(1, 105)
            check_nearest(mended(first, last, EARLIEST, LATEST, lengths, needed), first, last, lengths, needed)


@pytest.mark.parametrize("lengths", [range(1, 105), range(20, 31), range(60, 61), range(104, 110), range(105, 110)])
@pytest.mark.parametrize("length", [5, 25, 45, 100, 150])
def test_days_that_do_not_fit_move_as_little_as_possible(length, lengths):
    for first in [EARLIEST - 40 * DAY, EARLIEST - DAY, *PERIOD[::17], LATEST + 9 * DAY]:
        last = first + (length - 1) * DAY
        check_nearest(fitted(first, last, EARLIEST, LATEST, lengths), first, last, lengths, needed=-999)


@pytest.mark.parametrize(
    ("first", "last", "latest", "found"),
    [
        ("2027-06-07", "2027-08-05", "2027-09-30", ("2027-06-07", "2027-08-06")),
        ("2027-07-01", "2027-08-29", "2027-09-30", ("2027-07-01", "2027-08-30")),
        ("2027-07-01", "2027-08-29", "2027-08-29", ("2027-06-30", "2027-08-29")),
        ("2027-06-01", "2027-07-15", "2027-07-30", ("2027-06-01", "2027-07-30")),
    ],
)
def test_the_end_moves_before_the_beginning_does(first, last, latest, found):
    mending = mended(day(first), day(last), day("2027-06-01"), day(latest), range(1, 92), 60)
    assert mending == (day(found[0]), day(found[1]))


def test_a_period_that_is_too_short_has_no_stay_that_is_long_enough():
    assert mended(day("2027-06-01"), day("2027-06-30"), day("2027-06-01"), day("2027-07-29"), range(1, 92), 60) is None
    assert mended(day("2027-06-01"), day("2027-06-30"), day("2027-06-01"), day("2027-12-31"), range(1, 57), 60) is None

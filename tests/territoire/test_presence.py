"""Hours of presence, public holidays, and from when on pay is due."""

import datetime as dt
from decimal import Decimal

import pytest

from territoire.rules.presence import Presence, public_holidays

pytestmark = [pytest.mark.once, pytest.mark.django_db]

MARCH, MAY = dt.date(2027, 3, 1), dt.date(2027, 5, 1)


def weeks(number, hours):
    """So many weeks without a public holiday, from Monday to Sunday."""
    first = dt.date(2027, 9, 6)
    return Presence(first, first + dt.timedelta(days=7 * number - 1), hours, on_holidays=True)


@pytest.mark.parametrize(
    ("presence", "days", "hours", "paid"),
    [
        (weeks(9, 35), 45, 315, True),
        (weeks(8, 35), 40, 280, False),
        (Presence(MARCH, MAY, 35, on_holidays=True), 45, 315, True),
        (Presence(MARCH, MAY, 34, on_holidays=True), 45, 306, False),
        (Presence(MARCH, MAY, 35), 44, 308, False),  # without Easter Monday: the limit itself is not above it
        (Presence(MARCH, MAY, 36), 44, Decimal("316.8"), True),
    ],
)
def test_known_placements_have_their_hours(presence, days, hours, paid):
    assert (presence.days, presence.hours, presence.is_paid) == (days, hours, paid)


def test_a_year_has_eleven_public_holidays_on_their_days():
    assert sorted(day.isoformat() for day in public_holidays(2027)) == [
        *("2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14"),
        *("2027-08-15", "2027-11-01", "2027-11-11", "2027-12-25"),
    ]
    assert dt.date(2026, 5, 14) in public_holidays(2026)  # Ascension


def test_a_holiday_on_a_weekend_takes_nothing_away():
    week = dt.date(2027, 8, 9), dt.date(2027, 8, 15)
    assert Presence(*week, 35).days == Presence(*week, 35, on_holidays=True).days == 5


def test_working_days_elsewhere_are_no_presence():
    assert Presence(MARCH, MAY, 35, away=4).hours == 280
    assert Presence(MARCH, MAY, 35, away=400).hours == 0


def test_six_months_are_the_most():
    assert not weeks(26, 35).is_too_long
    assert weeks(27, 35).is_too_long

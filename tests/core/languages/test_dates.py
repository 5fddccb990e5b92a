"""One way to write a date, wherever it stands."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.languages.dates import clock, interval, long_date, weekday_date

pytestmark = pytest.mark.once

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 12, 31))


@given(day=DAYS, length=st.integers(0, 400))
@settings(max_examples=120)
def test_the_first_of_a_month_is_1er_in_french_and_no_other_day(day, length):
    last = day + dt.timedelta(days=length)
    with translation.override("fr"):
        for text in (long_date(day), weekday_date(day)):
            assert ("1er " in text) is (day.day == 1)
        text = interval(day, last)
        assert text.count("1er") == [day.day, *([last.day] if last != day else [])].count(1)
    with translation.override("en"):
        assert "1er" not in interval(day, last)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "samedi 1er janvier 2028"),
        ("en", "Saturday, 1 January 2028"),
        ("es", "sábado, 1 de enero de 2028"),
        ("de", "Samstag, 1. Januar 2028"),
    ],
)
def test_a_day_with_its_weekday(language, text):
    with translation.override(language):
        assert weekday_date(dt.date(2028, 1, 1)) == text


@pytest.mark.parametrize(("language", "text"), [("fr", "18h30"), ("en", "18:30"), ("es", "18:30"), ("de", "18:30 Uhr")])
def test_a_time_of_the_day(language, text):
    with translation.override(language):
        assert clock(dt.datetime(2028, 1, 1, 18, 30)) == text

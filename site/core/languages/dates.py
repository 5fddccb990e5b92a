"""Dates as the reader's language writes them (Unicode CLDR, by Babel)."""

import datetime as dt
import re

from babel.dates import format_date, format_interval
from django.utils.dateparse import parse_date
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from .localization import cldr_code, reader_language

# The first day of a month before its name, or before the last day of an interval.
FIRST = re.compile(r"(?<![\d/.-])1(?=[ \u00a0\u202f\u2009]*(?:[^\W\d]|[–-]))")


def _first(text: str) -> str:
    """French writes the first of a month "1er", which CLDR leaves to the writer."""
    return FIRST.sub("1er", text) if reader_language() == "fr" else text


def long_date(day: dt.date) -> str:
    """Return "1er mars 2027"."""
    return _first(format_date(day, "long", locale=cldr_code()))


def weekday_date(day: dt.date) -> str:
    """Return "samedi 1er janvier 2028"."""
    return _first(format_date(day, "full", locale=cldr_code()))


def clock(moment: dt.datetime) -> str:
    """Return a time of the day: "18h30" in French, "18:30 Uhr" in German."""
    return time_format(moment, _("H:i"))


def day_field_type(typed: str) -> str:
    """Return the type of a field that shows what was typed for a day: browsers empty a date field that holds none."""
    try:
        understood = not typed or parse_date(typed) is not None
    except ValueError:
        understood = False
    return "date" if understood else "text"


def month_and_year(day: dt.date) -> str:
    """Return a month in the reader's language: "mars 2027"."""
    return format_date(day, "LLLL yyyy", locale=cldr_code())


def interval(start: dt.date, end: dt.date) -> str:
    """Return "1er mars – 2 mai 2027": month and year are said once where they are the same."""
    return _first(format_interval(start, end, "yMMMd", locale=cldr_code()))


def months_between(start: dt.date, end: dt.date) -> list[dt.date]:
    """Return the first day of each month from that of `start` to that of `end`."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1)]

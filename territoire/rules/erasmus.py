"""How long an Erasmus+ stay is, as the European Commission counts it, and which other days make it long enough.

A long mobility is counted in months of thirty days, not in days of the calendar: February counts thirty, a 31st is
the 30th. The short ones (5 to 30 days) are counted by the calendar.

Source: European Commission, NA IT Documentation Centre (wikis.ec.europa.eu, NAITDOC), "Duration Calculated (days)
field in KA131 mobility activities", whose example is 1 January – 15 April 2023 = 105 days; Erasmus+ Programme Guide,
mobility of higher education students: at least two months, which are 60 days. Read in November 2026.
"""

import datetime as dt

# Two months: the shortest traineeship, and the shortest studies.
ERASMUS_DAYS = 60
MONTH = 30
# Calendar days that may be enough (over the end of February), and those that always are.
MAYBE_ENOUGH, ALWAYS_ENOUGH = 58, 62
DAY = dt.timedelta(days=1)


def counted_days(first: dt.date, last: dt.date) -> int:
    """Return the length of a long mobility in days, both ends counted, as the Commission's module computes it."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months * MONTH + min(last.day, MONTH) - min(first.day, MONTH) + 1


def is_long_enough(first: dt.date, last: dt.date) -> bool:
    """Say whether a stay is as long as an Erasmus+ traineeship, or studies, must be."""
    return counted_days(first, last) >= ERASMUS_DAYS


def mended(
    first: dt.date, last: dt.date, earliest: dt.date, latest: dt.date, longest: int
) -> tuple[dt.date, dt.date] | None:
    """Return the nearest stay that is long enough to one that is too short, or None where none fits.

    Nearest is what moves the fewest days altogether; of several, what leaves the first day as it is, or nearest to it.
    `earliest` and `latest` are the offer's first and last day, `longest` the most calendar days that the host accepts.
    """
    starts = (earliest + days * DAY for days in range((latest - earliest).days + 1))
    # No nearest stay has more days than what is always enough: a day less would be nearer.
    lengths = range(MAYBE_ENOUGH, min(longest, ALWAYS_ENOUGH) + 1)
    stays = ((start, start + (length - 1) * DAY) for start in starts for length in lengths)
    enough = (stay for stay in stays if stay[1] <= latest and is_long_enough(*stay))

    def moved(stay: tuple[dt.date, dt.date]) -> tuple[int, int, dt.date]:
        at_start, at_end = abs((stay[0] - first).days), abs((stay[1] - last).days)
        return at_start + at_end, at_start, stay[0]

    return min(enough, key=moved, default=None)

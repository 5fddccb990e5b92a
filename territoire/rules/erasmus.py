"""How long an Erasmus+ stay is, as the European Commission counts it, and which other days make it long enough.

A long mobility is counted in months of thirty days, not in days of the calendar: February counts thirty, a 31st is
the 30th. The short ones (5 to 30 days) are counted by the calendar.

Source: European Commission, NA IT Documentation Centre (wikis.ec.europa.eu, NAITDOC), "Duration Calculated (days)
field in KA131 mobility activities", whose example is 1 January – 15 April 2023 = 105 days; Erasmus+ Programme Guide,
mobility of higher education students: at least two months, which are 60 days. Read in November 2026.
"""

import datetime as dt

# A month as it is counted, and the shortest and the longest of the calendar.
MONTH, SHORTEST_MONTH, LONGEST_MONTH = 30, 28, 31
DAY = dt.timedelta(days=1)


def counted_days(first: dt.date, last: dt.date) -> int:
    """Return the length of a long mobility in days, both ends counted, as the Commission's module computes it."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months * MONTH + min(last.day, MONTH) - min(first.day, MONTH) + 1


def is_long_enough(first: dt.date, last: dt.date, at_least: int) -> bool:
    """Say whether a stay has so many days as the Commission counts: the register says how many (`register`)."""
    return counted_days(first, last) >= at_least


def mended(
    first: dt.date, last: dt.date, earliest: dt.date, latest: dt.date, lengths: range, at_least: int
) -> tuple[dt.date, dt.date] | None:
    """Return the nearest stay that is long enough to one that is too short, or None where none fits.

    Nearest is what moves the fewest days altogether; of several, what leaves the first day as it is, or nearest to it.
    `earliest` and `latest` are the offer's first and last day, `lengths` the calendar days of the stays that the host
    accepts, `at_least` the days that are needed, as the Commission counts.
    """
    starts = (earliest + days * DAY for days in range((latest - earliest).days + 1))
    # Fewer calendar days are never enough, more are never nearest: a day less would be enough, too.
    shortest = max(at_least * SHORTEST_MONTH // MONTH, lengths.start)
    longest = min(max(at_least * LONGEST_MONTH // MONTH + 1, lengths.start), lengths.stop - 1)
    stays = ((start, start + (days - 1) * DAY) for start in starts for days in range(shortest, longest + 1))
    enough = (stay for stay in stays if stay[1] <= latest and is_long_enough(*stay, at_least))

    def moved(stay: tuple[dt.date, dt.date]) -> tuple[int, int, dt.date]:
        at_start, at_end = abs((stay[0] - first).days), abs((stay[1] - last).days)
        return at_start + at_end, at_start, stay[0]

    return min(enough, key=moved, default=None)


def fitted(
    first: dt.date, last: dt.date, earliest: dt.date, latest: dt.date, lengths: range
) -> tuple[dt.date, dt.date] | None:
    """Return the nearest stay within a period that is as long as the host accepts, or None where none fits.

    What moves the fewest days; of several, what leaves the first day as it is, or nearest to it. Arguments: `mended`.
    """
    shortest, longest = (lengths.start - 1) * DAY, (lengths.stop - 2) * DAY
    if latest - shortest < earliest:
        return None
    start = min(max(first, earliest), latest - shortest)
    return start, min(max(last, start + shortest), start + longest, latest)

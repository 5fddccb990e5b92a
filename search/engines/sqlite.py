"""SQLite's FTS5 (https://sqlite.org/fts5.html): one virtual table, ranked by bm25 as the rows are found.

Wagtail's own SQLite backend ranks by a subquery for each row, which is quadratic: 5.6 s where this takes milliseconds.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from .base import NAMED, TYPED, WEIGHTS, Terms

# The title on its own, because bm25 adds up all columns before it weighs how often a word is too often: a page whose
# text says it five times would be as good as one whose title says it.
TITLE, *REST = WEIGHTS
SCORE = f"-bm25(search_text, {TITLE}, 0, 0, 0) - bm25(search_text, 0, {', '.join(map(str, REST))})"


class SqliteIndex:
    """The terms of documents in FTS5."""

    def write(self, rows: list[tuple[int, list[list[str]]]]) -> None:
        """Store documents in the table and in its FTS5 index."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_text WHERE rowid = %s", [(page_id,) for page_id, _texts in rows])
            cursor.executemany(
                "INSERT INTO search_text (rowid, title, keywords, summary, body) VALUES (%s, %s, %s, %s, %s)",
                [(page_id, *(" ".join(terms) for terms in texts)) for page_id, texts in rows],
            )

    def match(self, groups: list[list[Terms]], weights: list[float], loose: bool) -> list[tuple[int, float]]:
        """Match and rank: a page counts by the way that fits it best of each group.

        The ways to say a thing are as rare as the thing: bm25 alone would put the one page that says it by an unusual
        word above all others, and a page that says it in many ways above one whose title says it once.
        """
        ways = [(place, _any_of([way])) for place, group in enumerate(groups) for way in group]
        best: list[dict[int, float]] = [{} for _group in groups]
        with connection.cursor() as cursor:
            factors = _factors(cursor, groups)
            cursor.execute(*_statement(groups, [way for _place, way in ways], loose))
            for number, page_id, score in cursor.fetchall():
                scores, raised = best[ways[number][0]], score * factors[number]
                if raised > scores.get(page_id, 0.0):
                    scores[page_id] = raised
        if not loose and len(best) == 1:
            return list(best[0].items())
        found: defaultdict[int, float] = defaultdict(float)
        for scores, weight in zip(best, weights, strict=True):
            for page_id, score in scores.items():
                found[page_id] += score * (weight if loose else 1.0)
        return list(found.items())

    def naming(self, groups: list[list[Terms]]) -> list[int]:
        """Match in the columns that say what a page is about."""
        with connection.cursor() as cursor:
            wanted = " AND ".join(map(_any_of, groups))
            cursor.execute("SELECT rowid FROM search_text(%s)", [f"{{{' '.join(NAMED)}}} : ({wanted})"])
            return [page_id for (page_id,) in cursor.fetchall()]


def _statement(groups: list[list[Terms]], ways: list[str], loose: bool) -> tuple[str, list[str]]:
    """Return one statement that ranks the pages of all ways, with its parameters."""
    parts = [f"SELECT {number}, rowid, {SCORE} FROM search_text(%s)" for number in range(len(ways))]
    if loose or len(groups) == 1:
        return " UNION ALL ".join(parts), ways
    # Pages that answer all groups. The plus keeps SQLite from looking each up in the index, and setting bm25 up for it.
    within = " UNION ALL ".join(f"{part} WHERE +rowid IN wanted" for part in parts)
    wanted = " AND ".join(map(_any_of, groups))
    return f"WITH wanted AS MATERIALIZED (SELECT rowid FROM search_text(%s)) {within}", [wanted, *ways]


def _factors(cursor: Any, groups: list[list[Terms]]) -> list[float]:
    """Return what the score of each way is multiplied by, so that it is as rare as its group."""
    if all(len(group) == 1 for group in groups):
        return [1.0] * len(groups)
    expressions = [_any_of(ways) for group in groups for ways in (group, *([way] for way in group))]
    counts = ", ".join(["(SELECT count(*) FROM search_text(%s))"] * len(expressions))
    cursor.execute(f"SELECT (SELECT count(*) FROM search_searchdocument), {counts}", expressions)
    total, *found = cursor.fetchone()
    rarities = iter([_rarity(count, total) for count in found])
    factors = []
    for group in groups:
        of_group = next(rarities)
        factors += [of_group / next(rarities) * (TYPED if place == 0 else 1.0) for place in range(len(group))]
    return factors


def _rarity(found: int, total: int) -> float:
    """Return the inverse document frequency as bm25 has it."""
    return max(math.log((total - found + 0.5) / (found + 0.5)), 1e-6)


def _any_of(ways: Iterable[Terms]) -> str:
    """Return an expression for any of these phrases; terms are letters and digits only, so quotes are enough."""
    return "(" + " OR ".join('"' + " ".join(way) + '"' for way in ways) + ")"

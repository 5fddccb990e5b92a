"""PostgreSQL's full text search: a tsvector of terms that come analysed, with a GIN index, ranked by ts_rank.

https://www.postgresql.org/docs/current/textsearch-controls.html
"""

from django.db import connection

from .database import WEIGHTS, Terms

LAST_POSITION = 16383  # of a lexeme in a tsvector
# ts_rank takes weights of D, C, B, A: body, summary, keywords, title.
RANKS = "{" + ", ".join(str(weight / max(WEIGHTS)) for weight in (WEIGHTS[3], WEIGHTS[2], WEIGHTS[1], WEIGHTS[0])) + "}"


def vector(texts: list[list[str]]) -> str:
    """Return terms with their positions as PostgreSQL writes them; the next text begins a step further on."""
    positions: dict[str, list[str]] = {}
    place = 0
    for letter, terms in zip("ABCD", texts, strict=True):
        for term in terms:
            place = min(place + 1, LAST_POSITION)
            positions.setdefault(term, []).append(f"{place}{letter}")
        place = min(place + 1, LAST_POSITION)
    return " ".join(f"{term}:{','.join(dict.fromkeys(found[:255]))}" for term, found in positions.items())


class PostgresqlIndex:
    """The terms of documents as tsvectors."""

    def write(self, rows: list[tuple[int, list[list[str]]]]) -> None:
        """Store documents."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (page_id, terms) VALUES (%s, %s::tsvector)"
                " ON CONFLICT (page_id) DO UPDATE SET terms = excluded.terms",
                [(page_id, vector(texts)) for page_id, texts in rows],
            )

    def match(self, groups: list[list[Terms]], loose: bool) -> list[tuple[int, float]]:
        """Match and rank."""
        wanted = (" | " if loose else " & ").join(
            "(" + " | ".join("(" + " <-> ".join(phrase) + ")" for phrase in group) + ")" for group in groups
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT page_id, ts_rank(%s::real[], terms, wanted, 1)"
                " FROM search_text, CAST(%s AS tsquery) AS wanted WHERE terms @@ wanted",
                [RANKS, wanted],
            )
            return cursor.fetchall()

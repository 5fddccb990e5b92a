"""PostgreSQL's full text search: a tsvector of terms that come analysed, with a GIN index, ranked by ts_rank.

https://www.postgresql.org/docs/current/textsearch-controls.html
"""

from django.db import connection

from .base import Terms

NAMED = "ABC"  # the weights of title, keywords and summary
LAST_POSITION = 16383  # of a lexeme in a tsvector
# How much a word counts in body, summary, keywords and title (D, C, B, A). These are not the weights of bm25: ts_rank
# does not know that a word which many pages have, as they have labels among their keywords, says little.
RANKS = "{0.1, 0.3, 0.1, 1.0}"
BY_LENGTH = 1  # ts_rank's flag: a rank is divided by 1 + the logarithm of the text's length
# Nor does it know that synonyms are one thing: a page that has several is no better than one with the word that was
# typed. So what was typed counts once more, by this much.
TYPED_AGAIN = 0.5


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


def query(groups: list[list[Terms]], loose: bool = False, within: str = "") -> str:
    """Return groups as a tsquery; terms are letters and digits only, so nothing needs quoting.

    `within` are the weights of the texts in which a word counts, all without.
    """
    mark = f":{within}" if within else ""
    return (" | " if loose else " & ").join(
        "(" + " | ".join("(" + " <-> ".join(term + mark for term in phrase) + ")" for phrase in group) + ")"
        for group in groups
    )


class PostgresqlIndex:
    """The terms of documents as tsvectors."""

    def write(self, rows: list[tuple[int, list[list[str]]]]) -> None:
        """Store documents, in one statement."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_text (page_id, terms)"
                " SELECT page_id, terms::tsvector FROM unnest(%s::integer[], %s::text[]) AS written (page_id, terms)"
                " ON CONFLICT (page_id) DO UPDATE SET terms = excluded.terms",
                [[page_id for page_id, _texts in rows], [vector(texts) for _page_id, texts in rows]],
            )

    def match(self, groups: list[list[Terms]], weights: list[float], loose: bool) -> list[tuple[int, float]]:
        """Return matches with their rank, by PostgreSQL's text search."""
        together = (
            [(groups, 1.0)] if not loose else [([group], weight) for group, weight in zip(groups, weights, strict=True)]
        )
        ranks, parameters = [], []
        for asked, weight in together:
            ranks.append(f"{weight} * ts_rank('{RANKS}', terms, CAST(%s AS tsquery), {BY_LENGTH})")
            parameters.append(query(asked))
            if any(len(group) > 1 for group in asked):
                ranks.append(f"{weight * TYPED_AGAIN} * ts_rank('{RANKS}', terms, CAST(%s AS tsquery), {BY_LENGTH})")
                parameters.append(query([group[:1] for group in asked]))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT page_id, {' + '.join(ranks)} FROM search_text WHERE terms @@ CAST(%s AS tsquery)",
                [*parameters, query(groups, loose)],
            )
            return cursor.fetchall()

    def naming(self, groups: list[list[Terms]]) -> list[int]:
        """Match in the texts that say what a page is about."""
        with connection.cursor() as cursor:
            wanted = query(groups, within=NAMED)
            cursor.execute("SELECT page_id FROM search_text WHERE terms @@ CAST(%s AS tsquery)", [wanted])
            return [page_id for (page_id,) in cursor.fetchall()]

"""The search that is always there: the database matches and ranks words, `Catalogue` counts, filters and orders."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from heapq import nsmallest
from typing import Any

from django.db import connection

from ..tables.document import SearchDocument
from .base import FRENCH, PER_KIND, Answer, Asked, Hit, TextIndex, marked_terms
from .catalogue import Catalogue, bits_of, catalogue


def text_index() -> TextIndex:
    """Return the index of the database that is in use."""
    if connection.vendor == "postgresql":
        from .postgresql import PostgresqlIndex

        return PostgresqlIndex()
    from .sqlite import SqliteIndex

    return SqliteIndex()


class DatabaseEngine:
    """The database as a search engine, which is up when the site is. Terms begin with their language."""

    def search(self, asked: Asked) -> Answer:
        """Find pages in the database's own index, by what is asked for."""
        known = catalogue(asked.language)
        alive, tiers = known.standing(asked.today)
        scores = self._match(asked, known)
        found = self._bits(scores, known) & alive
        own = found & ~known.french
        in_scope = found & known.french if asked.kind == FRENCH else own & known.kinds.get(asked.kind, 0)
        chosen = {
            name: self._any(known.tags[asked.kind][name].get(value, 0) for value in values)
            for name, values in asked.chosen.items()
            if values
        }
        in_range = in_scope & known.within(asked.ranges)
        result = self._all(in_range, chosen.values()) if asked.kind else own
        order = known.columns[asked.order] if asked.order else None

        def rank(place: int) -> tuple[int, dt.date | int | float, int]:
            first = -scores.get(place, 0.0) if order is None else order[place] or dt.date.max
            return tiers[place], first, place

        counts, more = self._counts(asked, known, in_range, chosen)
        hits: tuple[Hit, ...] = ()
        groups: dict[str, tuple[Hit, ...]] = {}
        french = found & known.french
        french_hits: tuple[Hit, ...] = ()
        places = self._places(scores, result, known)
        if asked.kind:
            best = nsmallest(asked.first + asked.size, places, key=rank)[asked.first :]
            hits = tuple(Hit(known.ids[place], scores.get(place, 0.0)) for place in best)
        else:
            groups = self._groups(places, rank, scores, known)
            best = nsmallest(PER_KIND, self._places(scores, french, known), key=rank)
            french_hits = tuple(Hit(known.ids[place], scores[place]) for place in best)
        return Answer(
            total=result.bit_count(),
            kinds={kind: count for kind, bits in known.kinds.items() if (count := (own & bits).bit_count())},
            french=french.bit_count(),
            named=not asked.loose and len(asked.groups) > 1 and self._is_named(asked, known, alive),
            hits=hits,
            groups=groups,
            french_hits=french_hits,
            counts=counts,
            more=more,
        )

    @classmethod
    def _counts(
        cls, asked: Asked, known: Catalogue, found: int, chosen: dict[str, int]
    ) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
        """Return how many pages each value has under all other filters, and how many it adds to those chosen."""
        counts, more = {}, {}
        for name in asked.facets:
            values = known.tags[asked.kind][name]
            rest = cls._all(found, (bits for other, bits in chosen.items() if other != name))
            counts[name] = {value: (rest & bits).bit_count() for value, bits in values.items()}
            if name in chosen:
                others = rest & ~chosen[name]
                more[name] = {value: (others & bits).bit_count() for value, bits in values.items()}
        return counts, more

    @staticmethod
    def _match(asked: Asked, known: Catalogue) -> dict[int, float]:
        """Return the score of each document that answers the words, by its place in the catalogue."""
        if not asked.groups:
            return dict.fromkeys(range(len(known.ids)), 0.0)
        weights = [group.weight for group in asked.groups]
        rows = text_index().match(asked.marked_groups(), weights, asked.loose)
        place_of = known.place_of
        return {place_of[page_id]: score for page_id, score in rows if page_id in place_of}

    @staticmethod
    def _is_named(asked: Asked, known: Catalogue, alive: int) -> bool:
        """Say whether a page that can be found says of itself all that is asked for."""
        places = (known.place_of.get(page_id) for page_id in text_index().naming(asked.marked_groups()))
        return any(alive >> place & 1 for place in places if place is not None)

    @staticmethod
    def _bits(scores: dict[int, float], known: Catalogue) -> int:
        return known.everything if len(scores) == len(known.ids) else bits_of(scores, len(known.ids))

    @staticmethod
    def _any(sets: Iterable[int]) -> int:
        found = 0
        for bits in sets:
            found |= bits
        return found

    @staticmethod
    def _all(found: int, sets: Iterable[int]) -> int:
        for bits in sets:
            found &= bits
        return found

    @staticmethod
    def _places(scores: dict[int, float], result: int, known: Catalogue) -> Iterator[int]:
        marks = result.to_bytes(len(known.ids) // 8 + 1, "little")
        return (place for place in scores if marks[place >> 3] >> (place & 7) & 1)

    @staticmethod
    def _groups(
        places: Iterable[int], rank: Callable[[int], tuple[Any, ...]], scores: dict[int, float], known: Catalogue
    ) -> dict[str, tuple[Hit, ...]]:
        of_kind = defaultdict(list)
        for place in places:
            of_kind[known.kind_of[place]].append(place)
        best = {kind: nsmallest(PER_KIND, members, key=rank) for kind, members in of_kind.items()}
        order = sorted(best, key=lambda kind: rank(best[kind][0]))
        return {kind: tuple(Hit(known.ids[place], scores[place]) for place in best[kind]) for kind in order}

    def write(self, documents: list[SearchDocument]) -> None:
        """Store documents and their terms."""
        rows = [(document.pk, marked_terms(document)) for document in documents]
        updated = [field.name for field in SearchDocument._meta.concrete_fields if not field.primary_key]
        SearchDocument.objects.bulk_create(
            documents, update_conflicts=True, unique_fields=["page"], update_fields=updated
        )
        text_index().write(rows)

    def remove(self, page_ids: Iterable[int]) -> None:
        """Remove documents; a trigger removes their terms. No signal is sent, whoever asks has counted their words."""
        documents = SearchDocument.objects.filter(pk__in=list(page_ids))
        documents._raw_delete(documents.db)

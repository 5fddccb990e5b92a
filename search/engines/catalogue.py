"""The documents of one language as sets of bits: counting a filter is one operation, however many pages there are.

Each worker keeps the catalogue of a language until the index changes. A set of documents is a whole number whose bit n
stands for document n; Python counts and intersects such numbers a machine word at a time.
"""

import datetime as dt
import operator
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone

from core.kinds.searchable import Range

from ..per_worker import Kept
from ..tables.document import SearchDocument, standing
from ..text.analysis import fold

COMPARISONS = {"gte": operator.ge, "gt": operator.gt, "lte": operator.le, "lt": operator.lt}


def bits_of(places: Iterable[int], size: int) -> int:
    """Return the set of these documents."""
    marks = bytearray(size // 8 + 1)
    for place in places:
        marks[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(marks, "little")


def words_of(phrase: str) -> list[str]:
    """Return the words of a phrase as they are compared with what somebody types."""
    return fold(phrase).replace("'", " ").replace("-", " ").split()


class Catalogue:
    """What is counted, compared and suggested in one language, as the index stood when it was read."""

    def __init__(self, language: str) -> None:
        """Read the documents of a language."""
        columns, today = SearchDocument.COLUMNS, timezone.localdate()
        rows = SearchDocument.objects.filter(language=language).values_list(
            "page_id", "kind", "in_french", "filled", "title", "names", "tags", *columns
        )
        self.ids: list[int] = []
        self.kind_of: list[str] = []
        self.filled: list[bool] = []
        self.columns: dict[str, list[dt.date | int | None]] = {name: [] for name in columns}
        of_kind, of_tag, french = defaultdict(list), defaultdict(list), []
        phrases: Counter[str] = Counter()
        for place, (page_id, kind, in_french, filled, title, names, tags, *values) in enumerate(rows.iterator()):
            self.ids.append(page_id)
            self.kind_of.append(kind)
            self.filled.append(filled)
            for name, value in zip(columns, values, strict=True):
                self.columns[name].append(value)
            of_kind[kind].append(place)
            gone = self.columns["gone_after"][-1]
            if in_french:
                french.append(place)
            elif not gone or gone >= today:
                phrases.update({title, *names.split("\n")} - {""})
            for tag in tags.split("\n") if tags else ():
                of_tag[kind, tag].append(place)
        size = len(self.ids)
        self.place_of = {page_id: place for place, page_id in enumerate(self.ids)}
        self.everything = (1 << size) - 1
        self.french = bits_of(french, size)
        self.kinds = {kind: bits_of(places, size) for kind, places in of_kind.items()}
        self.tags: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for (kind, tag), places in of_tag.items():
            name, _sign, value = tag.partition("=")
            self.tags[kind][name][value] = bits_of(places, size)
        self._phrases = sorted(self._starts(phrases))
        self._days: dict[dt.date, tuple[int, bytes]] = {}

    @staticmethod
    def _starts(phrases: Counter[str]) -> Iterator[tuple[str, int, str]]:
        """Yield each phrase under each of its words: somebody may begin with any. What is read alike is shown once."""
        alike: dict[str, Counter[str]] = defaultdict(Counter)
        for phrase, count in phrases.items():
            alike[" ".join(words_of(phrase))][phrase] = count
        for read, written in alike.items():
            words, shown = read.split(), max(sorted(written), key=written.__getitem__)
            for first in range(len(words)):
                yield " ".join(words[first:]), -written.total(), shown

    def values(self, kind: str, facet: str) -> list[str]:
        """Return the values of a filter that any document has."""
        return list(self.tags[kind][facet]) if kind in self.tags else []

    def standing(self, today: dt.date) -> tuple[int, bytes]:
        """Return the documents that are found on a day, and how each stands (`Standing`)."""
        if today not in self._days:
            gone = [place for place, day in enumerate(self.columns["gone_after"]) if day and day < today]
            tiers = bytes(
                standing(closes, filled, today)
                for closes, filled in zip(self.columns["closes"], self.filled, strict=True)
            )
            self._days = {today: (self.everything & ~bits_of(gone, len(self.ids)), tiers)}
        return self._days[today]

    def within(self, ranges: Iterable[Range]) -> int:
        """Return the documents whose columns pass all these comparisons."""
        found = self.everything
        for compared in ranges:
            compare, value = COMPARISONS[compared.operator], compared.value
            column = self.columns[compared.column]
            places = (place for place, own in enumerate(column) if own is not None and compare(own, value))
            found &= bits_of(places, len(self.ids))
        return found

    def suggest(self, typed: str, most: int = 8) -> list[str]:
        """Return phrases one of whose words begins what was typed, the most frequent first."""
        start = " ".join(words_of(typed))
        if len(start) < 2:
            return []
        first = bisect_left(self._phrases, (start,))
        found: dict[str, int] = {}
        for key, weight, phrase in self._phrases[first : first + MOST_READ]:
            if not key.startswith(start):
                break
            found.setdefault(phrase, weight)
        ranked = sorted(found, key=lambda phrase: (found[phrase], len(phrase), phrase))
        return ranked[:most]


MOST_READ = 2000  # phrases under one beginning; more would not make better suggestions

#: Return the catalogue of a language.
catalogue = Kept(Catalogue)

"""How long the search takes with 1,000 and 10,000 offers in each of four languages: `make bench-search`.

It prints tables to read, beside the targets, and asserts nothing about times. `make bench-search` measures SQLite
(a file, as on a site), then the database that DATABASE_URL names, if it names another. Where SEARCH_URL names a search
server, that is measured as well, over each of the databases.

    make bench-search
    DATABASE_URL=postgres://tests@localhost:5432/tests SEARCH_URL=opensearch://localhost:9200 make bench-search

The pages are the demo's, and offers made of the demo's sentences, names and places, drawn at random from a fixed seed.
Words to search for are chosen by how many pages have them: the tables print that. A search is everything but the
template: words, filters with their counts, one page of results with excerpts. Where a target is missed, the functions
that took most of the time follow the table.
"""

import cProfile
import io
import pstats
import random
import re
import statistics
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import pytest
import yaml
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.models import Page

from config.settings.environment import read_search
from core.fields.choices import FieldOfStudy
from core.loading.engine import prepare, write
from factories import NOW, block, days, insert_offers, prose
from search.engines import ask, patience, the_cluster
from search.engines.base import Asked
from search.engines.catalogue import catalogue
from search.finding import Search, suggestions
from search.indexing import outbox
from search.models import SearchDocument, SearchPage
from search.reading import reader
from search.text.analysis import analyser
from territoire.choices import Framework, Participation, PlacementKind, StudyLevel
from territoire.models import InternshipOfferPage, OfferIndexPage, Specialty, Supervisor

LANGUAGES = ("fr", "en", "es", "de")
SIZES = (1_000, 10_000)  # offers in each language
BEHIND_DEMO = 1_000  # in the tree
TURNS = 10  # in each language
FEW, HALF = 0.04, 0.5  # shares of the offers that a word finds
WORDS = 2  # of each share, in each language
PREFIXES = 6  # in each language
TARGETS = {"few": 40, "half": 150, "suggestions": 15}  # milliseconds, with the most pages
GROWTH, SPEED = 3, 400  # medians of 10,000 to those of 1,000; pages a second
_SENTENCE = re.compile(r"[^.!?]{30,}[.!?]")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """SQLite in a file: a database in memory knows no write-ahead log."""
    if connection.vendor == "sqlite":
        connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("bench") / "site.sqlite3")


# --- Pages --------------------------------------------------------------------------------------------------------
class Author:
    """Writes offers in one language from what the demo says in it."""

    def __init__(self, language: str, content: object) -> None:
        """Collect sentences and titles."""
        self.language = language
        self.sentences: list[str] = []
        self._collect(content, language)
        self.titles = [offer["titre"][language] for offer in content["offres"] if language in offer["titre"]]
        self.index = OfferIndexPage.objects.get(locale__language_code=language)

    def _collect(self, node: object, language: str) -> None:
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            self._collect(child, language)
        if isinstance(node, dict) and isinstance(node.get(language), str):
            self.sentences += (" ".join(found.split()) for found in _SENTENCE.findall(node[language]))

    def offer(self, number: int, key: uuid.UUID, facts: dict[str, object]) -> InternshipOfferPage:
        """Return one offer: its texts are drawn anew, its facts are those of its French twin."""
        chance = random.Random(f"{self.language} {number}")
        specialty, town = facts["specialty"], facts["town"]
        name = specialty.name if chance.random() < 0.5 else chance.choice(self.titles)
        title = chance.choice((f"{name}, {town}", f"{name} – {facts['host'].name}", chance.choice(self.titles)))
        words, body = chance.randint(150, 250), []
        while sum(len(sentence.split()) for sentence in body) < words:
            body.append(chance.choice(self.sentences))
        slug = f"bench-{number}"
        index = self.index
        return InternshipOfferPage(
            path=Page._get_path(index.path, index.depth + 1, BEHIND_DEMO + number),
            depth=index.depth + 1,
            title=title,
            draft_title=title,
            slug=slug,
            url_path=f"{index.url_path}{slug}/",
            content_type=ContentType.objects.get_for_model(InternshipOfferPage),
            locale=index.locale,
            translation_key=key,
            live=True,
            first_published_at=NOW,
            reference=f"LC41-2027-{number:05}",
            summary=" ".join(chance.sample(self.sentences, 2))[:320],
            objectives=[block("objective", chance.choice(self.sentences)[:200])],
            body=prose(" ".join(body)),
            **facts,
        )


def facts_of(number: int, specialties: list[Specialty], supervisors: list[Supervisor]) -> dict[str, object]:
    """Return what an offer has in common with its translations."""
    chance = random.Random(number)
    supervisor, fields = chance.choice(supervisors), chance.sample(FieldOfStudy.values, chance.choice((1, 1, 2)))
    starts = chance.randint(10, 300)
    deadline = days(starts - chance.randint(5, 60))
    frameworks = chance.sample(Framework.values, chance.choice((1, 2, 3)))
    return {
        "specialty": chance.choice(specialties),
        "host": supervisor.host,
        "supervisor": supervisor,
        "town": supervisor.host.town,
        "field": fields[0],
        "open_fields": fields,
        "kind": chance.choice(PlacementKind.values),
        "levels": chance.sample(StudyLevel.values, chance.choice((1, 2, 3))),
        "framework_codes": frameworks,
        "open_framework_codes": frameworks,
        "closings": [[code, deadline.isoformat()] for code in frameworks],
        "last_deadline": deadline,
        "next_deadline": deadline,
        "participation_codes": [chance.choice(Participation.values)],
        "start_date": days(starts),
        "end_date": days(starts + 62),
        "latest_start": days(starts + 35),
        "earliest_end": days(starts + 27),
        "deadline": deadline,
        "min_weeks": 4,
        "max_weeks": 9,
        "places_left": int(chance.random() < 0.85),
        "french_level": chance.choice(("A2", "B1", "B2", "C1")),
        "supervision_languages": ["fr", *chance.sample(("en", "es", "de"), chance.choice((0, 1, 2)))],
        "housing_included": chance.random() < 0.5,
        "bike_enough": chance.random() < 0.5,
    }


def add_offers(numbers: range, content: object) -> None:
    """Insert offers in all languages."""
    # What each page prints of records, records say in French: translations of a few dozen change no time.
    french = {"locale__language_code": "fr"}
    specialties = list(Specialty.objects.filter(**french).order_by("pk"))
    supervisors = list(Supervisor.objects.filter(**french).select_related("host").order_by("pk"))
    facts = {number: facts_of(number, specialties, supervisors) for number in numbers}
    keys = {number: uuid.UUID(int=random.Random(-number).getrandbits(128)) for number in numbers}
    for language in LANGUAGES:
        author = Author(language, content)
        insert_offers(author.index, [author.offer(number, keys[number], facts[number]) for number in numbers])


# --- Words --------------------------------------------------------------------------------------------------------
def count_of(language: str, word: str) -> int:
    """Return how many offers a word finds."""
    groups = reader(language).groups(word)
    asked = Asked(language=language, today=timezone.localdate(), groups=groups, kind="offers")
    return ask(asked, patience())[0].total if groups else 0


def words_near(language: str, share: float) -> list[str]:
    """Return the words that find the share of offers, or a little less."""
    offers = SearchDocument.objects.filter(language=language, kind="offers", in_french=False)
    total, read = offers.count(), analyser(language)
    sample = offers.order_by("-pk")[:400]
    seen = Counter(word for document in sample for word in {w for text in document.texts() for w in read.words(text)})
    likely = sorted((word for word in seen if len(word) >= 7), key=lambda word: (abs(seen[word] / 400 - share), word))
    found = {word: count_of(language, word) / total for word in likely[:25]}
    # Words of just under 5 % are wanted, and words of about half.
    fitting = [word for word in found if share != FEW or found[word] < 0.05]
    return sorted(fitting, key=lambda word: abs(found[word] - share))[:WORDS]


def misspelt(language: str, word: str) -> str:
    """Return a word with two letters swapped, which no page has and which is understood."""
    for place in range(len(word) - 3, 1, -1):
        wrong = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        if wrong != word and not count_of(language, wrong) and reader(language).corrected(wrong) != wrong:
            return wrong
    return word + "x"


# --- Times --------------------------------------------------------------------------------------------------------
Call = Callable[[], object]


@dataclass
class Row:
    """What is measured: in each language some calls, which take turns."""

    name: str
    calls: dict[str, list[Call]]
    times: list[float] = field(default_factory=list)

    def measure(self) -> None:
        """Call and note the milliseconds; the first call of each is not counted."""
        for language, calls in self.calls.items():
            with translation.override(language):
                for call in calls:
                    call()
                for turn in range(TURNS):
                    call = calls[turn % len(calls)]
                    begun = time.perf_counter()
                    call()
                    self.times.append((time.perf_counter() - begun) * 1000)

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times)

    @property
    def target(self) -> int | None:
        """The most milliseconds that the median should be."""
        return TARGETS.get(self.name.split(",")[0])

    def profile(self) -> str:
        """Return the functions that take most time."""
        profile, text = cProfile.Profile(), io.StringIO()
        for language, calls in self.calls.items():
            with translation.override(language):
                profile.enable()
                for call in calls:
                    call()
                profile.disable()
        pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(12)
        return "\n".join(line for line in text.getvalue().splitlines() if line.strip())


def searched(language: str, word: str, **more: object) -> object:
    """Search and read the results, as the page does before its template."""
    search = Search(RequestFactory().get("/", {"q": word, **more}), language)
    return search.results if search.kind else search.groups


def searched_first(language: str, word: str) -> object:
    """Search as the first visitor does after a change: the worker reads the language anew."""
    catalogue.forget()
    reader.forget()
    return searched(language, word, type="offers")


def rows_of(client, words: dict[str, dict[str, list[str]]]) -> list[Row]:
    """Return what is measured."""
    offers = partial(partial, searched, type="offers")

    def each(make: Callable[[str, str], Call], share: str) -> dict[str, list[Call]]:
        return {language: [make(language, word) for word in found[share]] for language, found in words.items()}

    def whole(language: str, word: str) -> Call:
        path = SearchPage.objects.get(locale__language_code=language).get_url_parts()[2]
        return partial(client.get, path, {"q": word, "type": "offers"})

    return [
        Row("few, first page", each(offers, "few")),
        Row("half, first page", each(offers, "half")),
        Row("half, page 50", each(partial(offers, page="50"), "half")),
        Row("half, all kinds", each(partial(partial, searched), "half")),
        Row("misspelt", each(offers, "misspelt")),
        Row("after a change, few", each(partial(partial, searched_first), "few")),
        Row("suggestions", each(partial(partial, suggestions), "prefixes")),
        Row("whole answer, few", each(whole, "few")),
        Row("whole answer, half", each(whole, "half")),
    ]


def words_to_type() -> dict[str, dict[str, list[str]]]:
    """Return what is typed in each language: words, misspelt words and beginnings."""
    typed = {}
    for language in LANGUAGES:
        few, half = words_near(language, FEW), words_near(language, HALF)
        names = sorted({key.split()[0] for key, _weight, _phrase in catalogue(language)._phrases if key[:5].isalpha()})
        some = random.Random(0).sample(names, PREFIXES)
        typed[language] = {
            "few": few,
            "half": half,
            "misspelt": [misspelt(language, word) for word in few],
            "prefixes": [name[: 2 + place % 4] for place, name in enumerate(some)],
        }
    return typed


def measure(client, report: Callable[[str], None]) -> tuple[list[Row], float]:
    """Build the index anew, then measure; return the rows, and how many pages a second were indexed."""
    begun = time.perf_counter()
    speed = outbox.rebuild() / (time.perf_counter() - begun)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what PostgreSQL does by itself after a minute
    typed = words_to_type()
    total = SearchDocument.objects.filter(language="fr", kind="offers").count()
    for language, found in typed.items():
        counts = ", ".join(f"{word} {count_of(language, word)}" for share in ("few", "half") for word in found[share])
        report(f"  {language}: {counts} of {total}; {', '.join(found['misspelt'] + found['prefixes'])}")
    rows = rows_of(client, typed)
    for row in rows:
        row.measure()
    return rows, speed


def verdict(holds: bool) -> str:
    """Return what is printed beside a target."""
    return "reached" if holds else "MISSED"


def table(rows: list[Row], speed: float, before: dict[str, float]) -> str:
    """Return the table; `before` are the medians with fewer pages."""
    lines = [f"  {'':<22}{'median ms':>10}{'p95 ms':>10}{'target':>8}{'growth':>8}"]
    missed = []
    for row in rows:
        p95 = statistics.quantiles(row.times, n=20)[-1]
        growth = row.median / before[row.name] if before else 0
        holds = (row.target is None or row.median <= row.target) and (row.target is None or growth <= GROWTH)
        missed += [] if holds else [row]
        marks = f"{f'≤ {row.target}' if row.target else '':>8}{f'{growth:.1f}' if before else '':>8}"
        said = verdict(holds) if row.target else ""
        lines.append(f"  {row.name:<22}{row.median:>10.1f}{p95:>10.1f}{marks}  {said}")
    lines.append(f"  re-indexing: {speed:.0f} pages a second, target ≥ {SPEED}: {verdict(speed >= SPEED)}")
    lines += [f"\n{row.name}\n{row.profile()}" for row in missed]
    return "\n".join(lines)


@pytest.mark.django_db(transaction=True)
def test_search(client, demo_files, settings, capsys):
    """Print a table for each engine and number of pages."""
    content = yaml.safe_load(next(path for path in demo_files if path.stem == "contenu").read_text(encoding="utf-8"))
    server = read_search()
    engines = {connection.vendor: None, **({server["FAMILY"]: server} if server else {})}
    medians: dict[str, dict[str, float]] = {name: {} for name in engines}

    def report(line: str) -> None:
        with capsys.disabled():
            print(line, flush=True)

    write(prepare(demo_files, shift=True), lambda line: None)
    done = 0
    for size in SIZES:
        add_offers(range(done, size), content)
        done = size
        for name, chosen in engines.items():
            settings.SEARCH_CLUSTER = chosen
            the_cluster.cache_clear()
            report(f"\n{name}: {size:,} offers in each of {len(LANGUAGES)} languages")
            rows, speed = measure(client, report)
            report(table(rows, speed, medians[name]))
            medians[name] = {row.name: row.median for row in rows}
    settings.SEARCH_CLUSTER = None
    the_cluster.cache_clear()

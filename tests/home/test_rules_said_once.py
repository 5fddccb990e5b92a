"""The demo states a rule in the register and nowhere else: no text of it repeats a number or a date of the law.

A reader who sees one number on two pages cannot know which of them was changed last. So a page or an answer shows the
rule itself (`regles: [...]`, `type: regle`) or leads to it, in words without figures.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from territoire.rules.register import IN_BRACES

pytestmark = pytest.mark.once

DEMO = Path(__file__).resolve().parents[2] / "home" / "demo"
LANGUAGES = ("fr", "en", "es", "de")
# Numbers as words, in the order of VALUES.
VALUES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 24, 30, 60, 90, 180)
WORDS = {
    "fr": "un deux trois quatre cinq six huit dix douze quinze dix-huit vingt-quatre trente soixante quatre-vingt-dix "
    "cent-quatre-vingts",
    "en": "one two three four five six eight ten twelve fifteen eighteen twenty-four thirty sixty ninety "
    "one-hundred-and-eighty",
    "es": "uno dos tres cuatro cinco seis ocho diez doce quince dieciocho veinticuatro treinta sesenta noventa "
    "ciento-ochenta",
    "de": "eins zwei drei vier fünf sechs acht zehn zwölf fünfzehn achtzehn vierundzwanzig dreißig sechzig neunzig "
    "einhundertachtzig",
}
ONE = {"fr": "un une", "en": "one", "es": "un una", "de": "ein eine einem einen einer eines"}
UNITS = {
    "working days": r"jours?\s+ouvrés?|working\s+days?|d[ií]as?\s+laborables?|(?:Arbeits|Werk)tage?n?",
    "days": r"jours?|days?|d[ií]as?|Tage?n?",
    "weeks": r"semaines?|weeks?|semanas?|Wochen?",
    "months": r"mois|months?|mes(?:es)?|Monate?n?",
    "years": r"ans?|years?|años?|Jahre?n?",
    "hours": r"heures?|hours?|horas?|Stunden?",
    "euros": r"€|euros?",
    "per cent": r"%",
    "injections": r"injections?|inyecciones|Impfungen|Spritzen",
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
DIGITS = r"\d{1,3}(?:[\s.,]\d{3})+|\d+(?:[.,]\d+)?"
# Stories of one place or one stay: how long somebody stays there is theirs. A number of the law is not.
STORIES = {"offres", "temoignages", "evenements", "logements", "atouts"}
OWN = {
    # How long data are kept, and what the GDPR says of answers.
    "legal-donnees": {"12 months", "6 months", "2 months", "1 years"},
    "mention_donnees": {"12 months"},
    "legal-stockage": {"1 years", "6 months"},
    # How long one studies, or learns French.
    "page-etudes-france": {"5 years"},
    "page-deja-en-france": {"6 months"},
    "page-francais": {"3 months"},
    # A habit without a text of law: how long signatures take.
    "faq-convention": {"8 weeks"},
}


def numbers(language: str) -> dict[str, int]:
    """Number words of a language, and their values."""
    return dict(zip(WORDS[language].split(), VALUES, strict=True)) | dict.fromkeys(ONE[language].split(), 1)


def measures(text: str, language: str) -> set[str]:
    """Return what a text says in numbers with a unit, and its dates, in one spelling for all languages."""
    words, found = numbers(language), set()
    either = "|".join([DIGITS, *sorted(map(re.escape, words), key=len, reverse=True)])
    for unit, spelled in UNITS.items():
        for match in re.finditer(rf"(?<![\w.,-])({either})[\s-]*(?:{spelled})(?!\w)", text, re.IGNORECASE):
            found.add(f"{value(match[1].lower(), words)} {unit}")
    found |= {f"{value(match[1], words)} euros" for match in re.finditer(rf"€({DIGITS})", text)}
    names = MONTHS[language].split()
    for match in re.finditer(rf"\b(\d+)(?:er|\.)?\s(?:de\s)?({'|'.join(names)})(?:\sde)?\s(\d{{4}})", text):
        found.add(f"{match[3]}-{names.index(match[2]) + 1:02}-{int(match[1]):02}")
    return found


def value(written: str, words: dict[str, int]) -> str:
    """Return a number in digits: "1 200", "1,200" and "1.200" are one."""
    if written in words:
        return str(words[written])
    return re.sub(r"[\s.,](?=\d{3}\b)", "", written).replace(",", ".")


def texts(entry: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each text of a territory file: where it stands, its language, its words."""
    language = next((name for name in reversed(path) if name in LANGUAGES), "")
    if isinstance(entry, str) and language:
        yield path, language, entry
    elif isinstance(entry, dict):
        for key, inner in entry.items():
            yield from texts(inner, (*path, str(key)))
    elif isinstance(entry, list):
        for inner in entry:
            yield from texts(inner, (*path, str(inner.get("id", ""))) if isinstance(inner, dict) else path)


@pytest.fixture(scope="module")
def files() -> dict[str, Any]:
    """All sections of the demo."""
    return {key: section for file in DEMO.glob("*.yaml") for key, section in yaml.safe_load(file.read_text()).items()}


@pytest.fixture(scope="module")
def of_the_law(files) -> tuple[set[str], set[str]]:
    """What the register says in numbers: all of it, and what no story of a stay says by chance."""
    figures = {entry["code"]: str(entry["valeur"]) for entry in files["chiffres_regles"]}
    said: set[str] = set()
    for _path, language, text in texts(files["regles"]):
        said |= measures(IN_BRACES.sub(lambda found: figures[found[1]], text), language)
    pay = float(figures["plafond_horaire"]) * float(figures["part_gratification"]) / 100
    said |= {f"{pay:.2f} euros", f"{figures['plafond_horaire']} euros", f"{figures['jours_erasmus']} days"}
    said.discard("1 days")  # "one day" is no rule
    common = {measure for measure in said if re.fullmatch(r"\d{1,2} (days|weeks|months|years|hours)", measure)}
    return said, said - {measure for measure in common if int(measure.split()[0]) <= 12}


def repeated(files: dict[str, Any], of_the_law: tuple[set[str], set[str]]) -> list[str]:
    """Name each text that says a number of the register again."""
    said, rare = of_the_law
    found = []
    for key, section in files.items():
        for path, language, text in [] if key in ("regles", "images") else texts(section, (key,)):
            own = set().union(*(OWN.get(name, set()) for name in path))
            again = (measures(text, language) & (rare if key in STORIES else said)) - own
            found += [f"{'/'.join(filter(None, path))}: {measure}" for measure in sorted(again)]
    return found


def test_no_text_of_the_demo_repeats_a_number_or_a_date_of_the_register(files, of_the_law):
    assert repeated(files, of_the_law) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un stage dure soixante jours au moins."),
        ("fr", "Au-delà de 308\u00a0heures, elle est due."),
        ("en", "The 90-day rule counts."),
        ("en", "About €1,200 a month."),
        ("es", "Desde el 1 de julio de 2026, la ayuda cambia."),
        ("de", "Rund 1.200 € im Monat."),
        ("de", "Mindestens zwei Monate vor Beginn."),
    ],
)
def test_a_number_of_the_law_in_an_answer_would_be_found(of_the_law, language, text):
    assert repeated({"faq": [{"id": "faq-x", "reponse": {language: text}}]}, of_the_law)


def test_how_long_one_stay_is_may_be_told(of_the_law):
    story = {"offres": [{"id": "stage-x", "resume": {"fr": "Quatre semaines d’observation à Blois."}}]}
    assert repeated(story, of_the_law) == []
    assert repeated({"offres": [{"id": "stage-x", "resume": {"fr": "Comptez 90 jours."}}]}, of_the_law)


def test_no_exception_outlives_its_text(files, of_the_law):
    said, _rare = of_the_law
    found = {name: set() for name in OWN}
    for key, section in files.items():
        for path, language, text in texts(section, (key,)):
            for name in found.keys() & set(path):
                found[name] |= measures(text, language) & said
    assert [f"{name}: {measure}" for name, own in OWN.items() for measure in sorted(own - found[name])] == []

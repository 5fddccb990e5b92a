"""What differs from one language to the next: its stemmer, its elisions, and the forms that no stemmer knows.

All forms are written as they are after folding: lower case, no accents.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

Rule = tuple[re.Pattern[str], str]

# Names of the territory that a stemmer would take for words: the Loir is not the Loire, Tours is no tour.
PLACES = frozenset({"blois", "cher", "loir", "loire", "mer", "tours"})

# ISO 639-1 codes of the Snowball algorithms that PyStemmer contains. A language without one is searched unstemmed.
SNOWBALL = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}


@dataclass(frozen=True)
class Language:
    """How the words of one language are prepared for its stemmer.

    `elisions` stand before an apostrophe and are dropped (“l'hôpital”), `endings` after one (“student's”).
    `irregular` gives the form to stem instead, `kept` are not stemmed at all; `rules` are applied in turn to the folded
    word before stemming.
    `spelling` brings a lower-case word to what it is without accents, before these go.
    """

    elisions: frozenset[str] = frozenset({"l", "d"})  # French names stand in every language: Rendez-vous de l'histoire
    endings: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = PLACES
    rules: tuple[Rule, ...] = ()
    spelling: tuple[Rule, ...] = ()


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


# Written without umlauts: “Aerzte”, “Unterkuenfte”. Not after a vowel or q (“neue”, “Bauer”, “Quelle”), as in the
# german2 variant of Snowball, and not in “aktuell”, “individuell”, though in “fuellen”, “Muell”, “Huelle”.
# And Kreißsaal, typed “Kreissaal”.
GERMAN_SPELLING = _rules((r"(?<![aeiouyäöüq])([aou])e(?!(?<![fhm]ue)ll)", r"\1"), (r"ßs|sss", "ss"))


FRENCH = Language(
    elisions=frozenset({"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}),
    irregular={
        "cheveux": "cheveu",
        "generalistes": "generaliste",
        "genoux": "genou",
        "hopitaux": "hopital",
        "internistes": "interniste",
        "jeux": "jeu",
        "lieux": "lieu",
        "loyers": "loyer",
        "maux": "mal",
        "milieux": "milieu",
        "paye": "payer",
        "payee": "payer",
        "payees": "payer",
        "payes": "payer",
        "travaux": "travail",
        "urgentistes": "urgentiste",
        "yeux": "oeil",
    },
    # Their stems would be those of “général”, “interne”, “loi” and “urgent”.
    kept=PLACES | {"generaliste", "interniste", "loyer", "urgentiste"},
    # Without its accents “infirmière” is no feminine to Snowball any more, nor is “réservée”; and it leaves the s of
    # “vélos” and “amis”.
    rules=_rules((r"eres?$", "er"), (r"ees?$", "e"), (r"(?<=\w\w\w[aiou])s$", "")),
)

ENGLISH = Language(
    endings=frozenset({"s", "t", "d", "m", "ll", "re", "ve"}),
    irregular={
        "buses": "bus",
        "children": "child",
        "diagnoses": "diagnosis",
        "eds": "ed",
        "enroll": "enrol",
        "enrollment": "enrolment",
        "feet": "foot",
        "gps": "gp",
        "leaves": "leave",
        "license": "licence",
        "lives": "life",
        "men": "man",
        "midwives": "midwife",
        "paeds": "peds",
        "practise": "practice",
        "practised": "practice",
        "practises": "practice",
        "practising": "practice",
        "teeth": "tooth",
        "women": "woman",
    },
    # British and American spelling meet: paediatrics, anaesthesia, organise, labour, centre, programme, ageing.
    rules=_rules(
        (r"(?<=\w)(?:ae|oe)(?=\w\w\w)", "e"),
        (r"^(?:ae|oe)(?=[^r]\w\w\w)", "e"),
        (r"(?<=\w\w\w)is(?=(?:e[drs]?|ers|ing|ations?)$)", "iz"),
        (r"(?<=\w\w\w)our(?=(?:s|ed|ing|al|able)?$)", "or"),
        (r"(?<=\w\w\w)tre(s?)$", r"ter\1"),
        (r"(?<=\w\w\w)amme(s?)$", r"am\1"),
        (r"^ageing$", "aging"),
    ),
)

GERMAN = Language(
    irregular={"praktikas": "praktikum"},
    kept=PLACES | {"berichtigung"},  # no Bericht
    # Latin plurals, and the feminine of professions: who looks for a Hausarzt also means the Hausärztin.
    rules=_rules(
        (r"praktika$", "praktikum"),
        (r"zentren$", "zentrum"),
        (r"stipendien$", "stipendium"),
        (r"praxen$", "praxis"),
        (r"visa$", "visum"),
        (r"(arzt|\w\went|\w\weut|\w\wer|\w\w\wog|\w\w\weg|\w\wist)in(?:nen)?$", r"\1"),
    ),
    spelling=GERMAN_SPELLING,
)

ITALIAN = Language(
    elisions=frozenset({"l", "un", "d", "all", "c", "dall", "dell", "nell", "quell", "quest", "s", "sull"})
)

SPANISH = Language(
    irregular={
        "internistas": "internista",
        "loira": "loire",
        "partos": "parto",
        "plazos": "plazo",
        "residentes": "residente",
    },
    # Their stems would be those of “interno”, “mir” (médico interno residente), “parte”, “plaza” and “residencia”.
    kept=PLACES | {"internista", "mira", "mirada", "parto", "plazo", "residente"},
)

LANGUAGES = {
    "fr": FRENCH,
    "en": ENGLISH,
    "es": SPANISH,
    "de": GERMAN,
    "it": ITALIAN,
    "ca": Language(elisions=frozenset({"l", "d", "m", "n", "s", "t"})),
}
OTHER = Language()


@cache
def listed(folder: str, language: str) -> str:
    """Return the text of a language's file in a folder of `search/text/lists/`, or "" where it has none."""
    if not re.fullmatch(r"[a-z]{2,3}", language):
        return ""
    path = Path(__file__).parent / "lists" / folder / f"{language}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def lines(text: str) -> list[str]:
    """Return the lines that say something: without comments (from # on) and empty lines."""
    said = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return [line for line in said if line]

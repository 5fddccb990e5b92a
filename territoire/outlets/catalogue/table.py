"""All data sets, one entry each: whoever opens another one adds it here, and the catalogue has it.

Titles and texts are French, the language of the data. Codes of themes and frequencies are those of the Publications
Office of the European Union (https://op.europa.eu/en/web/eu-vocabularies), media types those of IANA.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.kinds.table import kind_of, record_of
from core.languages.localization import source_locale
from core.models import BasePage
from core.pages.address import absolute
from core.pages.visibility import shown
from core.web.last_modified import last_change_of, midnight

from ...models import (
    AidPage,
    EventPage,
    Figure,
    HostStructure,
    HousingPage,
    InternshipOfferPage,
    Rule,
    RulesPage,
    Specialty,
)
from ...models.aid import last_turned
from ...models.event import last_ended


class Theme(StrEnum):
    """Data themes of the European Union."""

    EDUCATION = "EDUC"
    HEALTH = "HEAL"
    SOCIETY = "SOCI"


class Frequency(StrEnum):
    """How often a data set changes."""

    DAILY = "DAILY"
    IRREGULAR = "IRREG"


@dataclass(frozen=True)
class MediaType:
    """A form of files: IANA's media type, and the European file type where there is one."""

    iana: str
    file_type: str = ""


CSV = MediaType("text/csv", "CSV")
JSON = MediaType("application/json", "JSON")
CALENDAR = MediaType("text/calendar")
ATOM = MediaType("application/atom+xml", "ATOM")


@dataclass(frozen=True)
class DataFile:
    """A file of a data set: the name of its address, and the name of that of the schema which it fits."""

    title: str
    url_name: str
    media_type: MediaType
    schema: str = ""
    by_language: bool = False

    @property
    def address(self) -> str:
        """The whole address, in French where each language has its own."""
        language = {"language": settings.LANGUAGE_CODE} if self.by_language else None
        return absolute(reverse(self.url_name, kwargs=language))


@dataclass(frozen=True)
class DataSet:
    """What the catalogue says of one data set.

    `page` is the type of page that it is about, by which its list on the site and its list in the API are found;
    `records` are what it tells beside, and `turned` says when it last changed by itself.
    """

    code: str
    title: str
    description: str
    keywords: tuple[str, ...]
    page: type[BasePage]
    files: tuple[DataFile, ...] = ()
    records: tuple[type[models.Model], ...] = ()
    turned: Callable[[], dt.datetime | None] = lambda: None
    themes: tuple[Theme, ...] = (Theme.EDUCATION, Theme.HEALTH)
    frequency: Frequency = Frequency.IRREGULAR
    languages: tuple[str, ...] = field(default_factory=lambda: tuple(code for code, _name in settings.LANGUAGES))

    @property
    def changed(self) -> dt.datetime:
        """When something in it last changed; who may see its pages counts, too."""
        return last_change_of([self.page, *self.records, PageViewRestriction], self.turned())

    @property
    def api_address(self) -> str:
        """The whole address of its list in the open API, in French, or ""."""
        record = record_of(self.page)
        return f"{record.address}?lang={settings.LANGUAGE_CODE}" if record else ""

    @property
    def landing_page(self) -> str:
        """The whole address of its list on the site, or "" where there is none to see."""
        kind = kind_of(self.page)
        index = kind and shown(kind.only.objects.filter(locale=source_locale())).first()
        return index.full_url if index else ""


DATA_SETS = (
    DataSet(
        "offres",
        "Stages en santé pour étudiants étrangers en Loir-et-Cher",
        "Offres de stage ouvertes, complètes ou closes, dont la période n’est pas terminée : spécialité, lieu, dates, "
        "niveaux de langue, cadres, logement, places. Les fiches dont la colonne « fictif » est vraie sont inventées.",
        ("stage", "étudiant étranger", "santé", "médecine", "mobilité internationale", "Erasmus+"),
        InternshipOfferPage,
        (
            DataFile("Offres (CSV pour les programmes)", "data-csv", CSV, "data-schema"),
            DataFile("Offres (CSV pour un tableur français)", "data-spreadsheet", CSV),
            DataFile("Offres (JSON)", "data-json", JSON, "data-schema"),
            DataFile("Nouvelles offres (Atom)", "offers-atom", ATOM, by_language=True),
            DataFile("Dates limites de demande (calendrier)", "deadlines-calendar", CALENDAR, by_language=True),
        ),
        (HostStructure, Specialty),
        midnight,  # offers close and end then
        frequency=Frequency.DAILY,
    ),
    DataSet(
        "logements",
        "Logements pour stagiaires en santé en Loir-et-Cher",
        "Chambres et maisons que le guichet unique réserve avec un stage : commune, loyer mensuel, dates, équipements.",
        ("logement étudiant", "stage", "loyer", "santé"),
        HousingPage,
        themes=(Theme.SOCIETY, Theme.EDUCATION),
    ),
    DataSet(
        "evenements",
        "Événements pour étudiants en santé en Loir-et-Cher",
        "Journées d’accueil, rencontres et réunions en ligne à venir : lieu, heure, langues, inscription.",
        ("événement", "agenda", "étudiant étranger", "santé"),
        EventPage,
        (DataFile("Événements à venir (calendrier)", "events-calendar", CALENDAR, by_language=True),),
        turned=last_ended,
    ),
    DataSet(
        "regles",
        "Règles des stages d’étudiants étrangers en santé, avec leurs sources",
        "Ce que la loi et les programmes demandent : règle, source, jour de la vérification, et chiffres avec le "
        "jour à partir duquel ils valent.",
        ("règle", "stage", "gratification", "visa", "Erasmus+"),
        RulesPage,
        (DataFile("Règles et chiffres (JSON)", "data-rules", JSON),),
        (Rule, Figure),
        themes=(Theme.EDUCATION, Theme.SOCIETY),
    ),
    DataSet(
        "aides",
        "Aides aux stagiaires étrangers en santé en Loir-et-Cher",
        "Aides et garanties que ces étudiants peuvent demander : organisme, montant, conditions, fondement, démarche. "
        "Le fichier a la forme des aides de betagouv/aides-jeunes.",
        ("aide financière", "étudiant", "stage", "logement", "bourse"),
        AidPage,
        (DataFile("Aides (JSON, forme d’aides-jeunes)", "data-aids", JSON, "data-aids-schema"),),
        turned=last_turned,
        themes=(Theme.SOCIETY, Theme.EDUCATION),
    ),
)


def changed(code: str) -> str:
    """Return when the data set of a code last changed, as ISO 8601."""
    return next(entry for entry in DATA_SETS if entry.code == code).changed.isoformat()


def distributions(data_set: DataSet) -> Iterator[tuple[str, str, MediaType, str]]:
    """Yield title, address, media type and schema of each way to a data set: its files, then the open API."""
    for file in data_set.files:
        yield file.title, file.address, file.media_type, absolute(reverse(file.schema)) if file.schema else ""
    if data_set.api_address:
        yield "API (JSON, page par page)", data_set.api_address, JSON, ""

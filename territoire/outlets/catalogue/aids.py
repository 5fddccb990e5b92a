"""Aids in the form in which betagouv/aides-jeunes keeps its benefits (`data/benefits/javascript/*.yml` there).

`aids.schema.json` says the form; it was written from reading that repository at the commit which it names. The names
of keys and codes are theirs. What they do not have (basis, date of the check) stands on the aid's page and in the API.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from core.languages.localization import source_locale
from core.pages.visibility import shown

from ...choices import StudyLevel, SupportPeriod
from ...models import AidPage
from ...models.aid import current

Benefit = dict[str, Any]

SCHEMA = Path(__file__).parent / "aids.schema.json"
PERIODS = {SupportPeriod.MONTH: "mensuelle", SupportPeriod.TOTAL: "ponctuelle"}
OTHER_PERIOD = "autre"
# Years of study as aides-jeunes counts them; the sixth year and what follows have no code of their own there.
YEARS: dict[str, tuple[str, ...]] = {
    StudyLevel.CYCLE_1: ("licence_1", "licence_2", "licence_3"),
    StudyLevel.BACHELOR: ("licence_1", "licence_2", "licence_3"),
    StudyLevel.CYCLE_2_EARLY: ("master_1",),
    StudyLevel.CYCLE_2_LATE: ("master_2", "autre"),
    StudyLevel.MASTER: ("master_1", "master_2"),
    StudyLevel.CYCLE_3: ("autre",),
    StudyLevel.GRADUATE: ("autre",),
}


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of the export."""
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def benefits() -> list[Benefit]:
    """Return the aids that have not ended, in French; what is invented for a demo is no aid."""
    pages = AidPage.objects.filter(current(), locale=source_locale(), alias_of=None, fictional=False)
    return [benefit_of(aid) for aid in shown(pages).order_by("path")]


def benefit_of(aid: AidPage) -> Benefit:
    """Return an aid as one of their benefits."""
    paid = aid.amount is not None
    found = {
        "id": aid.reference or aid.slug,
        "label": aid.title,
        "institution": aid.giver_code or slugify(aid.giver).replace("-", "_"),
        "description": aid.summary,
        "conditions": [_sentence(str(block.value)) for block in aid.conditions],
        "conditions_generales": [{"type": "attached_to_institution"}] if aid.local else [],
        "profils": [
            {"type": "enseignement_superieur", "conditions": _years(aid)},
            {"type": "stagiaire", "conditions": []},
        ],
        "link": aid.official_url,
        "prefix": "l’aide",
        "type": "float" if paid else "bool",
        "periodicite": PERIODS.get(aid.period, OTHER_PERIOD),
    }
    if paid:
        found |= {"unit": "€", "montant": float(aid.amount)}
        found |= {"legend": aid.amount_note} if aid.amount_note else {}
    if aid.how_url:
        found["instructions"] = aid.how_url
    return found


def _sentence(text: str) -> str:
    """Return a condition with its full stop, without which aides-jeunes refuses it."""
    return text if text.endswith(".") else f"{text}."


def _years(aid: AidPage) -> list[dict[str, Any]]:
    years = list(dict.fromkeys(year for level in aid.levels for year in YEARS[level]))
    return [{"type": "annee_etude", "values": years}] if years else []

"""Levels of the European Qualifications Framework (EQF) that students work towards.

Sources: Council Recommendation of 22 May 2017 on the EQF (2017/C 189/03), which puts the first, second and third
cycles of higher education at 6, 7 and 8; Directive 2005/36/EC, art. 24 (medicine), 34 (dentistry) and 44 (pharmacy):
one-cycle studies of five years or more, whose diploma is a second cycle's; art. 31 (general care nursing).
"""

from collections.abc import Iterable

from core.fields.choices import FieldOfStudy

from ..choices import StudyLevel

# Levels that say the cycle themselves.
# A resident's training is at no level of its own: a specialty diploma is no doctorate.
_OF_LEVEL = {StudyLevel.BACHELOR: 6, StudyLevel.MASTER: 7}
# Fields whose first diploma is at one level in all of the Union; others differ by country.
_OF_FIELD = {
    FieldOfStudy.MEDICINE: 7,
    FieldOfStudy.DENTISTRY: 7,
    FieldOfStudy.PHARMACY: 7,
    FieldOfStudy.NURSING: 6,
}


def eqf_of(field: str, level: str) -> int | None:
    """Return the EQF level of the diploma that a student of a field works towards; None where it depends."""
    if level == StudyLevel.CYCLE_3:
        return None
    return _OF_LEVEL.get(StudyLevel(level)) or _OF_FIELD.get(FieldOfStudy(field))


def eqf_levels(levels: Iterable[str], fields: Iterable[str]) -> list[int]:
    """Return the EQF levels of study levels in fields that do not depend on the country, the lowest first."""
    fields = list(fields)
    return sorted({eqf for level in levels for field in fields if (eqf := eqf_of(field, level))})

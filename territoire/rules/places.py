"""Where the site computes a rule, so that its entry in the register says where it shows. Pages say it themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .register import RuleCode

DATES = _("My dates: on each placement, on a page of its own, in the API")
AGREEMENT = _("Learning Agreement of each placement")
WARNINGS = _("What editors are told when they publish a placement")
PAPERS = _("Papers to prepare of each placement, with the day by which to begin them")
DEADLINES = _("Deadlines of each placement, in lists, calendars and the API")

COMPUTED_IN: dict[str, tuple[Promise, ...]] = {
    RuleCode.ERASMUS_DAYS: (DATES, AGREEMENT, WARNINGS),
    RuleCode.OTHER_DOORS: (DATES,),
    RuleCode.ERASMUS_COUNTRIES: (DATES,),
    RuleCode.PAY: (DATES, AGREEMENT, WARNINGS),
    RuleCode.FULL_TIME: (WARNINGS,),
    RuleCode.HOSPITAL: (WARNINGS,),
    RuleCode.NOMINATIONS: (DEADLINES,),
    RuleCode.IFMSA: (DEADLINES, WARNINGS),
    RuleCode.SHORT_STAY: (DATES, WARNINGS),
    RuleCode.LONG_STAY: (DATES, PAPERS),
    RuleCode.CERTIFICATE: (AGREEMENT,),
    RuleCode.PER_CYCLE: (DATES,),
}


def computed_in(reference: str) -> tuple[Promise, ...]:
    """Return where a rule is computed, by its reference."""
    return COMPUTED_IN.get(reference, ())

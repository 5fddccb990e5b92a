"""Records and pages of the territory."""

from ..rules.register import Figure, Rule, RuleChange
from .agreement import LearningAgreementTexts
from .event import EventIndexPage, EventPage
from .host import HostStructure
from .housing import HousingIndexPage, HousingPage
from .institution import Institution
from .offer import InternshipOfferPage
from .offer_index import OfferIndexPage
from .offer_lines import OfferFramework, OfferSupport
from .recognition import RecognitionSheet
from .rules_page import RulesPage
from .specialty import Specialty
from .strength import StrengthIndexPage, StrengthPage
from .supervisor import Supervisor
from .university import PartnerIndexPage, PartnerUniversityPage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "Figure",
    "HostStructure",
    "HousingIndexPage",
    "HousingPage",
    "Institution",
    "InternshipOfferPage",
    "LearningAgreementTexts",
    "OfferFramework",
    "OfferIndexPage",
    "OfferSupport",
    "PartnerIndexPage",
    "PartnerUniversityPage",
    "RecognitionSheet",
    "Rule",
    "RuleChange",
    "RulesPage",
    "Specialty",
    "StrengthIndexPage",
    "StrengthPage",
    "Supervisor",
]

"""Records and pages of the territory."""

from ..rules.register import Figure, Rule, RuleChange
from .agreement import LearningAgreementTexts
from .aid import AidIndexPage, AidPage
from .event import EventIndexPage, EventPage
from .factsheet import FactsheetPage, PageFactsheetRow
from .host import HostStructure
from .housing import HousingIndexPage, HousingPage
from .institution import Institution
from .offer import InternshipOfferPage
from .offer_index import OfferIndexPage
from .offer_lines import OfferFramework, OfferPaper, OfferSupport
from .paper import Paper
from .recognition import RecognitionSheet
from .rules_page import RulesPage
from .signing_university import NominationWindow, SemesterDates, SigningUniversity, UniversityFactsheetRow
from .specialty import Specialty
from .strength import StrengthIndexPage, StrengthPage
from .supervisor import Supervisor
from .university import PartnerIndexPage, PartnerUniversityPage

__all__ = [
    "AidIndexPage",
    "AidPage",
    "EventIndexPage",
    "EventPage",
    "FactsheetPage",
    "Figure",
    "HostStructure",
    "HousingIndexPage",
    "HousingPage",
    "Institution",
    "InternshipOfferPage",
    "LearningAgreementTexts",
    "NominationWindow",
    "OfferFramework",
    "OfferIndexPage",
    "OfferPaper",
    "OfferSupport",
    "PageFactsheetRow",
    "Paper",
    "PartnerIndexPage",
    "PartnerUniversityPage",
    "RecognitionSheet",
    "Rule",
    "RuleChange",
    "RulesPage",
    "SemesterDates",
    "SigningUniversity",
    "Specialty",
    "StrengthIndexPage",
    "StrengthPage",
    "Supervisor",
    "UniversityFactsheetRow",
]

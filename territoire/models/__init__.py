"""Records and pages of the territory."""

from .agreement import LearningAgreementTexts
from .event import EventIndexPage, EventPage
from .host import HostStructure
from .housing import HousingIndexPage, HousingPage
from .institution import Institution
from .offer import InternshipOfferPage
from .offer_index import OfferIndexPage
from .offer_lines import OfferFramework, OfferPaper, OfferSupport
from .paper import Paper
from .specialty import Specialty
from .strength import StrengthIndexPage, StrengthPage
from .supervisor import Supervisor
from .university import PartnerIndexPage, PartnerUniversityPage

__all__ = [
    "EventIndexPage",
    "EventPage",
    "HostStructure",
    "HousingIndexPage",
    "HousingPage",
    "Institution",
    "InternshipOfferPage",
    "LearningAgreementTexts",
    "OfferFramework",
    "OfferIndexPage",
    "OfferPaper",
    "OfferSupport",
    "Paper",
    "PartnerIndexPage",
    "PartnerUniversityPage",
    "Specialty",
    "StrengthIndexPage",
    "StrengthPage",
    "Supervisor",
]

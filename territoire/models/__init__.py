"""Records and pages of the territory."""

from .agreement import LearningAgreementTexts
from .aid import AidIndexPage, AidPage
from .event import EventIndexPage, EventPage
from .host import HostStructure
from .housing import HousingIndexPage, HousingPage
from .institution import Institution
from .offer import InternshipOfferPage
from .offer_index import OfferIndexPage
from .offer_lines import OfferFramework, OfferSupport
from .specialty import Specialty
from .strength import StrengthIndexPage, StrengthPage
from .supervisor import Supervisor
from .university import PartnerIndexPage, PartnerUniversityPage

__all__ = [
    "AidIndexPage",
    "AidPage",
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
    "OfferSupport",
    "PartnerIndexPage",
    "PartnerUniversityPage",
    "Specialty",
    "StrengthIndexPage",
    "StrengthPage",
    "Supervisor",
]

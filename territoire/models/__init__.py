"""Records and pages of the territory."""

from .event import EventIndexPage, EventPage
from .host import HostStructure
from .housing import HousingIndexPage, HousingPage
from .institution import Institution
from .offer import InternshipOfferPage, OfferFramework, OfferSupport
from .offer_index import OfferIndexPage
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

"""Structured data of the territory's pages."""

import re

from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join

from core.languages.localization import localized
from core.web.structured_data import (
    Data,
    address,
    article,
    coordinates,
    described,
    end_of,
    moment,
    publisher,
    register_number,
)

from .choices import EventMode, HostType, Participation
from .models import (
    AidPage,
    EventPage,
    HostStructure,
    HousingPage,
    InternshipOfferPage,
    PartnerUniversityPage,
    StrengthPage,
)
from .rules.qualification import eqf_levels
from .rules.states import OfferState

# A type of schema.org for what is more than an organisation.
HOSTS = {HostType.PUBLIC_HOSPITAL: "Hospital"}


def host_of(host: HostStructure) -> Data:
    """Return a host structure with its place."""
    return {
        "@type": HOSTS.get(host.kind, "MedicalOrganization"),
        "name": host.name,
        "url": host.website,
        "address": address(host.town, postalCode=host.postcode, streetAddress=host.address),
    }


def offer_data(offer: InternshipOfferPage, request: HttpRequest) -> Data | None:
    """A job posting where one can really take part, a programme of work where one observes; nothing once it is over.

    Source: https://developers.google.com/search/docs/appearance/structured-data/job-posting
    """
    if offer.state != OfferState.OPEN:
        return None
    host = localized(offer.host)
    if Participation.SUPERVISED in offer.participation_codes:
        return {
            "@type": "JobPosting",
            "title": offer.title,
            "description": whole_text(offer),
            "url": offer.full_url,
            "identifier": {"@type": "PropertyValue", "name": publisher(request)["name"], "value": offer.reference},
            "datePosted": moment(offer.first_published_at and timezone.localdate(offer.first_published_at)),
            "validThrough": end_of(offer.last_deadline),
            "employmentType": "INTERN",
            "jobStartDate": moment(offer.start_date),
            "hiringOrganization": host_of(host),
            "jobLocation": {"@type": "Place", "address": address_of(offer), "geo": coordinates(offer)},
            "workHours": f"{offer.hours_per_week} h",
            "totalJobOpenings": offer.places_left,
            "occupationalCategory": occupation(offer),
            "directApply": False,
            "estimatedSalary": pay_of(offer),
        }
    return described(
        offer,
        "WorkBasedProgram",
        identifier=offer.reference,
        provider=host_of(host),
        startDate=moment(offer.start_date),
        endDate=moment(offer.end_date),
        applicationDeadline=moment(offer.last_deadline),
        maximumEnrollment=offer.capacity,
        trainingSalary=pay_of(offer),
        occupationalCategory=occupation(offer),
        programPrerequisites=[eqf_alignment(level) for level in eqf_levels(offer.levels, offer.open_fields)],
    )


def occupation(offer: InternshipOfferPage) -> str | list[str | Data]:
    """Return the specialty's name, and its occupation in ISCO-08 where one fits."""
    specialty = localized(offer.specialty)
    if not specialty.isco:
        return specialty.name
    isco = {"@type": "CategoryCodeSet", "name": "ISCO-08"}
    return [specialty.name, {"@type": "CategoryCode", "codeValue": specialty.isco, "inCodeSet": isco}]


def eqf_alignment(level: int) -> Data:
    """Return a level of studies, as the European Qualifications Framework counts it."""
    return {
        "@type": "AlignmentObject",
        "alignmentType": "educationalLevel",
        "educationalFramework": "European Qualifications Framework",
        "targetName": f"EQF {level}",
    }


def pay_of(offer: InternshipOfferPage) -> Data | None:
    """Return what the host pays a month, where the amount is known. Source: https://schema.org/estimatedSalary."""
    if offer.pay_amount is None:
        return None
    return {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": "EUR",
        "duration": "P1M",
        "median": float(offer.pay_amount),
    }


def address_of(offer: InternshipOfferPage) -> Data:
    """Return where one works: the host's own address, unless the offer says another town."""
    host = offer.host
    if not offer.is_at_host:
        return address(offer.town)
    return address(host.town, postalCode=host.postcode, streetAddress=host.address)


def whole_text(offer: InternshipOfferPage) -> str:
    """Return what the page says of the placement, as HTML: Google asks for the whole description, in paragraphs."""
    texts = [offer.description, *offer.body.stream_block.get_searchable_content(offer.body)]
    told = format_html_join("", "<p>{}</p>", ((line,) for text in texts if (line := " ".join(str(text).split()))))
    aims = format_html_join("", "<li>{}</li>", ((aim.value,) for aim in offer.objectives))
    return f"{told}<ul>{aims}</ul>" if aims else str(told)


def housing_data(room: HousingPage, request: HttpRequest) -> Data:
    """A place to stay."""
    return described(
        room,
        "Accommodation",
        address=address(room.town),
        geo=coordinates(room),
        numberOfBedrooms=room.bedrooms,
        petsAllowed=room.pets_allowed,
        amenityFeature=[
            {"@type": "LocationFeatureSpecification", "name": comfort, "value": True} for comfort in room.comforts
        ],
    )


def aid_data(aid: AidPage, request: HttpRequest) -> Data:
    """A service that somebody gives, for whom, and where one asks."""
    return described(
        aid,
        "Service",
        identifier=aid.reference,
        provider={"@type": "Organization", "name": aid.giver},
        audience=[{"@type": "Audience", "audienceType": who} for who in aid.open_to],
        termsOfService=aid.basis_url,
        availableChannel={"@type": "ServiceChannel", "serviceUrl": aid.how_url or aid.official_url},
    )


def strength_data(page: StrengthPage, request: HttpRequest) -> Data:
    """A place where it has one, else an article."""
    return described(page, "Place", geo=coordinates(page)) if page.has_coordinates else article(page, request)


def university_data(page: PartnerUniversityPage, request: HttpRequest) -> Data:
    """The university itself, at its own address."""
    return {
        "@type": "CollegeOrUniversity",
        "name": page.title,
        "url": page.website,
        "address": address(page.city, page.country),
        "identifier": [register_number(str(register), code) for register, code in page.identifiers],
        "sameAs": page.ror,
    }


def venue_address(event: EventPage) -> Data:
    """Return the address of a venue: "Place du Château, 41000 Blois", or the town of ours that its text names.

    A part between commas is a town where it begins with a postcode or is a town of our records; what stands before it
    is the street. Of a venue without either, nothing is said but its name.
    """
    known = _known_towns()
    parts = [part.strip() for part in event.venue.split(",")]
    for place, part in reversed(list(enumerate(parts))):
        coded = re.fullmatch(r"(\d{5})\s+(\S.*)", part)
        if coded or part in known:
            postcode, town = coded.groups() if coded else ("", part)
            return address(town, streetAddress=", ".join(parts[:place]), postalCode=postcode)
    by_length = sorted(known, key=len, reverse=True)
    return address(next((name for name in by_length if re.search(rf"\b{re.escape(name)}\b", event.venue)), ""))


def _known_towns() -> set[str]:
    """Return the towns of hosts, offers and rooms."""
    return {town for model in (HostStructure, InternshipOfferPage, HousingPage) for town in _towns_of(model)} - {""}


def _towns_of(model: type[HostStructure | InternshipOfferPage | HousingPage]) -> set[str]:
    return set(model.objects.values_list("town", flat=True))


def event_data(event: EventPage, request: HttpRequest) -> Data:
    """When, where or online, by whom."""
    here = {"@type": "Place", "name": event.venue, "address": venue_address(event), "geo": coordinates(event)}
    online = {"@type": "VirtualLocation", "url": event.full_url}
    modes = {
        EventMode.ONLINE: ("OnlineEventAttendanceMode", online),
        EventMode.HYBRID: ("MixedEventAttendanceMode", [here, online]),
    }
    mode, location = modes.get(event.mode, ("OfflineEventAttendanceMode", here))
    return described(
        event,
        "Event",
        startDate=moment(event.start),
        endDate=moment(event.end),
        eventAttendanceMode=f"https://schema.org/{mode}",
        eventStatus="https://schema.org/EventScheduled",
        location=location,
        organizer=publisher(request),
        maximumAttendeeCapacity=event.capacity,
        inLanguage=list(event.languages),
    )

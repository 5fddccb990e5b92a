"""What the API tells of partner universities."""

from territoire.models import PartnerUniversityPage

from ..kinds import Resource, tell
from ..resources import Around, Data, all_chosen, choice, chosen, page_data, plain
from ..schemas import Choice, PageRecord


class Partner(PageRecord):
    """A university whose students may come."""

    country: Choice
    city: str
    website: str
    erasmus_code: str
    schac: str
    pic: str
    ror: str
    link: Choice
    fields: list[Choice]


def partner_data(page: PartnerUniversityPage, around: Around) -> Data:
    """What the API tells of a partner university."""
    return {
        **page_data("partners", page, around),
        "country": choice(page.country, page.country_name),
        **plain(page, "city", "website", "erasmus_code", "schac", "pic", "ror"),
        "link": chosen(page, "link"),
        "fields": all_chosen(page, "fields"),
    }


tell(
    Resource(
        "partners",
        "partner university",
        PartnerUniversityPage,
        Partner,
        partner_data,
        "Universities whose students may come.",
    )
)

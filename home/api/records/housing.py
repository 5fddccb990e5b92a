"""What the API tells of rooms."""

import datetime as dt

from territoire.models import HousingPage

from ..kinds import Resource, tell
from ..resources import Around, Data, chosen, page_data, plain
from ..schemas import Choice, LocatedRecord


class Housing(LocatedRecord):
    """A room, shared house or studio. Amounts are euros."""

    kind: Choice
    town: str
    monthly_rent: int
    charges_included: bool
    deposit: int
    bedrooms: int
    places: int
    available_from: dt.date
    available_until: dt.date
    min_weeks: int
    max_months: int
    furnished: bool
    wifi: bool
    kitchen: Choice
    bathroom: Choice
    washing_machine: bool
    linen_provided: bool
    loan_bike: bool
    wheelchair_accessible: bool | None
    pets_allowed: bool
    meets_charter: bool
    minutes_to_station: int | None


def housing_data(room: HousingPage, around: Around) -> Data:
    """What the API tells of a room."""
    facts = ("town", "monthly_rent", "charges_included", "deposit", "bedrooms", "places", "available_from")
    comfort = ("available_until", "min_weeks", "max_months", "furnished", "wifi", "washing_machine", "linen_provided")
    more = ("loan_bike", "wheelchair_accessible", "pets_allowed", "meets_charter", "minutes_to_station")
    return {
        **page_data("housing", room, around),
        **{name: chosen(room, name) for name in ("kind", "kitchen", "bathroom")},
        **plain(room, *facts, *comfort, *more),
    }


tell(Resource("housing", "room", HousingPage, Housing, housing_data, "Rooms and houses for students."))

"""What the API's list of offers has beside that of the site: their state, and those that are closed."""

from typing import Any, Literal

from django.db.models import Q, QuerySet
from pydantic import Field

from core.pages.visibility import shown
from territoire.models import InternshipOfferPage, OfferIndexPage
from territoire.rules.states import OfferState, listed, not_over, open_now

from ..kinds import Resource, tell
from ..resources import offer_data
from ..schemas import Offer


def offers_told(index: OfferIndexPage) -> QuerySet[InternshipOfferPage]:
    """Return the offers of the API's list: the pages' list and, with their state, those whose requests are closed."""
    return shown(InternshipOfferPage.objects.child_of(index).filter(not_over()))


State = Literal[OfferState.OPEN.value, OfferState.FILLED.value, OfferState.CLOSED.value, ""]


def in_states(found: QuerySet[Any], filters: Any) -> QuerySet[Any]:
    """Return the offers that are in one of the states that were asked for."""
    conditions = {
        OfferState.OPEN.value: open_now(),
        OfferState.FILLED.value: listed() & Q(places_left=0),
        OfferState.CLOSED.value: ~listed(),
    }
    states = [state for state in filters.state if state]
    wanted = Q(pk__in=[]) if states else Q()
    for state in states:
        wanted |= conditions[state]
    return found.filter(wanted)


tell(
    Resource(
        "offers",
        "offer",
        InternshipOfferPage,
        Offer,
        offer_data,
        "Internship offers that are open or full, and closed ones whose placement has not ended; the open ones first.",
        children=("frameworks__signing_university", "supports__aid", "papers"),
        related=lambda offer: offer.housing,
        entries=offers_told,
        more={"state": (list[State], Field([], description="State of the offer. Several widen the result."))},
        narrow=in_states,
    )
)

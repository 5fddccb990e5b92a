"""What the API tells of aids."""

import datetime as dt

from pydantic import Field

from territoire.models import AidPage

from ..kinds import Resource, tell
from ..resources import Around, Data, all_chosen, chosen, page_data, plain
from ..schemas import Choice, PageRecord


class Aid(PageRecord):
    """Money or a guarantee that a student may ask for. Empty lists of who may have it mean all."""

    kind: Choice = Field(description="What it helps with.")
    giver: str
    amount: float | None = Field(description="Euros; null where it depends, or is no money.")
    period: Choice | None = Field(description="What the amount is counted for.")
    amount_note: str
    conditions: list[str]
    enrolments: list[Choice] = Field(description="Where one is enrolled.")
    levels: list[Choice]
    fields: list[Choice]
    citizenships: list[Choice]
    how: str
    how_url: str
    official_url: str
    basis: str = Field(description="The law, decree, deliberation or programme that it rests on.")
    basis_url: str
    valid_from: dt.date | None
    valid_until: dt.date | None
    checked_on: dt.date
    to_be_validated: bool = Field(description="The Département’s legal service has not confirmed it yet.")


def aid_data(aid: AidPage, around: Around) -> Data:
    """What the API tells of an aid."""
    sources = ("official_url", "basis", "basis_url", "valid_from", "valid_until", "checked_on", "to_be_validated")
    return {
        **page_data("aids", aid, around),
        **plain(aid, "giver", "amount", "amount_note", "how", "how_url", *sources),
        **{name: all_chosen(aid, name) for name in ("enrolments", "levels", "fields", "citizenships")},
        "kind": chosen(aid, "kind"),
        "period": chosen(aid, "period") if aid.period else None,
        "conditions": [str(block.value) for block in aid.conditions],
    }


tell(Resource("aids", "aid", AidPage, Aid, aid_data, "Money and guarantees that students may ask for."))

"""What the API tells of the area's strengths."""

from territoire.models import StrengthPage

from ..kinds import Resource, tell
from ..resources import Around, Data, chosen, page_data, plain
from ..schemas import Choice, LocatedRecord


class Strength(LocatedRecord):
    """A good reason to come, with a figure and its source."""

    theme: Choice
    figure: str
    figure_label: str
    source: str
    source_url: str


def strength_data(page: StrengthPage, around: Around) -> Data:
    """What the API tells of a strength of the territory."""
    return {
        **page_data("strengths", page, around),
        "theme": chosen(page, "theme"),
        **plain(page, "figure", "figure_label", "source", "source_url"),
    }


tell(
    Resource(
        "strengths",
        "strength",
        StrengthPage,
        Strength,
        strength_data,
        "Good reasons to come, each with its figure and source.",
    )
)

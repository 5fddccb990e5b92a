"""What the territory file says about the territory; importing it registers the sections."""

from . import common, events, housing, offers, records, strengths, universities  # noqa: F401

"""A command prints what the rules say of each offer, so that somebody can read it over."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from factories import OfferFactory, publish

pytestmark = pytest.mark.once


def said():
    out = StringIO()
    call_command("check_offers", stdout=out)
    return out.getvalue().splitlines()[1:]


def test_an_offer_has_its_days_hours_and_warnings(home):
    """The nine weeks from 1 March to 2 May."""
    first, last, deadline = dt.date(2027, 3, 1), dt.date(2027, 5, 2), dt.date(2027, 1, 4)
    offer = OfferFactory(reference="LC41-2027-901", start_date=first, end_date=last, max_weeks=9, hours_per_week=30)
    publish(offer, deadline=deadline)
    line, framework, *warnings = said()
    days = ("2027-03-01", "–", "2027-05-02", "63", "62")
    assert line.split() == ["LC41-2027-901", *days, "264", "no", "inconnu", "-", "2027-01-04"]
    assert framework.split() == ["erasmus_stage", "2027-01-04", "open", "offer"]
    assert any("35 heures par semaine" in text for text in warnings)


def test_every_offer_of_the_demo_is_there(demo):
    lines = [line for line in said() if line.startswith("LC41")]
    assert len(lines) == 24

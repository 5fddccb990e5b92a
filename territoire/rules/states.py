"""The states of an offer, and everything that follows from them: the one table that pages, lists and links ask."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OfferState(models.TextChoices):
    """Where an offer is in its life."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    FILLED = "filled", _("Full")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@dataclass(frozen=True)
class Rules:
    """What the site does with an offer in one state."""

    status: int  # HTTP status of the page
    in_sitemap: bool
    indexable: bool


RULES: dict[str, Rules] = {
    OfferState.DRAFT: Rules(404, in_sitemap=False, indexable=False),
    OfferState.OPEN: Rules(200, in_sitemap=True, indexable=True),
    OfferState.FILLED: Rules(200, in_sitemap=True, indexable=True),
    OfferState.CLOSED: Rules(200, in_sitemap=False, indexable=False),
    OfferState.ARCHIVED: Rules(410, in_sitemap=False, indexable=False),
    OfferState.WITHDRAWN: Rules(410, in_sitemap=False, indexable=False),
}


class Dated(Protocol):
    """What of an offer its state depends on."""

    live: bool
    first_published_at: dt.datetime | None
    end_date: dt.date
    last_deadline: dt.date  # that of the framework that closes last
    places_left: int


def state_of(offer: Dated, on: dt.date | None = None) -> OfferState:
    """Return an offer's state on a day (by default today, in the site's time zone)."""
    today = on or timezone.localdate()
    if not offer.live:
        return OfferState.WITHDRAWN if offer.first_published_at else OfferState.DRAFT
    # The preview of a draft of a public offer may lack any of them.
    if offer.end_date and offer.end_date < today:
        return OfferState.ARCHIVED
    if offer.last_deadline and offer.last_deadline < today:
        return OfferState.CLOSED
    return OfferState.FILLED if offer.places_left == 0 else OfferState.OPEN


def listed(on: dt.date | None = None) -> Q:
    """The condition of offers that stand in lists: open and filled ones."""
    today = on or timezone.localdate()
    return Q(live=True, end_date__gte=today, last_deadline__gte=today)


def not_over(on: dt.date | None = None) -> Q:
    """The condition of offers whose placement has not ended: open, filled and closed ones."""
    return Q(live=True, end_date__gte=on or timezone.localdate())


def open_now(on: dt.date | None = None) -> Q:
    """The condition of offers that one can still ask for."""
    return listed(on) & Q(places_left__gt=0)

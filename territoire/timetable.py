"""What is done by itself for the territory's pages."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.jobs.register import Kind, register

from .models import InternshipOfferPage

register(
    Kind(
        "offers.deadlines",
        _("Take closed frameworks off offers"),
        InternshipOfferPage.renew_of_today,
        at=dt.time(0, 2),
    )
)

"""What is done by itself for pages, their translations and pictures."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from .jobs.register import MINUTE, Kind, register
from .pages.schedule import anything_is_due, publish_due
from .pictures.consent import settle_all
from .translation.carrying import read_old_sources

register(
    Kind("pages.publish", _("Publish what is scheduled"), publish_due, every=30, needed=anything_is_due, pauses=(60,)),
    Kind("translations.read", _("Show translators the texts of new fields"), read_old_sources, every=10 * MINUTE),
    Kind("pictures.withhold", _("Withhold pictures whose consent has ended"), settle_all, at=dt.time(0, 5)),
)

"""When the content last changed: data that others fetch again and again says so, and answers 304 until then.

One moment for the whole site. A moment for each page would miss what goes: a list without the page that was taken
back has no later date than before.
"""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.models import Page, PageViewRestriction

from ..jobs.at_commit import once
from ..languages.translatable import OrderedRow
from ..models import FrenchRecord, LastChange, SiteImage

FOLLOWED = (Page, FrenchRecord, OrderedRow, SiteImage, BaseSiteSetting, PageViewRestriction)
_THE_ROW = 1


def last_change(*others: dt.datetime | None) -> dt.datetime:
    """Return when content last changed; each night counts, for offers close and end then.

    `others` are moments at which what is asked for changed by itself, such as the end of an event.
    """
    written = LastChange.objects.filter(pk=_THE_ROW).values_list("at", flat=True).first()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return max(moment for moment in (written, midnight, *others) if moment)


def say_last_change(response: HttpResponse, moment: dt.datetime | None = None) -> None:
    """Give an answer its `Last-Modified`: by default now's, and that of before whatever was read for it."""
    response["Last-Modified"] = http_date((moment or last_change()).timestamp())


def note_change() -> None:
    """Content has changed now."""
    LastChange.objects.update_or_create(pk=_THE_ROW, defaults={"at": timezone.now()})


def _saved(sender: type[models.Model], raw: bool = False, **kwargs: Any) -> None:
    # Once it is committed: publications that run side by side do not wait for each other's row.
    if issubclass(sender, FOLLOWED) and not raw:
        once(note_change)


def connect() -> None:
    """Follow pages, their rows, records, pictures, settings and restrictions. A draft counts too: once too often."""
    for signal in (post_save, post_delete):
        signal.connect(_saved, dispatch_uid=f"core.web.last_modified.{id(signal)}")

"""When the content last changed: data that others fetch again and again says so, and answers 304 until then.

One moment for the whole site, and one for each type of page or record, by which the catalogue dates its data sets. A
moment for each page would miss what goes: a list without the page that was taken back has no later date than before.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
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

_followed: list[type[models.Model]] = [
    Page,
    FrenchRecord,
    OrderedRow,
    SiteImage,
    BaseSiteSetting,
    PageViewRestriction,
]
WHOLE_SITE = ""


def follow(kind: type[models.Model]) -> None:
    """Count changes of another model that readers see."""
    _followed.append(kind)


def last_change(*others: dt.datetime | None) -> dt.datetime:
    """Return when content last changed; each night counts, for offers close and end then.

    `others` are moments at which what is asked for changed by itself, such as the end of an event.
    """
    written = LastChange.objects.filter(subject=WHOLE_SITE).values_list("at", flat=True).first()
    return max(moment for moment in (written, midnight(), *others) if moment)


def last_change_of(types: Iterable[type[models.Model]], *others: dt.datetime | None) -> dt.datetime:
    """Return when a page or record of these types last changed; `others` are moments as above, nights among them.

    What nobody has touched since moments are kept by type is as old as the site's last change at most.
    """
    written = dict(LastChange.objects.values_list("subject", "at"))
    found = [written[each._meta.label] for each in types if each._meta.label in written]
    found = found or [written.get(WHOLE_SITE, midnight())]
    return max([*found, *(moment for moment in others if moment)])


def midnight() -> dt.datetime:
    """Return when the day began, here."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def say_last_change(response: HttpResponse, moment: dt.datetime | None = None) -> None:
    """Give an answer its `Last-Modified`: by default now's, and that of before whatever was read for it."""
    response["Last-Modified"] = http_date((moment or last_change()).timestamp())


def note_change(subject: str = WHOLE_SITE) -> None:
    """Something has changed now: of a type, by its label, or of the site."""
    LastChange.objects.update_or_create(subject=subject, defaults={"at": timezone.now()})


@dataclass(frozen=True)
class _Change:
    """A change of a type; two of one type are the same work."""

    subject: str

    def __call__(self) -> None:
        note_change(self.subject)


def _saved(sender: type[models.Model], raw: bool = False, **kwargs: Any) -> None:
    # Once it is committed: publications that run side by side do not wait for each other's row.
    if issubclass(sender, tuple(_followed)) and not raw:
        for subject in (WHOLE_SITE, sender._meta.label):
            once(_Change(subject))


def connect() -> None:
    """Follow pages, their rows, records, pictures, settings and restrictions. A draft counts too: once too often."""
    for signal in (post_save, post_delete):
        signal.connect(_saved, dispatch_uid=f"core.web.last_modified.{id(signal)}")

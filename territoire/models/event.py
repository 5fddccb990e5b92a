"""Events: welcome evenings, webinars, themed days."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.choices import SpokenLanguage
from core.fields.columns import CodesField
from core.fields.consistency import Faults
from core.fields.stream import StreamField
from core.languages.alphabet import by_label
from core.lists.filters import Choices, Facet, Found, Period
from core.lists.listing import Listing, ListPageMixin
from core.models import BasePage, LocatedMixin
from core.pages.visibility import shown

from ..choices import Audience, EventMode, EventType


class EventIndexPage(ListPageMixin, BasePage):
    """Coming events; past ones can be asked for."""

    template = "components/list_page.html"
    card_template = "territoire/components/event_card.html"
    noun = staticmethod(lambda count: ngettext("%(count)d event", "%(count)d events", count) % {"count": count})
    max_count_per_parent = 1
    sorts = {"start": (_("Date"), ("start",))}

    class Meta:
        verbose_name = _("events: index")

    def entries(self) -> QuerySet["EventPage"]:
        """Return the events that readers may see."""
        return shown(EventPage.objects.child_of(self))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by kind, mode, audience and language."""
        return [
            Facet("kind", _("Kind"), EventType.choices, lambda value: Q(kind=value)),
            Facet("mode", _("Where"), EventMode.choices, lambda value: Q(mode=value)),
            Facet("audience", _("For"), Audience.choices, lambda value: Q(audience__has=value)),
            Facet("language", _("Language"), Found(spoken_at, languages_named), lambda value: Q(languages__has=value)),
        ]

    @classmethod
    def period(cls) -> Period:
        """The days on which it takes place."""
        return Period(between)

    def make_listing(
        self, request: HttpRequest, entries: QuerySet["EventPage"] | None = None, *, counted: bool = True
    ) -> Listing:
        """Coming events, the next one first, or past ones, the last one first."""
        entries = self.entries() if entries is None else entries
        past = request.GET.get("when") == "past"
        return Listing(
            request,
            entries if past else entries.filter(end__gte=timezone.now()),
            facets=[*self.facets(), when_facet()] if past else self.facets(),
            period=self.period(),
            sorts={code: (label, ("-start",) if past else keys) for code, (label, keys) in self.sorts.items()},
            per_page=self.per_page,
            counted=counted,
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Say whether past events are shown."""
        return super().get_context(request, *args, **kwargs) | {"past": request.GET.get("when") == "past"}


def when_facet() -> Facet:
    """Return the filter that shows past events."""
    now = timezone.now()
    return Facet("when", _("When"), [("past", _("Past events"))], lambda _value: Q(end__lt=now), "one")


def last_ended() -> dt.datetime | None:
    """Return when the last event ended: lists of coming events have changed then, without anybody's doing."""
    return EventPage.objects.filter(end__lte=timezone.now()).aggregate(at=Max("end"))["at"]


def between(start: Any, end: Any) -> Q:
    """The condition that an event takes place from `start` to `end`."""
    condition = Q()
    if start:
        condition &= Q(end__date__gte=start)
    if end:
        condition &= Q(start__date__lte=end)
    return condition


def spoken_at(queryset: QuerySet[Any]) -> set[str]:
    """Return the codes of the languages in which the listed events are held."""
    return {code for codes in queryset.values_list("languages", flat=True) for code in codes}


def languages_named(codes: Iterable[str]) -> Choices:
    """Return spoken languages with their names."""
    used = set(codes)
    return by_label(pair for pair in SpokenLanguage.choices if pair[0] in used)


class EventPage(LocatedMixin, BasePage):
    """A day or an hour to meet."""

    kind = models.CharField(_("kind of event"), max_length=20, choices=EventType.choices)
    mode = models.CharField(_("where one takes part"), max_length=12, choices=EventMode.choices)
    start = models.DateTimeField(_("begins"), null=True)
    end = models.DateTimeField(_("ends"), null=True)
    venue = models.CharField(_("place"), max_length=160, blank=True)
    audience = CodesField(_("for"), choices=Audience, blank=False)
    languages = CodesField(_("languages"), choices=SpokenLanguage, blank=False)
    registration_required = models.BooleanField(_("registration required"), default=False)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("body",)
    facts = ("venue",)

    link_letter = "e"
    template = "territoire/event_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("mode")]),
                FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                FieldPanel("venue"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            _("When and where"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("languages"),
                FieldRowPanel([FieldPanel("registration_required"), FieldPanel("capacity")]),
            ],
            _("For whom"),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("venue")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def faults(self) -> Faults:
        """An event ends after it begins, and one that is not only online has a place."""
        found = super().faults()
        if self.start and self.end and self.end <= self.start:
            found["end"] = _("The end comes before the beginning.")
        if self.mode and self.mode != EventMode.ONLINE and not self.venue and not self.being_drafted:
            found["venue"] = _("Say where it takes place.")
        return found

    @property
    def is_past(self) -> bool:
        """Say whether it is over."""
        return self.end is not None and self.end < timezone.now()

    @property
    def is_one_day(self) -> bool:
        """Say whether it begins and ends on one day."""
        return bool(self.start and self.end) and timezone.localdate(self.start) == timezone.localdate(self.end)

    @property
    def place_note(self) -> str:
        """What the map says under the title."""
        return self.venue

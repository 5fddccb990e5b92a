"""The list of offers: what a student filters, sorts and sees on a map."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, DateField, DurationField, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from core.fields.choices import CefrLevel, FieldOfStudy, SpokenLanguage
from core.languages.alphabet import alphabet_key, by_label
from core.languages.localization import localized_all, source_locale, with_language
from core.lists.filters import Choices, Facet, Found, Period, flag
from core.lists.listing import ListPageMixin
from core.models import BasePage
from core.pages.visibility import shown

from ..choices import WHATEVER_CITIZENSHIP, Framework, PlacementKind, StudyLevel
from ..rules.states import listed
from ..rules.stay import Stay
from .housing import towns_of
from .offer import InternshipOfferPage
from .specialty import Specialty


class OfferIndexPage(ListPageMixin, BasePage):
    """All offers that are open or full, the open ones first."""

    template = "components/list_page.html"
    card_template = "territoire/components/offer_card.html"
    noun = staticmethod(lambda count: ngettext("%(count)d placement", "%(count)d placements", count) % {"count": count})
    max_count_per_parent = 1
    sorts = {
        "start": (_("First day"), ("start_date",)),
        "deadline": (_("Requests until"), ("next_deadline",)),
        "newest": (_("Newest"), ("-first_published_at",)),
    }

    class Meta:
        verbose_name = _("internship offers: index")

    def entries(self) -> QuerySet[InternshipOfferPage]:
        """Offers that stand in lists, with what their cards print."""
        return shown(InternshipOfferPage.objects.child_of(self).filter(listed()))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by what a student is, knows and wants."""
        return [
            Facet(
                "field", pgettext_lazy("study", "Field"), FieldOfStudy.choices, lambda value: Q(open_fields__has=value)
            ),
            Facet(
                "french",
                _("My French"),
                CefrLevel.choices,
                lambda value: Q(french_level__in=CefrLevel.up_to(value)),
                "one",
                _("Offers that ask for this level or less."),
                nearest=("french_level",),
            ),
            Facet("place", _("Place"), Found(towns_of), lambda value: Q(town=value)),
            Facet(
                "specialty",
                _("Specialty"),
                Found(specialties_of, specialties_named),
                lambda value: Q(specialty__reference=value),
            ),
            Facet("level", _("Level of studies"), StudyLevel.choices, lambda value: Q(levels__has=value)),
            Facet("kind", _("Kind of placement"), PlacementKind.choices, lambda value: Q(kind=value)),
            Facet(
                "framework",
                _("Framework"),
                Framework.choices,
                lambda value: Q(open_framework_codes__has=value),
                help_text=_("Placements that one can still ask for under it."),
            ),
            Facet(
                "supervision",
                _("Supervisor speaks"),
                by_label(pair for pair in SpokenLanguage.choices if pair[0] != SpokenLanguage.FRENCH),
                lambda value: Q(supervision_languages__has=value),
            ),
            flag(
                "french_abroad",
                _("Open to French students enrolled abroad"),
                reduce(or_, (Q(framework_codes__has=code) for code in sorted(WHATEVER_CITIZENSHIP))),
            ),
            flag("housing", _("Room reserved"), Q(housing_included=True) & (Q(housing=None) | Q(housing__live=True))),
            flag("bike", _("A bike is enough"), Q(bike_enough=True)),
        ]

    @classmethod
    def period(cls) -> Period:
        """The days on which a student is free."""
        return Period(fits_between, _("I am free"), nearest_to)

    def order_before(self) -> tuple[Any, ...]:
        """Open ones first, then full ones; lists that show closed ones (the API's) show them last."""
        closed = When(last_deadline__lt=timezone.localdate(), then=Value(2))
        full = When(places_left=0, then=Value(1))
        return (Case(closed, full, default=Value(0), output_field=IntegerField()),)


def specialties_of(queryset: QuerySet[Any]) -> list[str]:
    """Return the references of the specialties of a list's offers."""
    return list(queryset.order_by().values_list("specialty__reference", flat=True).distinct())


def specialties_named(references: Iterable[str]) -> Choices:
    """Return specialties with their names, in the alphabet of the reader's language."""
    french = Specialty.objects.filter(reference__in=references, locale=source_locale())
    specialties = sorted(localized_all(french), key=lambda specialty: alphabet_key(specialty.name))
    return [(specialty.reference, with_language(specialty.name, specialty)) for specialty in specialties]


def nearest_to(start: dt.date | None, end: dt.date | None) -> tuple[Any, ...]:
    """Order offers by how far they begin from the first of two dates, or end from the second."""
    column, day = ("start_date", start) if start else ("end_date", end)
    wanted = Value(day, output_field=DateField())
    later = When(**{f"{column}__gte": day}, then=F(column) - wanted)
    return (Case(later, default=wanted - F(column), output_field=DurationField()),)


def fits_between(start: Any, end: Any) -> Q:
    """The condition that the host's shortest stay fits between two dates (either may be open)."""
    condition = Q()
    if start:
        condition &= Q(latest_start__gte=start)
    if end:
        condition &= Q(earliest_end__lte=end)
    if start and end:
        condition &= Q(min_weeks__lte=Stay(start, end).full_weeks)
    return condition

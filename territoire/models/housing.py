"""Rooms for students: the page of one, and the list with its filters."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.blocks import BodyBlock
from core.fields.consistency import Faults
from core.fields.stream import StreamField
from core.languages.alphabet import Alphabetical
from core.languages.amounts import euros
from core.lists.filters import Facet, Found, Period, flag
from core.lists.listing import ListPageMixin
from core.models import BasePage, LocatedMixin
from core.pages.visibility import shown

from ..choices import HousingType, Shared
from ..rules.states import listed
from ..rules.stay import Stay

RENT_STEPS = (120, 160, 200, 250, 350)


class HousingIndexPage(ListPageMixin, BasePage):
    """All rooms, filtered, with a map."""

    template = "components/list_page.html"
    card_template = "territoire/components/housing_card.html"
    noun = staticmethod(
        lambda count: ngettext("%(count)d room or house", "%(count)d rooms or houses", count) % {"count": count}
    )
    max_count_per_parent = 1
    sorts = {"rent": (_("Rent"), ("monthly_rent",)), "place": (_("Place"), (Alphabetical("town"),))}

    class Meta:
        verbose_name = _("housing: index")

    def entries(self) -> QuerySet["HousingPage"]:
        """Return the rooms that readers may see."""
        return shown(HousingPage.objects.child_of(self))

    @classmethod
    def facets(cls) -> list[Facet]:
        """Filter by place, kind, rent and comfort."""
        return [
            Facet("place", _("Place"), Found(towns_of), lambda value: Q(town=value)),
            Facet("kind", _("Kind of housing"), HousingType.choices, lambda value: Q(kind=value)),
            Facet(
                "rent",
                _("Rent a month, at most"),
                [(str(step), euros(step)) for step in RENT_STEPS],
                lambda value: Q(monthly_rent__lte=int(value)),
                "one",
                nearest=("monthly_rent",),
            ),
            flag("bike", _("Loan bike"), Q(loan_bike=True)),
            flag("accessible", _("Wheelchair accessible"), Q(wheelchair_accessible=True)),
        ]

    @classmethod
    def period(cls) -> Period:
        """The days of the stay."""
        return Period(free_during)


def towns_of(queryset: QuerySet[Any]) -> list[str]:
    """Return the towns of the entries of a list."""
    return list(queryset.order_by().values_list("town", flat=True).distinct())


def free_during(start: Any, end: Any) -> Q:
    """The condition that a room is free from `start` to `end` (either may be open)."""
    condition = Q()
    if start:
        condition &= Q(available_from__lte=start)
    if end:
        condition &= Q(available_until__gte=end)
    if start and not end:
        condition &= Q(available_until__gt=start)
    if end and not start:
        condition &= Q(available_from__lt=end)
    return condition


class HousingPage(LocatedMixin, BasePage):
    """A room, shared house or studio that the desk can book with a placement."""

    kind = models.CharField(_("kind of housing"), max_length=20, choices=HousingType.choices)
    town = models.CharField(_("town"), max_length=80)
    monthly_rent = models.PositiveSmallIntegerField(
        _("monthly rent (€)"), null=True, validators=[MaxValueValidator(5000)]
    )
    charges_included = models.BooleanField(_("charges included"), default=True)
    deposit = models.PositiveSmallIntegerField(
        _("deposit (€)"), null=True, default=0, validators=[MaxValueValidator(10000)]
    )
    bedrooms = models.PositiveSmallIntegerField(
        _("bedrooms"), null=True, default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, default=1, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    available_from = models.DateField(_("free from"), null=True)
    available_until = models.DateField(_("free until"), null=True)
    min_weeks = models.PositiveSmallIntegerField(
        _("shortest stay (weeks)"), null=True, default=1, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    max_months = models.PositiveSmallIntegerField(
        _("longest stay (months)"), null=True, default=6, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )
    furnished = models.BooleanField(_("furnished"), default=True)
    wifi = models.BooleanField(_("internet"), default=True)
    kitchen = models.CharField(_("kitchen"), max_length=10, choices=Shared.choices)
    bathroom = models.CharField(_("bathroom"), max_length=10, choices=Shared.choices)
    washing_machine = models.BooleanField(_("washing machine"), default=False)
    linen_provided = models.BooleanField(_("linen provided"), default=False)
    loan_bike = models.BooleanField(_("loan bike"), default=False)
    wheelchair_accessible = models.BooleanField(
        _("wheelchair accessible"),
        null=True,
        blank=True,
        help_text=_("Where nobody has looked it is unknown, and readers are told to ask."),
    )
    pets_allowed = models.BooleanField(_("pets allowed"), default=False)
    meets_charter = models.BooleanField(
        _("meets the charter of territorial lodgings"),
        default=False,
        help_text=_("Three people or more, furnished single rooms, internet, 100 to 200 € a month with charges."),
    )
    minutes_to_station = models.PositiveSmallIntegerField(_("minutes’ walk to the station"), null=True, blank=True)
    manager = models.CharField(_("run by"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    texts = ("manager", "body")
    facts = ("town",)

    link_letter = "h"
    template = "territoire/housing_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("town")]),
                FieldRowPanel([FieldPanel("bedrooms"), FieldPanel("places")]),
                FieldPanel("manager"),
            ],
            _("Housing"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("monthly_rent"), FieldPanel("deposit")]),
                FieldPanel("charges_included"),
                FieldPanel("meets_charter"),
            ],
            _("Rent"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("available_from"), FieldPanel("available_until")]),
                FieldRowPanel([FieldPanel("min_weeks"), FieldPanel("max_months")]),
            ],
            _("When"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kitchen"), FieldPanel("bathroom")]),
                FieldRowPanel([FieldPanel("furnished"), FieldPanel("wifi"), FieldPanel("washing_machine")]),
                FieldRowPanel([FieldPanel("linen_provided"), FieldPanel("loan_bike"), FieldPanel("pets_allowed")]),
                FieldPanel("wheelchair_accessible"),
            ],
            _("Comfort"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("minutes_to_station"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ],
            _("Place"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("town")]

    class Meta:
        verbose_name = _("housing")
        verbose_name_plural = _("housing")

    def faults(self) -> Faults:
        """A room is free from a day to a later one."""
        found = super().faults()
        if self.available_from and self.available_until and self.available_until <= self.available_from:
            found["available_until"] = _("The end comes before the beginning.")
        return found

    @property
    def place_note(self) -> str:
        """What the map says under the title."""
        rent = euros(self.monthly_rent) if self.monthly_rent is not None else ""
        return ", ".join(filter(None, (self.get_kind_display(), rent)))

    def is_free_during(self, stay: Stay) -> bool:
        """Say whether the room is free from the first to the last day of a stay."""
        since, until = self.available_from, self.available_until
        return bool(since and until and since <= stay.first and stay.last <= until)

    @property
    def comforts(self) -> list[str]:
        """What is there, in words."""
        flags = [
            (self.furnished, _("Furnished")),
            (self.wifi, _("Internet")),
            (self.washing_machine, _("Washing machine")),
            (self.linen_provided, _("Linen provided")),
            (self.loan_bike, _("Loan bike")),
            (self.wheelchair_accessible, _("Wheelchair accessible")),
            (self.pets_allowed, _("Pets allowed")),
        ]
        return [str(label) for there, label in flags if there]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the offers that come with this room and can be asked for."""
        context = super().get_context(request, *args, **kwargs)
        # Offers of every language point at the French room.
        offers = self.offers.model.objects.filter(
            listed(), housing__translation_key=self.translation_key, locale_id=self.locale_id
        )
        offers = shown(offers).order_by("start_date")
        context["offers"] = offers[:6]
        return context

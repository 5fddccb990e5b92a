"""The student's own dates, within an offer or before one is chosen: what they mean for grant, pay, visa and papers."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Protocol, Self

from django import forms
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.languages.dates import day_field_type, interval

from ..choices import Framework, PayRegime
from .erasmus import fitted
from .presence import Presence
from .register import FigureCode, RuleCode, number
from .stay import Advice, Citizenship, Stay, UniversityCountry, longest_days, shortest_days

# Questions that few have an answer to: folded until there is one.
SELDOM = ("earlier", "away")
# Days and years beyond which a year was mistyped.
MOST_AWAY, LONGEST_STAY, FAR_YEARS = 366, 366 * 2, 20


class Period(Protocol):
    """What of an offer a stay must fit into."""

    start_date: dt.date
    end_date: dt.date
    min_weeks: int
    max_weeks: int
    hours_per_week: int
    framework_codes: list[str]
    pay_regime: str


def longest_stay_ends(offer: Period) -> dt.date | None:
    """Return the last day of the longest stay from the first day of an offer on; a draft may not have it yet."""
    if not (offer.start_date and offer.end_date and offer.max_weeks):
        return offer.end_date
    return min(offer.end_date, offer.start_date + dt.timedelta(days=longest_days(offer.max_weeks) - 1))


class DayInput(forms.DateInput):
    """A field for a day that keeps what was typed, also where it is none."""

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say what kind of field shows the value."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["type"] = day_field_type(widget["value"] or "")
        if widget["type"] == "text":
            # The first and the last day that can be chosen belong to a field for days alone.
            widget["attrs"] = {name: value for name, value in widget["attrs"].items() if name not in {"min", "max"}}
        return context


class DatesForm(forms.Form):
    """First day, last day, university, citizenship, further days; the answer stands under it. By address, no script."""

    first = forms.DateField(label=_("My first day"), widget=DayInput)
    last = forms.DateField(label=_("My last day"), widget=DayInput)
    university = forms.ChoiceField(
        label=_("Where my university is"),
        help_text=_("It decides about Erasmus+. Leave it open if you do not know."),
        choices=[
            (
                UniversityCountry.ERASMUS.value,
                _("European Union, Iceland, Liechtenstein, Norway, North Macedonia, Serbia or Türkiye"),
            ),
            (UniversityCountry.JOINING.value, _("United Kingdom or Switzerland")),
            (UniversityCountry.OTHER.value, _("Another country")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    citizen = forms.ChoiceField(
        label=_("My citizenship"),
        help_text=_("It decides about a visa, not your university’s country."),
        choices=[
            (Citizenship.EUROPEAN.value, _("European Union, EEA or Switzerland")),
            (Citizenship.ALGERIAN.value, _("Algeria")),
            (Citizenship.OTHER.value, _("Another country")),
        ],
        widget=forms.RadioSelect,
    )
    earlier = forms.IntegerField(
        label=_("Days in the Schengen area before"),
        min_value=0,
        required=False,
    )
    away = forms.IntegerField(
        label=_("Working days elsewhere"),
        help_text=_("Days at your school or in another place, from Monday to Friday. Agreed leave is none."),
        min_value=0,
        max_value=MOST_AWAY,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            # Else browsers tell screen readers that a field which must be filled is wrong before anybody has seen it.
            field.widget.attrs["aria-invalid"] = "false"
        window = number(FigureCode.SCHENGEN_WINDOW)
        self.fields["earlier"].validators.append(MaxValueValidator(window))
        self.fields["earlier"].help_text = gettext(
            "In the %(window)d days before your last day, without this placement. Not for citizens of the EU."
        ) % {"window": window}

    @classmethod
    def from_address(cls, query: QueryDict) -> Self:
        """Return the form filled from the address, or an empty one."""
        return cls(query if any(name in query for name in cls.base_fields) else None)

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning, and not years later."""
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        today = timezone.localdate()
        for name, day in (("first", first), ("last", last)):
            if day and abs(day.year - today.year) > FAR_YEARS:
                self.add_error(name, _("This day is far from today: look at the year."))
        if {"first", "last"} & set(self.errors) or not first or not last:
            return data
        if last <= first:
            self.add_error("last", _("The end comes before the beginning."))
        elif (last - first).days > LONGEST_STAY:
            self.add_error("last", _("A placement is not that long: look at the year."))
        elif last < today:
            self.add_error("last", _("These days are over."))
        elif (data.get("away") or 0) > Presence(first, last, 1).days:
            self.add_error("away", _("The stay has fewer working days than that."))
        return data

    @property
    def asked_first(self) -> list[forms.BoundField]:
        """The fields that everybody fills in."""
        return [field for field in self if field.name not in SELDOM]

    @property
    def asked_seldom(self) -> list[forms.BoundField]:
        """The fields that concern few."""
        return [self[name] for name in SELDOM]

    @property
    def is_answered_further(self) -> bool:
        """Say whether any of those is filled in, or wrong."""
        return any(field.value() or field.errors for field in self.asked_seldom)

    @property
    def weekly_hours(self) -> int | None:
        """Hours of presence a week; without an offer those of a full week."""
        return number(FigureCode.FULL_TIME)

    @property
    def citizenship(self) -> Citizenship:
        """The student's citizenship, where the form is filled in."""
        return Citizenship(self.cleaned_data["citizen"])

    @property
    def pay_regime(self) -> str:
        """The rule of pay; without an offer nobody knows it."""
        return PayRegime.UNKNOWN

    @property
    def stay(self) -> Stay | None:
        """The student's own days, where they are given and fit."""
        if not self.is_bound or not self.is_valid():
            return None
        return Stay(self.cleaned_data["first"], self.cleaned_data["last"])

    @cached_property
    def advice(self) -> list[Advice]:
        """What the dates mean, or nothing while they are not given or wrong."""
        stay = self.stay
        if stay is None:
            return []
        hours, away = self.weekly_hours, self.cleaned_data["away"] or 0
        return [
            *self.grant_advice(stay),
            *(stay.presence_advice(hours, away, self.pay_regime) if hours else []),
            *stay.visa_advice(self.citizenship, timezone.localdate(), self.cleaned_data["earlier"] or 0),
            *self._visa_mending_advice(stay),
        ]

    def grant_advice(self, stay: Stay) -> list[Advice]:
        """Say what grant the dates may bring; where the country takes no part, their length says nothing."""
        country = self.country_advice()
        if self.cleaned_data["university"] == UniversityCountry.OTHER:
            return country
        return [*country, stay.erasmus_advice(), *stay.cycle_advice(), *self.mending_advice(stay)]

    def country_advice(self) -> list[Advice]:
        """Say whether the university's country takes part in Erasmus+."""
        return UniversityCountry.advice(self.cleaned_data["university"])

    def mending_advice(self, stay: Stay) -> list[Advice]:
        """Say which days would be long enough, where the student's own are not, and what else is possible."""
        if stay.long_enough_for_erasmus:
            return []
        limits = self.limits(stay)
        found = [stay.mending_advice(*limits)] if limits else []
        text = gettext(
            "Shorter stays have other doors: a traineeship joined to Erasmus+ studies, a blended or a doctoral short "
            "mobility. Ask your university."
        )
        return [*found, Advice(text, rule=RuleCode.OTHER_DOORS)]

    def limits(self, stay: Stay) -> tuple[dt.date, dt.date, range] | None:
        """Return the first and the last possible day, and the possible lengths in days, for what mends a stay."""
        margin = dt.timedelta(days=number(FigureCode.ERASMUS_DAYS, stay.first))
        earliest = min(stay.first, max(stay.first - margin, timezone.localdate()))
        return earliest, stay.last + margin, range(1, LONGEST_STAY)

    def _visa_mending_advice(self, stay: Stay) -> list[Advice]:
        """Say which days need no long-stay visa, where the student's own need one for next to nothing."""
        limits, earlier = self.limits(stay), self.cleaned_data["earlier"] or 0
        most = number(FigureCode.SHORT_STAY, stay.first) - earlier
        too_long = stay.is_just_longer_than(most) or (earlier and stay.days > most)
        if self.citizenship != Citizenship.OTHER or not limits or not too_long:
            return []
        earliest, latest, lengths = limits
        # A few days are no placement.
        short = range(max(lengths.start, shortest_days(1)), min(lengths.stop, most + 1))
        days = fitted(stay.first, stay.last, earliest, latest, short) if short else None
        text = gettext("The nearest days without a long-stay visa: %(days)s.")
        found = _nearest_days(text, days, RuleCode.SHORT_STAY)
        none = gettext("No shorter stay is possible beside your earlier days: come when they count no more.")
        return found or [Advice(none, False, RuleCode.SHORT_STAY)]


def _nearest_days(text: str, days: tuple[dt.date, dt.date] | None, rule: str = "") -> list[Advice]:
    return [Advice(text % {"days": interval(*days)}, rule=rule, days=days)] if days else []


class StayForm(DatesForm):
    """The same within an offer: its period, the weeks and hours of the host, its frameworks."""

    def __init__(self, *args: Any, offer: Period, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        for name in ("first", "last"):
            limits = {"min": offer.start_date, "max": offer.end_date}
            self.fields[name].widget.attrs |= {name: day.isoformat() for name, day in limits.items() if day}

    @classmethod
    def for_offer(cls, offer: Period, query: QueryDict) -> Self:
        """Return the form filled from the address, or with the longest stay that the offer allows."""
        if any(name in query for name in cls.base_fields):
            return cls(query, offer=offer)
        return cls(offer=offer, initial={"first": offer.start_date, "last": longest_stay_ends(offer)})

    def clean(self) -> dict[str, Any]:
        """The stay lies within the offer's period and has a length that the host accepts."""
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if not (self.offer.start_date and self.offer.end_date and self.offer.min_weeks and self.offer.max_weeks):
            return data  # a draft
        if first and first < self.offer.start_date:
            self.add_error("first", _("The placement has not begun yet on this day."))
        if last and last > self.offer.end_date:
            self.add_error("last", _("The placement is over on this day."))
        if first and last and not {"first", "last"} & set(self.errors):
            if Stay(first, last).is_longer_than(self.offer.max_weeks):
                self.add_error(
                    "last",
                    ngettext(
                        "Too long: the host takes students for %(weeks)d week at most.",
                        "Too long: the host takes students for %(weeks)d weeks at most.",
                        self.offer.max_weeks,
                    )
                    % {"weeks": self.offer.max_weeks},
                )
            elif Stay(first, last).is_shorter_than(self.offer.min_weeks):
                self.add_error(
                    "last",
                    ngettext(
                        "Too short: the host asks for %(weeks)d week at least.",
                        "Too short: the host asks for %(weeks)d weeks at least.",
                        self.offer.min_weeks,
                    )
                    % {"weeks": self.offer.min_weeks},
                )
        return data

    @property
    def weekly_hours(self) -> int | None:
        """The hours of the offer; a draft may not have them yet."""
        return self.offer.hours_per_week

    @property
    def pay_regime(self) -> str:
        """The offer's rule of pay."""
        return self.offer.pay_regime

    @cached_property
    def advice(self) -> list[Advice]:
        """The same; of days that the offer does not allow, the nearest that it does."""
        return super().advice or self._fitting_advice()

    def _fitting_advice(self) -> list[Advice]:
        first, last = self._typed("first"), self._typed("last")
        if not self.is_bound or not first or not last or last <= first:
            return []
        limits = self.limits(Stay(first, last))
        if limits is None:
            return []
        days = fitted(first, last, *limits)
        if days == (first, last):  # another field is wrong
            return []
        found = _nearest_days(gettext("The nearest days that this placement allows: %(days)s."), days)
        return found or [Advice(gettext("This placement allows no days near yours."))]

    def _typed(self, name: str) -> dt.date | None:
        """Return a day that was understood, though it may not fit."""
        try:
            return self.fields[name].clean(self.data.get(name))
        except forms.ValidationError:
            return None

    def limits(self, stay: Stay) -> tuple[dt.date, dt.date, range] | None:
        """The offer's first and last day, and the days of its shortest and its longest stay; a draft may lack them."""
        offer = self.offer
        if not (offer.start_date and offer.end_date and offer.min_weeks and offer.max_weeks):
            return None
        return (
            offer.start_date,
            offer.end_date,
            range(shortest_days(offer.min_weeks), longest_days(offer.max_weeks) + 1),
        )

    def grant_advice(self, stay: Stay) -> list[Advice]:
        """Say what grant the dates may bring: what Erasmus+ pays depends on the frameworks of the offer, too."""
        frameworks: Sequence[str] = self.offer.framework_codes
        if Framework.ERASMUS_TRAINEESHIP in frameworks or self.cleaned_data["university"] == UniversityCountry.OTHER:
            return super().grant_advice(stay)
        good = None
        if Framework.ERASMUS_STUDIES not in frameworks:
            text = gettext("no Erasmus+ framework here: ask your university about other grants.")
            return [Advice(gettext("%(days)d days") % {"days": stay.days} + gettext(": ") + text)]
        if stay.long_enough_for_erasmus:
            text = gettext("no Erasmus+ traineeship here, but Erasmus+ studies: ask your university about that grant.")
        else:
            text = gettext("no Erasmus+ traineeship here, and too short for Erasmus+ studies.")
            good = False
        counted = Advice(stay.erasmus_days_text + gettext(": ") + text, good, RuleCode.ERASMUS_DAYS)
        return [*self.country_advice(), counted, *self.mending_advice(stay)]

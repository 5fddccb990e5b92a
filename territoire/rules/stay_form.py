"""The student's own dates within an offer: what they mean for Erasmus+ and for a visa."""

import datetime as dt
from typing import Any, Protocol, Self

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.languages.dates import day_field_type

from ..choices import Framework
from .stay import WINDOW_DAYS, Advice, Citizenship, Stay, longest_days


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


class StayForm(forms.Form):
    """First day, last day, citizenship, earlier days; the answer stands under it. By address, without JavaScript."""

    first = forms.DateField(label=_("My first day"), widget=DayInput)
    last = forms.DateField(label=_("My last day"), widget=DayInput)
    citizen = forms.ChoiceField(
        label=_("My citizenship"),
        help_text=_("It is your citizenship that counts, not your university’s country."),
        choices=[
            (Citizenship.EUROPEAN.value, _("European Union, EEA or Switzerland")),
            (Citizenship.OTHER.value, _("Another country")),
        ],
        widget=forms.RadioSelect,
    )

    earlier = forms.IntegerField(
        label=_("Days in the Schengen area before"),
        help_text=_("In the 180 days before your last day, without this placement. Not for citizens of the EU."),
        min_value=0,
        max_value=WINDOW_DAYS,
        required=False,
    )

    def __init__(self, *args: Any, offer: Period, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.offer = offer
        for field in self.fields.values():
            # Else browsers tell screen readers that a field which must be filled is wrong before anybody has seen it.
            field.widget.attrs["aria-invalid"] = "false"
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
        if first and last and not self.errors:
            if last <= first:
                self.add_error("last", _("The end comes before the beginning."))
            elif Stay(first, last).is_longer_than(self.offer.max_weeks):
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
    def stay(self) -> Stay | None:
        """The student's own days, where they are given and fit."""
        if not self.is_bound or not self.is_valid():
            return None
        return Stay(self.cleaned_data["first"], self.cleaned_data["last"])

    @property
    def citizenship(self) -> Citizenship:
        """The student's citizenship, where the form is filled in."""
        return Citizenship(self.cleaned_data["citizen"])

    @cached_property
    def advice(self) -> list[Advice]:
        """What the dates mean, or nothing while they are not given or wrong."""
        stay = self.stay
        if stay is None:
            return []
        return [
            *self._grant_advice(stay),
            *(
                [stay.presence_advice(self.offer.hours_per_week, self.offer.pay_regime)]
                if self.offer.hours_per_week
                else []
            ),
            *stay.visa_advice(self.citizenship, timezone.localdate(), self.cleaned_data["earlier"] or 0),
        ]

    def _grant_advice(self, stay: Stay) -> list[Advice]:
        """Say what grant the dates may bring: what Erasmus+ pays depends on the frameworks of the offer, too."""
        frameworks = self.offer.framework_codes
        if Framework.ERASMUS_TRAINEESHIP in frameworks:
            return [stay.erasmus_advice(), *self._mending_advice(stay)]
        good = None
        if Framework.ERASMUS_STUDIES not in frameworks:
            text = gettext("no Erasmus+ framework here: ask your university about other grants.")
            return [Advice(gettext("%(days)d days") % {"days": stay.days} + gettext(": ") + text)]
        if stay.long_enough_for_erasmus:
            text = gettext("no Erasmus+ traineeship here, but Erasmus+ studies: ask your university about that grant.")
        else:
            text = gettext("no Erasmus+ traineeship here, and too short for Erasmus+ studies (two months at least).")
            good = False
        return [Advice(stay.erasmus_days_text + gettext(": ") + text, good), *self._mending_advice(stay)]

    def _mending_advice(self, stay: Stay) -> list[Advice]:
        """Say which days would be long enough, where the student's own are not."""
        offer = self.offer
        if stay.long_enough_for_erasmus or not (offer.start_date and offer.end_date and offer.max_weeks):
            return []
        return [stay.mending_advice(offer.start_date, offer.end_date, longest_days(offer.max_weeks))]

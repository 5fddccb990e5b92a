"""Print what the rules say of each offer: days, hours, pay, deadlines, and what editors should look at."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from core.languages.localization import source_locale

from ...models import InternshipOfferPage, OfferFramework
from ...models.offer import LINES
from ...rules.stay import Stay
from ...rules.stay_form import longest_stay_ends
from ...rules.windows import requests_on


def deadline_of(offer: InternshipOfferPage, line: OfferFramework) -> str:
    """Return until when one may ask under a line of an offer, and by what rule."""
    closing = offer.closing_of(line)
    requests = requests_on(timezone.localdate(), closing.day, closing.opens)
    text = f"{line.framework:<22} {closing.day}  {requests:<12}  {closing.reason}"
    return f"{text} of {closing.known.academic_year}" if closing.known else text


class Command(BaseCommand):
    """`manage.py check_offers`: a line for the longest stay of each offer, then deadlines by framework and warnings."""

    help = "Print days, hours, pay, deadlines and warnings of all public offers, in French."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them in the order of their references."""
        heads = "days  counted  hours  above the limit  rule of pay            amount  requests until"
        self.stdout.write(f"reference      longest stay             {heads}")
        offers = InternshipOfferPage.objects.live().filter(locale=source_locale()).order_by("reference")
        offers = offers.prefetch_related(*LINES)
        with translation.override("fr"):
            for offer in offers:
                last = longest_stay_ends(offer)
                if last is None:
                    continue
                stay = Stay(offer.start_date, last)
                line = f"{offer.reference:<13}  {stay.first} – {stay.last}  {stay.days:>4}  {stay.erasmus_days:>7}"
                if presence := offer.longest_presence:
                    line += f"  {presence.hours:>5.0f}  {'yes' if presence.is_paid else 'no':<15}"
                line += f"  {offer.pay_regime:<21}  {offer.pay_amount or '-':>6}"
                self.stdout.write(f"{line}  {offer.shown_deadline}")
                for row in offer.frameworks.all():
                    self.stdout.write(f"    {deadline_of(offer, row)}")
                for warning in offer.warnings:
                    self.stdout.write(f"    {warning}")

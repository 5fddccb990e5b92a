"""Print what the rules say of each offer: days, hours, pay, deadline, and what editors should look at."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from core.languages.localization import source_locale

from ...models import InternshipOfferPage
from ...rules.stay import Stay
from ...rules.stay_form import longest_stay_ends


class Command(BaseCommand):
    """`manage.py check_offers`: a line each for the longest stay that an offer allows, and its warnings below."""

    help = "Print days, hours, pay and warnings of all public offers, in French."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them in the order of their references."""
        self.stdout.write("reference      longest stay             days  counted  hours  pay due  requests until")
        offers = InternshipOfferPage.objects.live().filter(locale=source_locale()).order_by("reference")
        with translation.override("fr"):
            for offer in offers:
                last = longest_stay_ends(offer)
                if last is None:
                    continue
                stay = Stay(offer.start_date, last)
                line = f"{offer.reference:<13}  {stay.first} – {stay.last}  {stay.days:>4}  {stay.erasmus_days:>7}"
                if presence := offer.longest_presence:
                    line += f"  {presence.hours:>5.0f}  {'yes' if presence.is_paid else 'no':<7}"
                self.stdout.write(f"{line}  {offer.deadline}")
                for warning in offer.warnings:
                    self.stdout.write(f"    {warning}")
